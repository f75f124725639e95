"""What is wrong with an IMAP server is said in our words, and no password goes out in clear."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from rufgate.receive.imap import ImapFolder, ImapUrl
from rufgate.receive.mailboxes import NoMailbox
from tests.receive.imap_server import PASSWORD, ImapServer, imap_server, needs_dovecot


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


def opened(server: ImapServer, url: str, password: str = PASSWORD, *, trusted: bool = True) -> None:
    trust = ssl.create_default_context(cafile=server.authority if trusted else None)
    ImapFolder(ImapUrl.parse(url), password, trust=trust).close()


@needs_dovecot
@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_a_server_that_is_not_the_one_gets_no_password(server: ImapServer, scheme: str) -> None:
    opened(server, server.url(scheme=scheme))
    for url, trusted in (
        (server.url(scheme=scheme), False),
        (server.url(scheme=scheme, host="127.0.0.1"), True),
    ):
        with pytest.raises(NoMailbox, match="certificate is not valid"):
            opened(server, url, trusted=trusted)
    with pytest.raises(NoMailbox, match="cannot be reached, or offers no TLS"):
        opened(server, f"{scheme}://ruf@localhost:1/x")


@needs_dovecot
def test_a_wrong_password_or_folder_is_said(server: ImapServer) -> None:
    with pytest.raises(NoMailbox, match="does not take user and password"):
        opened(server, server.url(), "wrong")
    with pytest.raises(NoMailbox, match="no such folder"):
        opened(server, server.url("none"))
    with pytest.raises(NoMailbox, match="no such folder"):
        opened(server, server.url("a%22%20b%5C"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("imaps://ruf:hunter2@host.example/x", "change it"),
        ("imaps://ruf:@host.example/x", "change it"),
        ("https://ruf@host.example/hunter2", "must have the form"),
        ("imaps://host.example/hunter2", "must have the form"),
        ("imaps://ruf@host.example:hunter2/x", "cannot be read"),
        ("imaps://ruf@host.example/x?hunter2", "ends with the folder"),
    ],
)
def test_a_url_that_will_not_do_is_refused_and_not_quoted(url: str, words: str) -> None:
    with pytest.raises(NoMailbox, match=words) as found:
        ImapUrl.parse(url)
    assert "hunter2" not in str(found.value)


def test_a_url_names_user_host_port_and_folder() -> None:
    url = ImapUrl.parse("imaps://ruf%40example.org@mail.example.org/Old/2025%20q1")
    assert (url.user, url.host, url.port) == ("ruf@example.org", "mail.example.org", 993)
    assert (url.folder, url.from_start) == ("Old/2025 q1", True)
    assert ImapUrl.parse("imap://ruf@mail.example.org").folder == "INBOX"

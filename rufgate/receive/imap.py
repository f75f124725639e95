"""Old mail in a folder of an IMAP server (RFC 9051).

In:  ``imaps://USER@HOST[:PORT]/FOLDER``, or ``imap://`` for TLS by STARTTLS; a password.
Out: ``OldMail``; nothing on the server changes, not even what counts as read.
SECURITY: TLS with a verified certificate, or no connection: the password and whole mails travel.
     A URL with a password in it is refused, since URLs end up in histories and process lists.
FAILS: ``NoMailbox``; ``OSError`` for a mail that cannot be had.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from urllib.parse import unquote, urlsplit

from rufgate.receive.mailboxes import Mailbox, NoMailbox, OldMail

_TIMEOUT_S: Final = 60.0
_PORTS: Final = {"imap": 143, "imaps": 993}
_DATE: Final = "%d-%b-%Y %H:%M:%S %z"
_INTERNAL: Final = re.compile(rb'INTERNALDATE "([^"]+)"')
_UID: Final = re.compile(rb"UID (\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ImapUrl:
    """Where a folder is, and as whom it is opened."""

    host: str
    port: int
    user: str
    folder: str
    from_start: bool  # TLS from the first byte; else by STARTTLS

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a URL; raises ``NoMailbox``, which never quotes it."""
        try:
            url = urlsplit(text)
            port = url.port
        except ValueError:
            raise NoMailbox("the URL cannot be read: imaps://USER@HOST/FOLDER") from None
        if url.scheme not in _PORTS or not url.hostname or not url.username:
            raise NoMailbox("the URL must have the form imaps://USER@HOST/FOLDER")
        if url.password is not None:
            raise NoMailbox(
                "a password in a URL ends up in histories and process lists: change it, take it "
                "out, and give it by --password-file, IMAP_PASSWORD or when asked"
            )
        if url.query or url.fragment:
            raise NoMailbox("the URL ends with the folder: imaps://USER@HOST/FOLDER")
        return cls(
            host=url.hostname,
            port=port or _PORTS[url.scheme],
            user=unquote(url.username),
            folder=unquote(url.path.strip("/")) or "INBOX",
            from_start=url.scheme == "imaps",
        )


class ImapFolder(Mailbox):
    """One folder, opened. ``may_move``: open it for writing, else only to look."""

    def __init__(
        self,
        url: ImapUrl,
        password: str,
        *,
        may_move: bool = False,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._url = url
        self._server = _connected(url, password, trust or ssl.create_default_context())
        try:
            if may_move:
                self._need_move()
            self._select(may_move=may_move)
            self._validity = self._asked_validity()
        except NoMailbox:
            self.close()
            raise

    def mails(self) -> Iterator[OldMail]:
        """All that is there now, by rising UID."""
        status, found = self._server.uid("SEARCH", "ALL")
        if status != "OK":
            raise NoMailbox("the server does not list the folder")
        for uid in sorted(int(number) for number in (found[0] or b"").split()):
            yield _ImapMail(self, uid)

    def close(self) -> None:
        """Say goodbye; whatever the answer, nothing is open."""
        try:
            self._server.logout()
        except (imaplib.IMAP4.error, OSError):
            self._server.shutdown()

    def identity(self, uid: int) -> bytes:
        """A mail's name for good (RFC 9051 section 2.3.1.1)."""
        url = self._url
        where = "\0".join((url.host, url.user, url.folder, self._validity, str(uid)))
        return b"imap\0" + where.encode()

    def fetch(self, uid: int) -> tuple[bytes, datetime | None]:
        """A mail's content, and when the server took it."""
        status, found = self._server.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
        parts = [one for one in found if isinstance(one, tuple)]
        if status != "OK" or not parts:
            raise OSError("the server does not give the mail")
        head, content = parts[0][0], parts[0][1]
        tail = b" ".join(one for one in found if isinstance(one, bytes))
        said = _INTERNAL.search(head) or _INTERNAL.search(tail)
        return content, _moment(said[1]) if said else None

    def move(self, uid: int, folder: str) -> None:
        """Into another folder of the same account."""
        status, _ = self._server.uid("MOVE", str(uid), _quoted(folder))
        if status != "OK":
            raise OSError("the server does not move the mail: is there such a folder?")

    def _need_move(self) -> None:
        if not _can_move(self._server):
            raise NoMailbox("the server cannot move mail (RFC 6851): leave --move out")

    def _select(self, *, may_move: bool) -> None:
        try:
            status, _ = self._server.select(_quoted(self._url.folder), readonly=not may_move)
        except imaplib.IMAP4.error:
            status = "BAD"
        if status != "OK":
            raise NoMailbox("there is no such folder, or it may not be opened")

    def _asked_validity(self) -> str:
        _, values = self._server.response("UIDVALIDITY")
        return (values[0] or b"0").decode("ascii", "replace") if values else "0"


class _ImapMail(OldMail):
    def __init__(self, folder: ImapFolder, uid: int) -> None:
        self._folder = folder
        self._uid = uid
        self._came_at: datetime | None = None
        self.name = f"UID {uid}"

    @property
    def identity(self) -> bytes:
        return self._folder.identity(self._uid)

    def read(self) -> bytes:
        try:
            content, self._came_at = self._folder.fetch(self._uid)
        except imaplib.IMAP4.error:
            raise OSError("the connection to the server is lost") from None
        return content

    def received_at(self, content: bytes) -> datetime | None:
        del content
        return self._came_at

    def file_away(self, target: str) -> None:
        try:
            self._folder.move(self._uid, target)
        except imaplib.IMAP4.error:
            raise OSError("the connection to the server is lost") from None


def _connected(url: ImapUrl, password: str, trust: ssl.SSLContext) -> imaplib.IMAP4:
    """Logged in; no answer of the server is quoted, since it may hold anything."""
    try:
        if url.from_start:
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                url.host, url.port, ssl_context=trust, timeout=_TIMEOUT_S
            )
        else:
            server = imaplib.IMAP4(url.host, url.port, timeout=_TIMEOUT_S)
            server.starttls(trust)
    except ssl.SSLError:
        raise NoMailbox("the server's certificate is not valid for its name") from None
    except (OSError, imaplib.IMAP4.error):
        raise NoMailbox("the server cannot be reached, or offers no TLS") from None
    try:
        server.login(url.user, password)
    except imaplib.IMAP4.error:
        server.shutdown()
        raise NoMailbox("the server does not take user and password") from None
    return server


def _can_move(server: imaplib.IMAP4) -> bool:
    """What it said before the login need not hold after it (RFC 9051 section 6.2.3)."""
    _, said = server.capability()
    return any(b"MOVE" in words.upper().split() for words in said if isinstance(words, bytes))


def _quoted(name: str) -> str:
    """A folder's name as a quoted string; others than ASCII are for their owner to encode."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _moment(text: bytes) -> datetime | None:
    try:
        return datetime.strptime(text.strip().decode("ascii", "replace"), _DATE)  # noqa: DTZ007 - %z is in it
    except ValueError:
        return None

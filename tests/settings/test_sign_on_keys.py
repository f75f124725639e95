"""``[web]``: a header that others could send is an error with its place, a right one is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rufgate.review.web.proxy import SECRET_HEADER
from rufgate.settings import slices
from rufgate.settings.load import check_all, load_with_warnings
from rufgate.settings.problems import ConfigError, Problem

MINIMAL = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n[web]\n'
HEADER = 'proxy_header = "X-Remote-User"\n'
PROXY = 'trusted_proxies = ["192.0.2.7"]\n'
SECRET = 'proxy_secret_file = "secret"\n'
UNIX = 'listen = "unix:var/web.sock"\n'


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> Path:
        (tmp_path / "config").mkdir(mode=0o700, exist_ok=True)
        file = tmp_path / "config" / "rufgate.toml"
        file.write_text(MINIMAL + text)
        file.chmod(0o600)
        return file

    secret = tmp_path / "secret"
    secret.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    secret.chmod(0o600)
    return write


def about_web(file: Path) -> dict[str, Problem]:
    return {one.key: one for one in check_all(file) if one.key.startswith("web")}


@pytest.mark.parametrize(
    ("text", "key", "line", "why"),
    [
        (HEADER + SECRET, "web.trusted_proxies", 3, "the address of the proxy"),
        (HEADER + PROXY, "web.proxy_secret_file", 3, "openssl rand"),
        (HEADER + SECRET + 'trusted_proxies = ["0.0.0.0/0"]\n', "web.trusted_proxies[0]", 6,
         "everybody"),
        (HEADER + SECRET + 'trusted_proxies = ["192.0.2.7", "::/0"]\n', "web.trusted_proxies[1]",
         6, "everybody"),
        (HEADER + PROXY + 'proxy_secret_file = "none"\n', "web.proxy_secret_file", 6, "is missing"),
        ('proxy_header = "X Remote User"\n', "web.proxy_header", 4, "the name of a header"),
        ('proxy_header = "X_Remote_User"\n', "web.proxy_header", 4, "the name of a header"),
        ('proxy_header = ""\n', "web.proxy_header", 4, "the name of a header"),
        ('listen = "unix:"\n', "web.listen", 4, "unix:FILE"),
        (f'listen = "unix:/{"x" * 100}"\n', "web.listen", 4, "unix:FILE"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_where(written, text, key, line, why):
    problem = about_web(written(text))[key]
    assert (problem.level, problem.line, problem.file) == ("error", line, str(written(text)))
    assert why in problem.message


@pytest.mark.parametrize(
    "name",
    ["Authorization", "cookie", "Host", "X-Forwarded-For", "x-forwarded-proto", "Content-Type",
     "Sec-Fetch-Site", "Origin", "Connection", "Proxy-Authorization", SECRET_HEADER],
)  # fmt: skip
def test_a_header_that_means_something_else_is_refused(written, name):
    found = about_web(written(f'proxy_header = "{name}"\n' + PROXY + SECRET))
    assert "something else" in found["web.proxy_header"].message


@pytest.mark.parametrize("name", ["Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Who"])
def test_a_header_of_a_name_is_taken(written, name):
    assert about_web(written(f'proxy_header = "{name}"\n' + PROXY + SECRET)) == {}


def test_a_secret_that_is_open_or_short_or_two_words_stops_the_start(written, tmp_path):
    file, secret = written(HEADER + PROXY + SECRET), tmp_path / "secret"
    settings, _ = load_with_warnings(file)
    made = slices.web_sign_on(settings)
    assert made is not None
    assert made.secret == b"0123456789abcdef0123456789abcdef"
    for content, why in ((b"short", "fewer than 24"), (b"words " * 9, "more than one word")):
        secret.write_bytes(content)
        assert why in about_web(file)["web.proxy_secret_file"].message
        with pytest.raises(ConfigError, match=why):
            slices.web_sign_on(settings)
    secret.chmod(0o640)
    assert "chmod 600" in about_web(file)["web.proxy_secret_file"].message
    with pytest.raises(ConfigError):
        load_with_warnings(file)


def test_a_unix_socket_needs_neither_address_nor_secret(written, tmp_path):
    file = written(UNIX + HEADER)
    assert about_web(file) == {}
    settings, _ = load_with_warnings(file)
    assert settings.web.listen == f"unix:{tmp_path / 'var' / 'web.sock'}"
    made = slices.web_sign_on(settings)
    assert made is not None
    assert made.secret is None


def test_a_secret_without_a_header_is_a_warning(written):
    assert about_web(written(SECRET))["web.proxy_secret_file"].level == "warning"
    assert about_web(written('listen = "off"\n' + HEADER)) == {}

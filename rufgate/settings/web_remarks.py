"""What is to be said of ``[web]``.

In:  valid ``Settings``.
Out: remarks: what crosses a network in the clear, whose word on who somebody is would count.
SECURITY: a header that anybody could send is an error, never a default.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator

from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.review.web.proxy import secret_of
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings, Web
from rufgate.settings.values import is_loopback, split_listen, unix_path


def web_remarks(settings: Settings) -> Iterator[Remark]:
    """Tokens and pages travel by plain HTTP; a proxy's word has its conditions."""
    web = settings.web
    if web.listen == "off":
        return
    is_unix = unix_path(web.listen) is not None
    if not is_unix and not is_loopback(split_listen(web.listen)[0]):
        yield warning(
            ("web", "listen"),
            "tokens and pages cross the network unencrypted: listen on 127.0.0.1, behind a proxy "
            "with TLS",
        )
    if web.proxy_header is not None:
        yield from _sign_on(web, is_unix=is_unix)
    elif web.proxy_secret_file is not None:
        yield warning(("web", "proxy_secret_file"), "has no effect without [web] proxy_header")


def proxy_secret_remarks(settings: Settings) -> Iterator[Remark]:
    """What is wrong with what the file holds; one that is open is told elsewhere."""
    file = settings.web.proxy_secret_file
    if file is None or settings.web.proxy_header is None:
        return
    try:
        secret_of(read_secret(file, trusted_owners(settings.keys.directory)))
    except SecretProblem:
        return
    except ValueError as problem:
        yield Remark(("web", "proxy_secret_file"), f"the file {problem}")


def _sign_on(web: Web, *, is_unix: bool) -> Iterator[Remark]:
    if not is_unix and not web.trusted_proxies:
        yield Remark(
            ("web", "trusted_proxies"),
            "required for [web] proxy_header: the address of the proxy that is believed; or listen "
            "on a Unix socket",
        )
    if not is_unix and web.proxy_secret_file is None:
        yield Remark(
            ("web", "proxy_secret_file"),
            "required for [web] proxy_header: an address alone proves nothing; name a file, 0600, "
            "made by `openssl rand -hex 32`, or listen on a Unix socket",
        )
    for index, network in enumerate(web.trusted_proxies):
        if network.endswith("/0"):
            yield Remark(
                ("web", "trusted_proxies", index),
                "everybody could be the proxy: name its own address",
            )

"""What is wrong with a store on a database server: its driver, its password, its connection.

In:  valid ``Settings``; the rights of the password's file. No connection is made.
Out: remarks. A password in the configuration's file is an error; in the environment it is none.
SECURITY: nothing of a URL is quoted: a password may stand anywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url

from rufgate.govern.secret_files import exposure, trusted_owners
from rufgate.settings.problems import Loc
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings

_SURE: Final = frozenset({"verify-ca", "verify-full"})
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def server_remarks(settings: Settings) -> Iterator[Remark]:
    """About ``[store] url`` and ``tombstones``, where these are a server's."""
    url = make_url(settings.store.url)
    if url.get_backend_name() == "postgresql":
        yield from _about(("store", "url"), url, settings.keys.directory)
    if isinstance(settings.store.tombstones, Path):
        return
    listed = make_url(settings.store.tombstones)
    yield from _about(("store", "tombstones"), listed, settings.keys.directory)
    if _place(listed) == _place(url):
        yield Remark(
            ("store", "tombstones"),
            "the store's own database: what a backup of it brings back is to be held against this "
            "list, so name another database, with backups of its own",
        )


def _about(loc: Loc, url: URL, keys: Path) -> Iterator[Remark]:
    try:
        import_module("psycopg")
    except ImportError:
        yield Remark(loc, "PostgreSQL's driver is missing: run `pip install 'rufgate[postgres]'`")
    if url.password is not None or "password" in url.query:
        message = (
            "a password in this file is read by whoever reads it: leave it out, and put it into "
            "~/.pgpass (0600) or a file named by ?passfile=FILE, or give the whole URL as "
            "RUFGATE_STORE__URL"
        )
        yield Remark(loc, message, is_of_file=True)
    yield from _passfile(loc, url, keys)
    if not _is_here(url) and url.query.get("sslmode") not in _SURE:
        yield warning(
            loc,
            "the server is another machine and need not prove who it is: add "
            "?sslmode=verify-full&sslrootcert=FILE",
        )


def _passfile(loc: Loc, url: URL, keys: Path) -> Iterator[Remark]:
    """The driver passes over a file that is open to others, and says so to nobody."""
    named = url.query.get("passfile")
    path = Path(named) if isinstance(named, str) else Path("~/.pgpass").expanduser()
    if named is None and not path.exists():
        return
    if problem := exposure(path, trusted_owners(keys)):
        yield Remark(loc, f"the file of its password {problem}")


def _place(url: URL) -> tuple[object, ...]:
    host = url.query.get("host", url.host)
    port = url.query.get("port", url.port)
    return host or "localhost", str(port or 5432), url.database


def _is_here(url: URL) -> bool:
    host = url.query.get("host", url.host)
    return host is None or (isinstance(host, str) and (host in _HERE or host.startswith("/")))

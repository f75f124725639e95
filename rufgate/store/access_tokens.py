"""Personal tokens, made once, shown once, kept as a digest; and who signs in at a proxy instead.

In:  a name, a role, domains, days; later the token itself, or the digest of what a proxy says.
Out: the token's text, once; ``TokenRow`` for lists; the row that a token belongs to.
SECURITY: a token is 32 random bytes, so that its SHA-256 tells nothing; it is compared in constant
     time. Unknown, wrong, expired and revoked look the same to whoever shows one. A row is known by
     a token or by a proxy's word, never by both; two good rows for one name are nobody.
FAILS: ``StoreUnavailable``; ``NameTaken``.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, final

from sqlalchemy import Connection, Engine, insert, select, update

from rufgate.store.access_tables import access_tokens
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import reading, writing

DEFAULT_DAYS: Final = 90
_TEXT: Final = re.compile(r"rg1_(?P<id>[a-z2-7]{10})_(?P<secret>[A-Za-z0-9_-]{43})")
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"
_NOBODY: Final = "0" * 64  # compared with where there is no such token


class NameTaken(Exception):  # noqa: N818 - an answer for the operator
    """Somebody signs in by that name already; ``str()`` is the id of the row."""


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class TokenRow:
    """A token as lists show it."""

    id: str
    name: str
    role: str
    domains: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None
    sign_in: str | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it can be used."""
        return self.revoked_at is None and now < self.expires_at

    def as_json(self, now: datetime) -> dict[str, Any]:
        """Plain values."""
        state = "revoked" if self.revoked_at else "valid" if self.is_good(now) else "expired"
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "domains": list(self.domains),
            "sign_in": "token" if self.sign_in is None else "proxy",
            "state": state,
            "created_at": self.created_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "last_used_on": self.last_used_on.isoformat() if self.last_used_on else None,
        }


class AccessTokens:
    """The tokens of one installation."""

    def __init__(self, engine: Engine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    def create(
        self, name: str, role: str, domains: Sequence[str], now: datetime, days: int = DEFAULT_DAYS
    ) -> tuple[TokenRow, str]:
        """A new token and its text, which is never to be had again."""
        secret = secrets.token_urlsafe(32)
        row = _new(name, role, domains, now, days)
        with writing(self._engine) as connection:
            self._insert(connection, row, _digest(secret))
        return row, f"rg1_{row.id}_{secret}"

    def admit(
        self, sign_in: str, name: str, role: str, domains: Sequence[str], now: datetime,
        days: int = DEFAULT_DAYS,
    ) -> TokenRow:  # fmt: skip
        """A row without a token, for whom a proxy names; raises ``NameTaken``."""
        row = replace(_new(name, role, domains, now, days), sign_in=sign_in)
        with writing(self._engine) as connection:
            good = _good_by_name(connection, sign_in, now)
            if good:
                raise NameTaken(good[0].id)
            self._insert(connection, row, _NOBODY)
        return row

    def _insert(self, connection: Connection, row: TokenRow, digest: str) -> None:
        values = {name: getattr(row, name) for name in TokenRow.__slots__}
        values |= {"domains": list(row.domains), "digest": digest}
        connection.execute(insert(access_tokens), values)
        self._audit.append_within(
            connection, Actor.OPERATOR, Action.TOKEN_CREATED, token=row.id, role=row.role
        )

    def list(self) -> tuple[TokenRow, ...]:
        """The newest first."""
        with reading(self._engine) as connection:
            query = select(access_tokens).order_by(access_tokens.c.created_at.desc())
            return tuple(_row(row) for row in connection.execute(query).mappings())

    def revoke(self, id_: str, now: datetime) -> bool:
        """Take it back; whether there was one that could still be used."""
        tokens = access_tokens.c
        good = (tokens.id == id_, tokens.revoked_at.is_(None))
        with writing(self._engine) as connection:
            done = connection.execute(update(access_tokens).where(*good).values(revoked_at=now))
            if done.rowcount:
                self._audit.append_within(
                    connection, Actor.OPERATOR, Action.TOKEN_REVOKED, token=id_
                )
        return bool(done.rowcount)

    def authenticate(self, text: str, now: datetime) -> TokenRow | None:
        """Whose token it is; None for one that is no good, whatever the reason."""
        match = _TEXT.fullmatch(text.strip())
        given = _digest(match["secret"]) if match else _NOBODY
        row = self._of(match["id"]) if match else None
        kept = row["digest"] if row else _NOBODY
        is_right = hmac.compare_digest(given, kept) and row is not None
        found = _row(row) if row is not None else None
        if not is_right or found is None or found.sign_in or not found.is_good(now):
            return None
        self._used(found, now.date())
        return found

    def still_good(self, id_: str, now: datetime) -> TokenRow | None:
        """The token of a session that began with it; None once it is expired or revoked."""
        row = self._of(id_)
        found = _row(row) if row is not None else None
        is_theirs = found is not None and found.sign_in is None and found.is_good(now)
        return found if is_theirs else None

    def signing_in(self, digest: str, now: datetime) -> TokenRow | None:
        """Whom a proxy names; None for a name that no row, or more than one, is good for."""
        with reading(self._engine) as connection:
            good = _good_by_name(connection, digest, now)
        if len(good) != 1:
            return None
        self._used(good[0], now.date())
        return good[0]

    def _of(self, id_: str) -> Any:  # noqa: ANN401 - a row
        with reading(self._engine) as connection:
            query = select(access_tokens).where(access_tokens.c.id == id_)
            return connection.execute(query).mappings().first()

    def _used(self, row: TokenRow, today: date) -> None:
        """By the day, so that a look costs no write each time."""
        if row.last_used_on == today:
            return
        this = access_tokens.c.id == row.id
        with writing(self._engine, shared=True) as connection:
            connection.execute(update(access_tokens).where(this).values(last_used_on=today))


def _new(name: str, role: str, domains: Sequence[str], now: datetime, days: int) -> TokenRow:
    return TokenRow(
        id="".join(secrets.choice(_ALPHABET) for _ in range(10)),
        name=name, role=role, domains=tuple(domains), created_at=now,
        expires_at=now + timedelta(days=days), revoked_at=None, last_used_on=None,
    )  # fmt: skip


def _good_by_name(connection: Connection, digest: str, now: datetime) -> list[TokenRow]:
    query = select(access_tokens).where(access_tokens.c.sign_in == digest)
    found = [_row(row) for row in connection.execute(query).mappings()]
    return [row for row in found if row.is_good(now)]


def _row(row: Any) -> TokenRow:  # noqa: ANN401 - a row
    values = {name: row[name] for name in TokenRow.__slots__}
    return TokenRow(**{**values, "domains": tuple(row["domains"])})


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

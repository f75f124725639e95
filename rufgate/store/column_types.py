"""Column types that mean the same in SQLite and in PostgreSQL.

In:  aware times, any text.
Out: aware times in UTC, text that any database takes.
FAILS: ``ValueError`` for a naive time.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC. SQLite gives naive ones back, PostgreSQL aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: what they mean would depend on the machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        del dialect  # the value itself shows whether its driver knows zones
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StoredText(TypeDecorator[str]):
    """Text that any database takes: SQLite refuses lone surrogates, PostgreSQL also NUL.

    A refusal would be answered 451 on every retry, so such characters are replaced instead.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """``value`` without what cannot be stored."""
        del dialect  # one rule for all, so that a store can be moved
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """``text`` with lone surrogates and NUL replaced."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()

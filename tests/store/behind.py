"""What somebody does to a store behind rufgate's back, and all that it holds, on either engine."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, make_url, text

from rufgate.store.engine import reading


def tamper(engine: Engine, *statements: str) -> None:
    """Run these statements, past all that the store would do."""
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def held_in(engine: Engine) -> bytes:
    """SQLite: the files beside the database and itself. PostgreSQL: what any query can show."""
    if engine.dialect.name == "sqlite":
        folder = Path(str(make_url(engine.url).database)).parent
        return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
    with reading(engine) as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        )
        rows = [
            row
            for (name,) in names.all()
            for (row,) in connection.execute(text(f'SELECT t::text FROM "{name}" t'))
        ]
        contents = connection.execute(
            text("SELECT content FROM outbox WHERE content IS NOT NULL")
        ).scalars()
        return "\n".join(rows).encode() + b"".join(contents)

"""While a gate of the version before runs, a migration leaves it all that it writes and reads.

The rule (docs/decisions): what a migration does to a table that is there is adding. So statements
of the version before, which names all its columns, go on working.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from tests.postgres import Server

SINCE = "0022"  # no store on a server is older, so no gate of a version before shares one
MADE = [
    (sa.Uuid, uuid4), (sa.Boolean, lambda: True), (sa.Integer, lambda: 1),
    (sa.DateTime, lambda: datetime(2026, 3, 1, tzinfo=UTC)), (sa.Date, lambda: date(2026, 3, 1)),
    (sa.LargeBinary, lambda: b"x"), (sa.JSON, lambda: ["x"]), (sa.Numeric, lambda: 1),
    (sa.String, lambda: "x"),
]  # fmt: skip


def config(connection: sa.Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", "rufgate.store:migrations")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def upgrade(engine: sa.Engine, revision: str) -> None:
    with engine.begin() as connection:
        command.upgrade(config(connection), revision)


def revisions() -> list[str]:
    found = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]
    return sorted(found)


def tables_of(engine: sa.Engine) -> sa.MetaData:
    """As the version that made this schema knows them."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    return metadata


def use(engine: sa.Engine, known: sa.MetaData) -> None:
    """A row in each table that ``known`` names, written, read, changed, deleted."""
    rows: dict[str, dict[str, Any]] = {}
    tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
    with engine.begin() as connection:
        for table in tables:
            rows[table.name] = {column.name: _value(column, rows) for column in table.columns}
            connection.execute(sa.insert(table).values(rows[table.name]))
        for table in tables:
            assert len(connection.execute(sa.select(table)).all()) == 1, table.name
            changed = {
                column.name: rows[table.name][column.name]
                for column in table.columns
                if not column.primary_key
            }
            if changed:
                connection.execute(sa.update(table).values(changed))
        for table in reversed(tables):
            assert connection.execute(sa.delete(table)).rowcount == 1, table.name


def _value(column: sa.Column[Any], rows: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        table, _, name = key.target_fullname.partition(".")
        return rows[table][name]
    return next(make() for kind, make in MADE if isinstance(column.type, kind))


@pytest.fixture
def empty(postgres: Server):
    engine = sa.create_engine(url := postgres.empty())
    yield engine
    engine.dispose()
    postgres.drop(url)


@pytest.fixture
def file(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("kind", ["file", "empty"], ids=["sqlite", "postgresql"])
def test_what_the_version_before_does_works_on_each_new_schema(request, kind):
    engine = request.getfixturevalue(kind)
    upgrade(engine, SINCE)
    use(engine, tables_of(engine))
    for revision in (revision for revision in revisions() if revision > SINCE):
        before = tables_of(engine)
        upgrade(engine, revision)
        use(engine, before)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE outbox ADD COLUMN route TEXT NOT NULL",
        "ALTER TABLE outbox DROP COLUMN reason",
        "ALTER TABLE outbox RENAME COLUMN reason TO why",
        "DROP TABLE alerts",
    ],
)
def test_what_takes_something_from_it_is_found(empty, change):
    upgrade(empty, "head")
    before = tables_of(empty)
    use(empty, before)
    with empty.begin() as connection:
        connection.exec_driver_sql(change)
    with pytest.raises(DBAPIError):
        use(empty, before)

"""Which version a database's tables have, and how they come to the newest.

In:  a connection.
Out: the newest schema, by the migrations; words on a version that is not known.
FAILS: ``CommandError`` of the migrations for a version that none of them knows.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

MOVING: Final = "moving"
"""The version of a database while a store is moved to it: nobody knows it."""


@cache
def newest_version() -> str:
    """That of the last migration: its file's name begins with it."""
    files = (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")
    return max(file.name for file in files).partition("_")[0]


def is_newest(driver: sqlite3.Connection) -> bool:
    """Whether nothing is to be done."""
    has_version = "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"
    if driver.execute(has_version).fetchone() is None:
        return False
    found = driver.execute("SELECT version_num FROM alembic_version").fetchall()
    return found == [(newest_version(),)]


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the open transaction."""
    config = Config()
    config.set_main_option("script_location", "rufgate.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def why_unknown(connection: Connection) -> str:
    """What to say where ``upgrade`` knows no way."""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == MOVING:
        return "a store is being moved here: run `rufgate store move` again, it goes on"
    return "the store was made by another version of rufgate"

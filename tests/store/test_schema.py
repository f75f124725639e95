"""Every column says what it holds and what for, so that nothing can be kept by oversight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import (
    Column,
    MetaData,
    Table,
    Text,
    create_engine,
    create_mock_engine,
    insert,
    select,
)

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import metadata

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def problems(column: Column) -> list[str]:
    """What is missing for retention and the records of processing."""
    found = []
    if not isinstance(column.info.get("field_class"), FieldClass):
        found.append("no field class")
        return found
    if not column.info.get("purpose"):
        found.append("no purpose")
    row_class = column.table.info.get("row_class")
    own = column.info["field_class"]
    if own not in {row_class, FieldClass.FACTS} and not column.nullable:
        found.append("cannot be emptied before its row is deleted")
    if own is FieldClass.FACTS and row_class is not FieldClass.FACTS and column.nullable:
        found.append("would be emptied under a row that is kept")
    return found


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_each_column_names_class_and_purpose_and_can_be_emptied(column):
    assert problems(column) == []


@pytest.mark.parametrize(
    ("column", "problem"),
    [
        (Column("x", Text), "no field class"),
        (Column("x", Text, info={"field_class": FieldClass.TEXT}), "no purpose"),
        (
            Column(
                "x", Text, info={"field_class": FieldClass.TEXT, "purpose": "p"}, nullable=False
            ),
            "cannot be emptied before its row is deleted",
        ),
    ],
)
def test_the_walk_above_would_notice(column, problem):
    Table("t", MetaData(), column, info={"row_class": FieldClass.FACTS})
    assert problems(column) == [problem]


def test_each_table_but_reports_belongs_to_a_report_or_has_an_age_of_its_own():
    for table in metadata.sorted_tables:
        assert isinstance(table.info["row_class"], FieldClass)
        if "aged_by" in table.info:
            assert not table.c[table.info["aged_by"]].nullable
        elif table.name != "reports":
            (key,) = table.c.report_id.foreign_keys
            assert (key.target_fullname, key.ondelete) == ("reports.id", "CASCADE")


def test_the_tables_can_be_made_on_postgresql():
    made: list[str] = []
    postgres = create_mock_engine(
        "postgresql+psycopg://",
        lambda sql, *_, **__: made.append(str(sql.compile(dialect=postgres.dialect))),
    )
    metadata.create_all(postgres, checkfirst=False)
    sql = "\n".join(made)
    assert "received_at TIMESTAMP WITH TIME ZONE" in sql
    assert "id UUID NOT NULL" in sql
    assert "content BYTEA" in sql


@pytest.fixture
def table():
    metadata = MetaData()
    table = Table("t", metadata, Column("at", UtcDateTime()), Column("text", StoredText()))
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield table, connection
    engine.dispose()


def test_times_come_back_aware_and_in_utc(table):
    moment = datetime(2026, 3, 10, 12, tzinfo=timezone(timedelta(hours=5)))
    table, connection = table
    connection.execute(insert(table).values(at=moment))
    back = connection.execute(select(table.c.at)).scalar_one()
    assert back == moment
    assert back.tzinfo is UTC


def test_a_naive_time_is_refused(table):
    table, connection = table
    with pytest.raises(Exception, match="aware"):
        connection.execute(insert(table).values(at=datetime(2026, 3, 10)))  # noqa: DTZ001 - the point


@pytest.mark.parametrize("hostile", ["a\udcffb", "a\0b", "\ud800"])
def test_text_that_a_database_would_refuse_is_stored_with_a_replacement(table, hostile):
    table, connection = table
    connection.execute(insert(table).values(text=hostile))
    back = connection.execute(select(table.c.text)).scalar_one()
    assert "\0" not in back
    assert back.encode()

"""How the tables' columns are written down, and where the tables are collected."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, Uuid
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

json = JSON(none_as_null=True)


def col(
    name: str,
    kind: TypeEngine[Any],
    info: dict[str, Any],
    *more: SchemaItem,
    primary_key: bool = False,
    nullable: bool = True,
) -> Column[Any]:
    """A column with its class and purpose; nullable, so that it can be forgotten alone."""
    return Column(
        name, kind, *more, info=info, primary_key=primary_key, nullable=nullable and not primary_key
    )


def parent(*, primary: bool = True) -> Column[Any]:
    """The report that a row belongs to and goes with."""
    return col(
        "report_id",
        Uuid(),
        held(C.FACTS, "the report this row belongs to"),
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


def position(name: str = "position") -> Column[Any]:
    """The place of a row among those of its report."""
    return col(name, Integer(), held(C.FACTS, "keeps the report's order"), primary_key=True)

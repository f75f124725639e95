"""Alembic's entry: runs on the connection that ``store.engine`` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from rufgate.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot ALTER a column: copy and move instead
)
context.run_migrations()

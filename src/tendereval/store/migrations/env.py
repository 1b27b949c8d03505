"""Run by Alembic with the file's own connection, inside one transaction."""

from alembic import context
from sqlalchemy import Connection

from tendereval.store.columns import METADATA

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations need the connection of an open tender file")
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()

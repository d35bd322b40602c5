"""Alembic's entry: runs the migrations on the connection that `intake.store.engine` opened."""

from alembic import context

from intake.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

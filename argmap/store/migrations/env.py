"""Alembic's way in: run what is missing, in the transaction that is under way."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=True
)
context.run_migrations()

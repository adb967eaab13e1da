"""A migration on PostgreSQL that is killed after any statement is begun again.

That of a SQLite file is killed in tests/store. Planted and found by both: migrations
that are committed statement by statement.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from argmap.model import Map
from argmap.settings import Settings
from argmap.store import Store
from argmap.store.checking import check
from argmap.store.tables import METADATA
from databases import Postgres
from stored import create

DYING = Path(__file__).parents[1] / "store" / "dying.py"


@pytest.mark.faults
def test_a_killed_migration_is_begun_again(postgresql: Postgres) -> None:
    url = postgresql.make("argmap_test_dying")
    try:
        command = [sys.executable, str(DYING), "migrate", url]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        lines = done.stdout.split()
        assert lines == ["died"] * (len(lines) - 1) + ["through"]
        assert len(lines) > len(METADATA.tables)
        settings = Settings(database_url=url)
        with Store.open(settings) as store:
            create(store, Map.of(["a"], key="m"))
        assert check(settings) == []
    finally:
        postgresql.drop(url)

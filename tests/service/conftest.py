"""A desk on a real database, with a small map."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap.model import Map, operations_of
from argmap.service.desk import Desk
from argmap.settings import Settings
from argmap.store import Write

TRAM = Map.of({"build": 0.5, "cost": 0.75}, rebuts=[("cost", "build")], key="tram")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.open(Settings(database_url=f"sqlite:///{tmp_path}/argmap.db"))
    write = Write(map="tram", operations=operations_of(TRAM), create=True)
    desk.store.submit(write).result()
    yield desk
    desk.close()

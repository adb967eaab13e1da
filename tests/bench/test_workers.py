"""Two processes that serve one port and one database, against one.

What two would give with a core each is told by processor time, whoever else is busy:
twice what one core's time gives, less what each answer costs more because there are
two. By the clock that shows only where the client and PostgreSQL have cores, too.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from argmap.settings import Settings
from argmap.store import Store
from bench.asking import bush, processor_seconds, rate, request
from databases import Postgres
from figures import Figures
from servers import ARGMAP, ask, free_port
from stored import create

CONNECTIONS = 32
"""Which the system deals out to the workers, as it likes."""
LEAST = 1.6
ROUNDS = 5
CLAIM = "/api/v1/maps/bush/claims/c500"


class Workers(NamedTuple):
    """Processes that serve one port."""

    port: int
    first: int

    def each(self) -> list[float]:
        """Say how long each of those that answer has been computing."""
        path = Path(f"/proc/{self.first}/task/{self.first}/children")
        return [processor_seconds(int(pid)) for pid in path.read_text().split()]

    def processor_seconds(self) -> float:
        """Say how long they have been computing together."""
        return processor_seconds(self.first) + sum(self.each())


@pytest.fixture(scope="module")
def url(postgresql: Postgres) -> str:
    url = postgresql.make()
    with Store.open(Settings(database_url=url)) as store:
        create(store, bush())
    return url


@contextmanager
def serving(url: str, workers: int) -> Iterator[Workers]:
    port = free_port()
    command = [ARGMAP, "serve", "--workers", str(workers), "--port", str(port)]
    environment = {**os.environ, "ARGMAP_DATABASE_URL": url}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(20 * workers):  # each of them has answered, most likely
            ask(port, CLAIM)
        yield Workers(port, process.pid)
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def one(url: str) -> Iterator[Workers]:
    with serving(url, 1) as workers:
        yield workers


@pytest.fixture(scope="module")
def two(url: str) -> Iterator[Workers]:
    with serving(url, 2) as workers:
        yield workers


def test_two_processes_could_read_more_than_one(
    one: Workers, two: Workers, figures: Figures
) -> None:
    before, ratios = two.each(), []
    for _ in range(ROUNDS):
        alone = rate(one, request(CLAIM), b"200", CONNECTIONS)
        together = rate(two, request(CLAIM), b"200", CONNECTIONS)
        ratios.append(2 * together.by_processor / alone.by_processor)
    shares = [after - was for after, was in zip(two.each(), before, strict=True)]

    assert min(shares) > sum(shares) / 10  # or one of them has had nothing to do
    judge(figures, "GET one claim, 2 workers / 1, a core each", median(ratios), cores=2)


def test_two_processes_read_more_than_one_where_cores_are_free(
    one: Workers, two: Workers, figures: Figures
) -> None:
    ratios = []
    for _ in range(ROUNDS):
        alone = rate(one, request(CLAIM), b"200", CONNECTIONS)
        together = rate(two, request(CLAIM), b"200", CONNECTIONS)
        ratios.append(together.by_clock / alone.by_clock)
    # The client and PostgreSQL take one each.
    what = "GET one claim, 2 workers / 1, by the clock"
    judge(figures, what, median(ratios), cores=4)


def judge(figures: Figures, what: str, ratio: float, cores: int) -> None:
    """Enter a ratio, which has to be what it should where so many cores are free."""
    there, busy = os.cpu_count() or 1, os.getloadavg()[0]
    if there < cores or busy > 2 * there:  # the measurement itself is half of that
        figures.note(what, f"{ratio:.3g} ×")
        pytest.skip(f"{ratio:.3g} ×; a load of {busy:.1f} on {there} cores")
    figures.at_least(what, ratio, LEAST)

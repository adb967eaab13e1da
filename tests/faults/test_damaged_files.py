"""A file that is damaged in whatever way is read, or refused and nothing is kept of it.

Never a 500, no more than 5 s of the processor's time and 512 MiB. Planted and found:
a reader of BRAT that takes any digit for one of a key's.
"""

import resource
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random
from subprocess import run
from sys import executable
from typing import Final

import pytest

from argmap.api.app import create_app
from argmap.formats.exchange import read, write
from argmap.plugin import Host
from argmap.settings import Settings
from faults.damage import damaged
from faults.direct import Direct, direct
from faults.forms import forms
from samples import SAMPLES

HOST: Final = Host.load(strict=True)
READ: Final = [name for name, each in HOST.formats.items() if each.read]
SECONDS: Final = 5.0
MEMORY: Final = 2**29
API: Final = "/api/v1"
HUNTED: Final = ("aif", "argdown", "kialo")
"""Readers that are also tried by what watches which of their lines are run."""


def documents(name: str) -> list[bytes]:
    """List the real files of a format: samples, and a seed written in it."""
    found = [path.read_bytes() for path in sorted((SAMPLES / name).glob("*"))]
    if HOST.formats[name].write:
        map_, _ = read(HOST, SEED.read_bytes())
        found.append(write(HOST, map_, name)[0])
    return found


SEED: Final = Path(__file__).parents[2] / "seeds" / "school-phones.argmap.json"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    url = f"sqlite:///{tmp_path_factory.mktemp('damaged') / 'argmap.db'}"
    with direct(create_app(Settings(database_url=url))) as client:
        yield client


def peak() -> int:
    """Give the most memory that this process has used, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("many", forms(300, 100_000))
def test_a_damaged_file_is_read_or_refused(
    client: Direct, name: str, many: int
) -> None:
    files, random, before = documents(name), Random(name), peak()
    url = f"{API}/imports?format={name}&key=damaged"
    kept = 0
    for number in range(many):
        data = damaged(random, files) or b" "
        start = time.process_time()
        answer = client.post(
            url, content=data, headers={"Content-Type": "application/octet-stream"}
        )
        took = time.process_time() - start
        what = f"file {number} of {name}: {data[:2000]!r}"
        assert took < SECONDS, what
        there = client.get(f"{API}/maps/damaged/export.json")
        if answer.status_code == 201:
            assert there.status_code == 200, what
            gone = client.delete(f"{API}/maps/damaged", headers={"If-Match": "*"})
            assert gone.status_code == 204
            kept += 1
        else:
            assert answer.status_code in (400, 409, 413, 422), (answer.text, what)
            assert answer.json()["detail"]
            assert there.status_code == 404, what
    assert peak() - before < MEMORY
    assert 0 < kept < many, "what is drawn is neither all right nor all wrong"


@pytest.mark.full
@pytest.mark.skipif(not find_spec("atheris"), reason="the extra fuzz is missing")
@pytest.mark.parametrize("name", HUNTED)
def test_ten_minutes_of_hunting_find_no_fault(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(documents(name)):
        (corpus / str(number)).write_bytes(data)
    limits = ["-max_total_time=600", "-timeout=5", "-rss_limit_mb=1024"]
    hunt = run(
        [executable, Path(__file__).with_name("hunt.py"), name, *limits, corpus],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert hunt.returncode == 0, hunt.stderr[-5000:]

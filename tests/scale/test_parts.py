"""What is large over HTTP comes in parts, and what takes too long ends in time."""

import time
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.model import Map
from argmap.model.codec import write
from argmap.service.trees import MOST
from argmap.settings import Settings

CLAIMS = 12_000
CHAIN = Map.of(
    {f"c{n}": 0.5 for n in range(CLAIMS)},
    rebuts=[(f"c{n + 1}", f"c{n}") for n in range(CLAIMS - 1)],
    key="chain",
)
JSON = {"Content-Type": "application/json"}
OF = "/api/v1/maps/chain"
SECONDS = 2.0


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    database = tmp_path_factory.mktemp("parts") / "argmap.db"
    settings = Settings(database_url=f"sqlite:///{database}")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        made = client.post("/api/v1/imports", content=write(CHAIN), headers=JSON)
        assert made.status_code == 201, made.text
    settings = Settings(database_url=f"sqlite:///{database}", max_seconds=SECONDS)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def test_a_tree_comes_in_parts_that_make_the_whole(chain: TestClient) -> None:
    url = f"{OF}/claims/c0/tree?flat=true&depth=all"
    first = chain.get(url).json()["nodes"]
    (more,) = {node["next"] for node in first} - {None}
    rest = chain.get(f"{url}&cursor={more}").json()["nodes"]

    assert len(first) == MOST
    assert rest[0]["id"] == first[-1]["id"]
    seen = [node["claim"] for node in first + rest[1:]]
    assert seen == [f"c{n}" for n in range(CLAIMS)]
    assert {node["next"] for node in rest} == {None}


def test_gaps_come_in_parts(chain: TestClient) -> None:
    parts, more = [], f"{OF}/gaps"
    while more:
        answer = chain.get(more)
        parts.append(answer.json()["gaps"])
        more = answer.links["next"]["url"] if answer.links else ""

    gaps = [gap for part in parts for gap in part]
    assert {len(part) for part in parts[:-1]} == {10_000}
    assert [g["claim"] for g in gaps if g["kind"] == "unsourced"] == list(CHAIN.claims)


@pytest.mark.parametrize(
    "question", ["claims/c0/crux", "claims/c0/explanation", "lines?target=c0"]
)
def test_what_takes_too_long_ends_in_time(chain: TestClient, question: str) -> None:
    begun = time.process_time()

    answer = chain.get(f"{OF}/{question}")

    assert answer.status_code == 504
    assert answer.json()["type"] == "urn:argmap:problem:too-slow"
    assert time.process_time() - begun < 3 * SECONDS

"""Imports that lose something, and rules that fail."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap.errors import Lossy, NotFound, PluginFault
from argmap.model import Map
from argmap.plugin import (
    Format,
    Graph,
    Host,
    Installed,
    Remark,
    Report,
    Rule,
    Strengths,
)
from argmap.plugin.isolation import Isolation, Limits
from argmap.service import evaluations, exchange
from argmap.service.desk import Desk
from argmap.settings import Settings
from argmap.store import Store

LOSS = Remark(severity="loss", code="colour", what="a colour", done="left out")


def read(data: bytes) -> tuple[Map, Report]:
    return Map(key=data.decode()), (LOSS,)


def fail(graph: Graph) -> Strengths:
    raise RuntimeError(f"{len(graph.ids)} claims are too many")


LOSING = Format(
    "losing",
    "One that loses",
    suffixes=(".lose",),
    media_type="text/lose",
    sniff=lambda _: 1.0,
    read=read,
)
FAILING = Rule("failing", "One that fails", fail)


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk where everything goes wrong."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/odd.db", default_rule="failing"
    )
    host = Host(
        rules={"failing": Installed(FAILING, "odd", None, False)},
        formats={"losing": LOSING},
        schemes={},
        problems=(),
    )
    desk = Desk(settings, Store.open(settings), host, Isolation(Limits()))
    yield desk
    desk.close()


def test_a_loss_is_reported_and_refused_where_it_must_not_be(odd: Desk) -> None:
    with pytest.raises(Lossy) as refused:
        asyncio.run(exchange.import_(odd, b"lost", is_strict=True))
    with pytest.raises(NotFound):
        odd.store.snapshot("lost")

    done = asyncio.run(exchange.import_(odd, b"lost"))

    assert refused.value.losses == done.report == (LOSS,)
    assert done.revision == 1


def test_a_rule_that_fails_is_told_alone_and_among_others(odd: Desk) -> None:
    asyncio.run(exchange.import_(odd, b"map"))
    asked = evaluations.asked(odd)
    snapshot = odd.store.snapshot("map")

    view, _ = asyncio.run(evaluations.one(odd, "map", asked))
    with pytest.raises(PluginFault, match="too many"):
        asyncio.run(view.body())
    (result,), _ = asyncio.run(
        evaluations.several(odd, snapshot, [{"rule": "failing"}])
    )

    assert isinstance(result.error, PluginFault)
    assert result.evaluation is None

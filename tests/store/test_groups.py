"""Writes that are committed together leave what they would leave one by one."""

from concurrent.futures import Future, wait
from threading import Event
from time import monotonic, sleep

import pytest

from argmap.errors import InvalidMap
from argmap.model import (
    Add,
    Claim,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
    Span,
)
from argmap.settings import Settings
from argmap.store import Committed, Store, Write, writer
from stored import RICH, create, hold

STEPS: tuple[Operation, ...] = (
    Add(claim=Claim(key="late", text="Zu spät.")),
    Add(claim=Claim(key="early", text="Zu früh."), before="quiet"),
    Replace(claim="late", set={"text": "Viel zu spät.", "tags": ["time"]}),
    Move(claim="rails", before="build"),
    Remove(claim="early"),
    Add(claim=Claim(key="early", text="Doch nicht.")),
    Add(passage=NewPassage(source="council", key="p3", spans=(Span(start=0, end=3),))),
    Move(
        passage=PassagePath(source="council", passage="p3"),
        before="p1",
    ),
    Remove(claim="quiet", cascade=True),
    Replace(map="rich", set={"title": "Übermut"}),
    Remove(claim="late"),
)


def test_a_group_leaves_the_rows_and_the_history_of_single_writes(
    settings: Settings,
) -> None:
    wrong = Remove(claim="nobody")
    with Store.open(settings) as store:
        create(store, RICH)
        gate = hold(store)
        futures = [
            store.submit(Write(map="rich", operations=(step,)))
            for operation in STEPS
            for step in (operation, wrong)
        ]
        gate.set()
        made = [future.result().snapshot for future in futures[::2]]
        assert all(isinstance(f.exception(), InvalidMap) for f in futures[1::2])
        assert [each.revision for each in made] == list(range(2, len(STEPS) + 2))

    with Store.open(settings) as store:
        newest = store.snapshot("rich")
        assert newest == made[-1]
        for kept in ("sources", "claims", "relations"):
            order = list(getattr(newest.map, kept).values())
            assert order == list(getattr(made[-1].map, kept).values())
        for each in made[:-1]:
            past = store.snapshot_at("rich", each.revision)
            assert (past.map, past.revs) == (each.map, each.revs)


def held(store: Store) -> Event:
    """Do as `hold`, and see the writer at it: a group of one."""
    gate = hold(store)
    while store.writes[0]:
        sleep(0.001)
    return gate


def test_writes_that_came_together_wait_for_each_other_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(store: Store, key: str) -> Future[Committed]:
        claim = Claim(key=key, text=key)
        return store.submit(Write(map="rich", operations=(Add(claim=claim),)))

    with Store.open(settings) as store:
        create(store, RICH)
        for key in ("alone", "and-again"):
            add(store, key).result(timeout=30)
        monkeypatch.setattr(writer, "LINGER", 60.0)
        gate = held(store)
        first = [add(store, f"a{n}") for n in range(4)]
        gate.set()
        revisions = [future.result(timeout=30).snapshot.revision for future in first]
        second = [add(store, f"b{n}") for n in range(3)]
        assert not wait(second, timeout=0.1).done
        second.append(add(store, "b3"))
        revisions += [f.result(timeout=30).snapshot.revision for f in second]

        assert revisions == list(range(4, 12))
        assert store.writes[1][4] == 2


def test_who_closes_the_store_does_not_wait_for_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(settings) as store:
        create(store, RICH)
        for _ in range(2):
            held(store).set()
        monkeypatch.setattr(writer, "LINGER", 60.0)
        start = monotonic()
        gate = held(store)
        claims = [Claim(key=f"c{n}", text="More.") for n in range(3)]
        writes = [Write(map="rich", operations=(Add(claim=c),)) for c in claims]
        futures = [store.submit(write) for write in writes[:2]]
        gate.set()
        for future in futures:
            future.result(timeout=30)
        last = store.submit(writes[2])

    assert last.result().snapshot.revision == 4
    assert monotonic() - start < 60

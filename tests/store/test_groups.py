"""Writes that are committed together leave what they would leave one by one."""

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
from argmap.store import Store, Write
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

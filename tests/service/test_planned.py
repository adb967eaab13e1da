"""While others write, what is planned from one state holds, or is planned anew."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from argmap.errors import ArgmapError, InvalidMap, RevertBlocked
from argmap.model import Add, Claim, Relation, Replace, Target, change
from argmap.service import changes, merging, planned, reverting
from argmap.service.changes import Applied, applied
from argmap.service.desk import Desk
from argmap.store import Snapshot


def together(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    async def run() -> list[Any]:
        return await asyncio.gather(*work, return_exceptions=True)

    return asyncio.run(run())


def adding(desk: Desk, operation: Add) -> Coroutine[Any, Any, Applied]:
    return changes.apply(desk, "tram", [operation])


def test_of_many_reverts_of_one_change_one_is_made_and_nobodys_work_is_lost(
    desk: Desk,
) -> None:
    edit = Replace(claim="cost", set={"text": "Dear."}, if_match="*")
    together(changes.apply(desk, "tram", [edit]))
    claims = [Claim(key=f"c{n}", text=f"{n}") for n in range(20)]

    done = together(
        *(reverting.revert(desk, "tram", 2) for _ in range(8)),
        *(adding(desk, Add(claim=claim)) for claim in claims),
    )

    assert not [each for each in done if isinstance(each, Exception)]
    newest = desk.store.snapshot("tram")
    assert newest.map.claims["cost"].text == "cost"
    assert {claim.key for claim in claims} <= newest.map.claims.keys()
    assert newest.revision == 2 + 1 + len(claims)


def test_a_merge_takes_in_what_comes_while_it_is_made(desk: Desk) -> None:
    twin = Claim(key="twin", text="It costs too much.")
    together(adding(desk, Add(claim=twin)))
    relations = [
        Relation(
            key=f"r{n + 10}",
            kind="rebut",
            premises=("twin",),
            target=Target(claim="build"),
            weight=n / 20,
        )
        for n in range(20)
    ]

    *added, merged = together(
        *(adding(desk, Add(relation=relation)) for relation in relations),
        merging.join(desk, "tram", "twin", "cost", ("*",)),
    )

    assert not isinstance(merged, Exception)
    newest = desk.store.snapshot("tram").map
    assert "twin" not in newest.claims
    for relation, outcome in zip(relations, added, strict=True):
        # Those that came too late were told that there is no such claim.
        assert isinstance(outcome, InvalidMap) != (relation.key in newest.relations)
    assert all(r.premises == ("cost",) for r in newest.relations.values())


def test_a_plan_that_is_overtaken_is_made_anew(desk: Desk) -> None:
    """Let another write come between the plan and its execution."""
    seen: list[int] = []

    def plan(snapshot: Snapshot) -> planned.Steps:
        seen.append(snapshot.revision)
        if len(seen) < 3:
            text = {"text": f"Overtaken {len(seen)}."}
            other = changes.apply(
                desk, "tram", [Replace(claim="cost", set=text, if_match="*")]
            )
            asyncio.run(other)
        score = (snapshot.map.claims["cost"].base_score or 0) / 3
        operations = (Replace(claim="cost", set={"base_score": score}),)
        return operations, change(snapshot.map, operations)

    (done,) = together(planned.write(desk, "tram", plan, applied, "planned"))

    assert (seen, done.revision) == ([1, 2, 3], 4)
    cost = desk.store.snapshot("tram").map.claims["cost"]
    assert (cost.base_score, cost.text) == (0.25, "Overtaken 2.")


def test_a_plan_that_is_wrong_is_not_tried_for_ever(desk: Desk) -> None:
    bad = (Replace(claim="nobody", set={"text": "?"}),)

    def plan(snapshot: Snapshot) -> planned.Steps:
        return bad, change(snapshot.map, bad)

    (error,) = together(planned.write(desk, "tram", plan, applied, "bad"))

    assert isinstance(error, ArgmapError)


def test_a_revert_that_is_blocked_names_at_most_a_hundred_obstacles(
    desk: Desk,
) -> None:
    many = [Add(claim=Claim(key=f"c{n}", text="?")) for n in range(150)]
    edits = [
        Replace(claim=f"c{n}", set={"text": "!"}, if_match="*") for n in range(150)
    ]
    together(changes.apply(desk, "tram", many))
    together(changes.apply(desk, "tram", edits))

    with pytest.raises(RevertBlocked) as caught:
        asyncio.run(reverting.revert(desk, "tram", 2))

    assert (len(caught.value.obstacles), caught.value.obstacle_count) == (100, 150)

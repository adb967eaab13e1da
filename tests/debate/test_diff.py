"""What changes did to strengths: each its share, and all of it adds up."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import argmap
import draw
from argmap.debate.diff import UNREAD, Diff, diff
from argmap.engine import patience
from argmap.errors import InvalidMap, TooSlow
from argmap.model import (
    Add,
    Claim,
    Map,
    Operation,
    Relation,
    Remove,
    Replace,
    Target,
    change,
    operations_of,
    read,
    write,
)
from argmap.model.undo import ref_of
from argmap.plugin import Graph, Rule, compile_map, evaluate
from argmap.plugin.digest import input_hash
from stored import RICH

RULES = argmap.rules()
ENERGY = RULES["quadratic-energy"]
TRAM = Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])


def between(before: Map, *operations: Operation, rule: Rule = ENERGY) -> Diff:
    resolved = change(before, operations).operations
    return diff(before, [(None, resolved)], rule)


@pytest.mark.parametrize(
    "name", ["quadratic-energy", "df-quad", "grounded", "h-categorizer"]
)
@settings(max_examples=25)
@given(data=st.data())
def test_deltas_add_up_exactly(name: str, data: st.DataObject) -> None:
    rule = RULES[name]
    before = data.draw(draw.maps(largest=5))
    operations = change(before, data.draw(draw.operations(before))).operations
    cut = data.draw(st.integers(0, len(operations)))
    try:
        found = diff(before, [(2, operations[:cut]), (3, operations[cut:])], rule)
    except InvalidMap:  # cut where the map is not valid
        found = diff(before, [(2, operations)], rule)

    sums: dict[str, Fraction] = {}
    for cause in found.causes:
        for key, delta in cause.deltas.items():
            sums[key] = sums.get(key, Fraction()) + Fraction(delta)
    assert found.operations == operations
    assert [op for cause in found.causes for op in cause.operations] == [*operations]
    deltas = {key: Fraction(each.delta) for key, each in found.claims.items()}
    assert {k: d for k, d in sums.items() if d} == {
        k: d for k, d in deltas.items() if d
    }
    old = evaluate(before, rule)
    new = evaluate(change(before, operations).map, rule)
    for key in old.claims.keys() | new.claims.keys():
        was, now = old.strengths.get(key), new.strengths.get(key)
        told = found.claims.get(key)
        if told is None:
            assert was is not None
            assert now == pytest.approx(was, abs=1e-15)
        else:
            assert told.delta == pytest.approx((now or 0) - (was or 0), abs=2e-15)
            assert (told.before and told.before.strength) == was
            assert (told.after and told.after.strength) == now


def test_every_cause_has_its_share() -> None:
    found = between(
        TRAM,
        Replace(claim="tram", set={"text": "A tram!"}),
        Replace(relation="r1", set={"weight": 0.0}),
        Add(claim=Claim(key="quiet", text="Quiet.", base_score=1.0)),
        Remove(claim="cost", cascade=True),
    )

    shares = [(len(cause.operations), sorted(cause.deltas)) for cause in found.causes]
    assert shares == [(1, []), (1, ["tram"]), (1, ["quiet"]), (1, []), (1, ["cost"])]
    assert found.causes[1].deltas["tram"] == found.claims["tram"].delta > 0
    assert (found.claims["quiet"].before, found.claims["quiet"].delta) == (None, 1.0)
    assert (found.claims["cost"].after, found.claims["cost"].delta) == (None, -0.75)


def test_operations_after_which_the_map_is_not_valid_join_the_next() -> None:
    support = Relation(
        key="r2", kind="support", premises=("quiet",), target=Target(claim="tram")
    )
    operations = (
        Add(relation=support),
        Add(claim=Claim(key="other", text="Other.")),
        Add(claim=Claim(key="quiet", text="Quiet.")),
        Remove(claim="cost"),
        Replace(claim="tram", set={"base_score": 0.25}),
        Remove(relation="r1"),
    )

    found = diff(TRAM, [(7, operations)], ENERGY, revision=6)

    assert [len(cause.operations) for cause in found.causes] == [3, 3]
    assert {cause.revision for cause in found.causes} == {7}
    assert (found.from_, found.to, found.revision) == (6, 7, 7)


def test_causes_never_reach_over_a_revision() -> None:
    first = (Replace(claim="cost", set={"base_score": 0.5}),)
    second = (Remove(relation="r1"),)
    found = diff(TRAM, [(2, first), (3, second), (4, ())], ENERGY, revision=1)

    assert [cause.revision for cause in found.causes] == [2, 3]
    assert (found.from_, found.to) == (1, 4)


def test_a_map_can_be_followed_from_nothing() -> None:
    map_, _ = argmap.load(argmap.seed("school-phones"))

    found = diff(Map(key=map_.key), [(1, operations_of(map_))], ENERGY, revision=0)

    assert found.claims.keys() == map_.claims.keys()
    strengths = evaluate(map_, ENERGY).strengths
    for key, each in found.claims.items():
        assert (each.before, each.after and each.after.strength) == (
            None,
            strengths[key],
        )


def test_members_that_no_rule_reads_change_no_input() -> None:
    rich = read(write(RICH))
    other = Map(
        key="rich",
        title="?",
        claims={"x": Claim(key="x", text="?", wordings=("!",), kind="fact")},
    )
    items = {
        "map": rich,
        "source": rich.sources["council"],
        "claim": rich.claims["build"],
        "relation": rich.relations["r1"],
    }
    before = input_hash(compile_map(rich))
    for kind, item in items.items():
        shelf = None if kind == "map" else f"{kind}s"
        for member in UNREAD[kind] - {"key"}:  # type: ignore[index]
            value = getattr(other if kind == "map" else item, member)
            blank = type(value)() if isinstance(value, (str, tuple, dict)) else None
            changed = replace(item, **{member: not value if value is True else blank})
            if shelf is None:
                after = changed
            else:
                after = replace(
                    rich,
                    **{shelf: {**getattr(rich, shelf), item.key: changed}},  # type: ignore[union-attr]
                )
            assert input_hash(compile_map(after)) == before, (kind, member)  # type: ignore[arg-type]


def test_rules_are_not_asked_about_texts() -> None:
    asked = []

    def watched(graph: Graph) -> np.ndarray:  # type: ignore[type-arg]
        asked.append(graph.size)
        return graph.base_scores

    rule = Rule("watched", "Watched", watched)
    texts = [Replace(claim="tram", set={"text": f"{n}"}) for n in range(50)]
    between(TRAM, *texts, Replace(claim="tram", set={"base_score": 0.1}), rule=rule)

    assert len(asked) == 2


def test_a_diff_that_takes_too_long_is_called_off() -> None:
    edits = [
        Replace(claim="cost", set={"base_score": n / 5000}) for n in range(1, 5000)
    ]

    with pytest.raises(TooSlow), patience(0.05):
        between(TRAM, *edits)


def test_too_many_operations_for_one_evaluation_each_are_taken_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edits = [Replace(claim="cost", set={"base_score": n / 20}) for n in range(10)]
    changes = [(2, edits[:7]), (3, edits[7:])]
    apart = diff(TRAM, changes, ENERGY)

    monkeypatch.setattr("argmap.debate.diff._TOLD", 5)
    found = diff(TRAM, changes, ENERGY)

    shares = [(cause.revision, len(cause.operations)) for cause in found.causes]
    assert shares == [(2, 4), (2, 3), (3, 3)]
    assert len(apart.causes) == 10
    assert replace(found, causes=()) == replace(apart, causes=())
    total = sum(cause.deltas.get("tram", 0) for cause in found.causes)
    assert total == found.claims["tram"].delta


def test_a_diff_of_more_revisions_than_time_allows_is_refused_at_once() -> None:
    large = Map.of(f"c{n}" for n in range(1000))
    edits = [Replace(claim="c0", set={"base_score": n / 5000}) for n in range(5000)]

    with pytest.raises(TooSlow, match="fewer revisions"), patience(1):
        diff(large, [(n, [edit]) for n, edit in enumerate(edits)], ENERGY)


def test_strengths_beyond_the_grid_are_not_lost() -> None:
    rule = Rule("large", "Large", lambda g: g.base_scores * 1e300, scale="ranking")
    found = between(TRAM, Replace(claim="tram", set={"base_score": 0.9}), rule=rule)

    assert found.claims["tram"].delta == pytest.approx(4e299)


def test_the_library_takes_operations_as_they_come() -> None:
    found = argmap.diff(
        TRAM, [Remove(claim="cost", cascade=True)], "df-quad", options={"margin": 0.1}
    )

    assert [ref_of(each) for each in found.operations] == [
        ("relation", "r1"),
        ("claim", "cost"),
    ]
    assert found.claims["tram"].delta == 0.375
    assert found.options.margin == 0.1

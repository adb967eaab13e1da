"""What turns a verdict, against every set of changes, applied to the map itself."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from time import monotonic

import numpy as np
import pytest
from hypothesis import assume, given, settings

import draw
from argmap.errors import InvalidParameters
from argmap.model import Add, Claim, Map, Operation, Relation, Replace, Target, apply
from argmap.plugin import Host, Rule, Verdict, evaluate, solve
from argmap.plugin.evaluate import decode_options
from argmap.plugin.turning import ATOMS, Flips, find_turning

HOST = Host.load(strict=True)
NAMES = ("quadratic-energy", "grounded", "preponderance")
VERDICTS: tuple[Verdict, ...] = ("accepted", "rejected", "undecided")

Atomic = tuple[str, str, float]  # what, of which item, and to which value


def turning(map_: Map, rule: Rule, target: str, to: Verdict, **asked: object) -> Flips:
    params, options = rule.decode({}), decode_options(rule, {})
    chosen = {"seconds": None, "most": 10_000, **asked}
    return find_turning(map_, rule, params, options, target, to, **chosen)


def verdict(map_: Map, rule: Rule, target: str) -> Verdict | None:
    return evaluate(map_, rule).verdicts[target]


def changes(map_: Map, rule: Rule) -> Iterator[Atomic]:
    """List every atomic change of a map, wherever it is."""
    for key, relation in map_.relations.items():
        if relation.weight and relation.kind != "rephrase":
            yield "mute", key, 0.0
    for key, claim in map_.claims.items():
        yield "rebut", key, 1.0
        base = claim.base_score
        base = rule.default_base_score if base is None else base
        if "base_score" in rule.reads:
            yield from (("base-score", key, to) for to in (0.0, 1.0) if base != to)


def done(map_: Map, atoms: Sequence[Atomic]) -> Map:
    """Carry out atomic changes."""
    operations: list[Operation] = []
    for what, key, value in atoms:
        if what == "mute":
            operations.append(Replace(relation=key, set={"weight": 0.0}))
        elif what == "base-score":
            operations.append(Replace(claim=key, set={"base_score": value}))
        else:
            new = f"against-{key}"
            relation = Relation(
                key=new, kind="rebut", premises=(new,), target=Target(claim=key)
            )
            claim = Claim(key=new, text="No.", base_score=1.0)
            operations += [Add(claim=claim), Add(relation=relation)]
    return apply(map_, operations)


def atoms_of(operations: Sequence[Operation]) -> list[Atomic]:
    """Read atomic changes off operations, moves of base scores as they are."""
    found: list[Atomic] = []
    for operation in operations:
        match operation:
            case Replace(relation=str(key)):
                found.append(("mute", key, 0.0))
            case Replace(claim=str(key), set=values):
                found.append(("base-score", key, values["base_score"]))
            case Add(relation=Relation(target=Target(claim=str(key)))):
                found.append(("rebut", key, 1.0))
    return found


def in_full(map_: Map, atom: Atomic, rule: Rule) -> Atomic:
    """Move a base score all the way that it is moved some of."""
    what, key, value = atom
    if what != "base-score":
        return atom
    base = map_.claims[key].base_score
    return what, key, float(value > (rule.default_base_score if base is None else base))


def all_minimal(
    map_: Map, rule: Rule, target: str, to: Verdict, size: int
) -> set[frozenset[Atomic]]:
    """Try every set of changes on the map itself."""
    if verdict(map_, rule, target) == to:
        return set()
    found: set[frozenset[Atomic]] = set()
    for count in range(1, size + 1):
        for atoms in combinations(changes(map_, rule), count):
            moved = [key for what, key, _ in atoms if what == "base-score"]
            if len(moved) > len(set(moved)) or any(f < {*atoms} for f in found):
                continue
            if verdict(done(map_, atoms), rule, target) == to:
                found.add(frozenset(atoms))
    return found


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=6)
@given(map_=draw.maps(largest=3))
def test_the_flips_are_all_minimal_sets_and_no_others(name: str, map_: Map) -> None:
    assume(map_.relations)
    rule, target = HOST.rule(name), next(iter(map_.claims))
    for to in VERDICTS:
        found = turning(map_, rule, target, to, max_operations=2)

        assert found.complete
        assert found.before.verdict == verdict(map_, rule, target)
        sets = {
            frozenset(in_full(map_, atom, rule) for atom in atoms_of(flip.operations))
            for flip in found.flips
        }
        assert sets == all_minimal(map_, rule, target, to, size=2)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=6)
@given(map_=draw.maps(largest=6))
def test_a_flip_turns_the_verdict_and_no_part_of_it_does(name: str, map_: Map) -> None:
    assume(map_.relations)
    rule, target = HOST.rule(name), next(iter(map_.claims))
    before = verdict(map_, rule, target)
    to = next(v for v in VERDICTS if v != before)

    for flip in turning(map_, rule, target, to, most=10, seconds=0.3).flips:
        after = evaluate(apply(map_, flip.operations), rule).claims[target]
        assert (after.strength, after.verdict) == (flip.after.strength, to)
        atoms = atoms_of(flip.operations)
        for size in range(len(atoms)):
            for part in combinations(atoms, size):
                assert verdict(done(map_, part), rule, target) != to


MAP = Map.of({"tram": 0.8, "cost": 0.4, "old": 0.5}, [], [("cost", "tram")])


def test_a_base_score_moves_no_further_than_it_must() -> None:
    rule = HOST.rule("df-quad")
    found = turning(MAP, rule, "tram", "rejected", allow=["base-score"])

    moved = {key: v for f in found.flips for _, key, v in atoms_of(f.operations)}
    # 0.8 (1 - c) < 0.45 and t (1 - 0.4) < 0.45
    assert moved["cost"] == pytest.approx(1 - 0.45 / 0.8, abs=1e-3)
    assert moved["tram"] == pytest.approx(0.75, abs=1e-3)
    assert moved["cost"] > 1 - 0.45 / 0.8
    assert moved["tram"] < 0.75


@pytest.mark.parametrize("atom", ATOMS)
def test_only_what_is_allowed_is_changed(atom: str) -> None:
    rule = HOST.rule("df-quad")
    to: Verdict = "accepted" if atom == "mute" else "rejected"
    found = turning(MAP, rule, "tram", to, allow=[atom])

    assert found.flips
    kinds = {a[0] for f in found.flips for a in atoms_of(f.operations)}
    assert kinds == {atom}


def test_what_a_rule_does_not_read_is_not_moved() -> None:
    found = turning(MAP, HOST.rule("grounded"), "tram", "accepted")

    assert [len(flip.operations) for flip in found.flips] == [1, 2]
    assert found.complete


def test_what_holds_already_needs_nothing() -> None:
    found = turning(MAP, HOST.rule("grounded"), "tram", "rejected")

    assert (found.flips, found.complete) == ((), True)


def test_a_rule_that_is_not_modular_is_turned_by_the_same_changes() -> None:
    rule = HOST.rule("df-quad")
    pair = rule.modules(rule.decode({}))
    assert pair is not None
    own = Rule("own", "Own", lambda graph: solve(graph, *pair))

    known = turning(MAP, rule, "tram", "rejected")
    also = turning(MAP, own, "tram", "rejected")
    assert known.flips
    assert all(flip in also.flips for flip in known.flips)


def test_a_set_that_turns_the_verdict_only_on_paper_is_left_out() -> None:
    def few(graph):  # type: ignore[no-untyped-def]
        heavy = graph.weights.sum() > 1.5
        return np.where(heavy and graph.size > 4, 1.0, 0.3 * graph.base_scores)

    found = turning(MAP, Rule("few", "Few", few), "tram", "accepted", allow=["rebut"])

    # With all three rebuttals there are six claims, with one there are four.
    assert [len(flip.operations) for flip in found.flips] == []
    assert not found.complete


def test_the_time_limit_is_kept_and_what_is_found_is_still_right() -> None:
    keys = [f"c{i}" for i in range(120)]
    map_ = Map.of(
        {"t": 0.9, **dict.fromkeys(keys, 0.3)}, rebuts=[(key, "t") for key in keys[:3]]
    )
    start = monotonic()
    rule = Rule(
        "own",
        "Own",
        HOST.rule("grounded").evaluate,
        params=HOST.rule("grounded").params,
    )
    found = turning(map_, rule, "t", "accepted", max_operations=4, seconds=0.5)

    assert monotonic() - start < 3
    assert not found.complete
    assert found.before.verdict == "rejected"


def test_there_is_nothing_to_turn_in_a_ranking() -> None:
    ranking = Rule("own", "Own", lambda graph: graph.base_scores, scale="ranking")
    with pytest.raises(InvalidParameters, match="gives no verdicts"):
        turning(MAP, ranking, "tram", "rejected")


def test_a_rebuttal_finds_a_key_that_is_free() -> None:
    taken = apply(MAP, [Add(claim=Claim(key="rebuttal-of-tram", text="No."))])
    found = turning(taken, HOST.rule("grounded"), "old", "rejected", allow=["rebut"])

    assert [
        verdict(apply(taken, f.operations), HOST.rule("grounded"), "old")
        for f in found.flips
    ] == ["rejected"]


def test_claims_whose_long_keys_begin_alike_are_rebutted_apart() -> None:
    attackers = [f"{'long-' * 11}{n}" for n in range(3)]
    map_ = Map.of(["tram", *attackers], rebuts=[(key, "tram") for key in attackers])
    rule = HOST.rule("grounded")

    found = turning(map_, rule, "tram", "accepted", allow=["rebut"], max_operations=3)

    (flip,) = found.flips
    assert verdict(apply(map_, flip.operations), rule, "tram") == "accepted"

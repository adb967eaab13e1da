"""Laws over all maps: names, order, what is connected, and whether it comes to rest."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import (
    Add,
    Map,
    Move,
    Operation,
    Relation,
    Replace,
    Target,
    operations_of,
)
from argmap.plugin.evaluate import evaluate
from argmap.plugin.laws import drawing
from argmap.plugin.laws.case import Case, both, difference, settled
from argmap.plugin.laws.drawing import Draw
from argmap.plugin.rule import Rule


def maps(rule: Rule) -> st.SearchStrategy[Case]:
    """Draw any map."""
    return drawing.maps(rule).map(Case)


def plain_maps(rule: Rule) -> st.SearchStrategy[Case]:
    """Draw a map of plain relations."""
    return drawing.maps(rule, plain=True).map(Case)


@st.composite
def reordered(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map, and another order for it."""
    map_ = draw(drawing.maps(rule))
    claims = draw(st.permutations(list(map_.claims)))
    relations = draw(st.permutations(list(map_.relations)))
    moves: list[Operation] = []
    if claims != list(map_.claims):
        moves += [Move(claim=key) for key in claims]
    if relations != list(map_.relations):
        moves += [Move(relation=key) for key in relations]
    return Case(map_, tuple(moves))


@st.composite
def with_other_numbers(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map, and other base scores and weights for it, if the rule reads none.

    A weight of 0 takes a relation out of the map, so it stays, and nothing gets it.
    """
    map_ = draw(_pair(rule) | drawing.maps(rule))
    operations: list[Operation] = []
    if "base_score" not in rule.reads:
        for key in map_.claims:
            score = draw(drawing.scores)
            operations.append(Replace(claim=key, set={"base_score": score}))
    if "weight" not in rule.reads:
        for key, relation in map_.relations.items():
            weight = draw(drawing.scores)
            if relation.weight and weight:
                operations.append(Replace(relation=key, set={"weight": weight}))
    return Case(map_, tuple(operations))


@st.composite
def with_strangers(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map, and one beside it that nothing connects with it."""
    map_ = draw(_pair(rule) | drawing.maps(rule))
    strange = draw(_strangers(rule))
    return Case(map_, _added(strange))


@st.composite
def with_sinks(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map, and claims added to it that it bears on and not the other way."""
    map_ = draw(_pair(rule) | drawing.maps(rule))
    sinks = draw(_strangers(rule))
    operations = [*_added(sinks)]
    premises = (
        draw(st.lists(st.sampled_from([*map_.claims]), max_size=3))
        if map_.claims
        else []
    )
    for i, premise in enumerate(premises):
        kind = draw(st.sampled_from(["rebut", "support"]))
        target = Target(claim=draw(st.sampled_from([*sinks.claims])))
        into = drawing.relation_of(f"into{i}", kind, premise, target)
        operations.append(Add(relation=into))
    return Case(map_, tuple(operations))


def _added(map_: Map) -> tuple[Operation, ...]:
    """Say how to add to another map what is in this one."""
    return tuple(each for each in operations_of(map_) if isinstance(each, Add))


def _pair(rule: Rule) -> st.SearchStrategy[Map]:
    """Give two claims that rebut each other: two positions to choose from."""
    voted = drawing.is_voted(rule)
    pair = drawing.map_of(
        [drawing.claim_of(key, 0.5, voted=voted) for key in ("c1", "c2")],
        [
            drawing.relation_of("r1", "rebut", "c1", Target(claim="c2")),
            drawing.relation_of("r2", "rebut", "c2", Target(claim="c1")),
        ],
    )
    return st.just(pair)


def _strangers(rule: Rule) -> st.SearchStrategy[Map]:
    """Draw a map of its own, often one that rules which look at all of a map notice.

    A ring of three rebuts has no stable extension, a claim with three rebuts more than
    most maps have.
    """
    keys = ("xc1", "xc2", "xc3", "xc4")
    ring = (("xc3", "xc1"), ("xc1", "xc2"), ("xc2", "xc3"))
    crowd = (("xc2", "xc1"), ("xc3", "xc1"), ("xc4", "xc1"))
    voted = drawing.is_voted(rule)
    made = [
        drawing.map_of(
            [drawing.claim_of(key, 0.5, voted=voted) for key in keys[:size]],
            [
                drawing.relation_of(f"xr{i}", "rebut", premise, Target(claim=target))
                for i, (premise, target) in enumerate(pairs, 1)
            ],
        )
        for size, pairs in ((3, ring), (4, crowd))
    ]
    return st.sampled_from(made) | drawing.maps(rule, prefix="x", fewest=1, most=3)


def anonymity(rule: Rule, case: Case) -> str | None:
    """Give the claims keys that sort the other way round."""
    renamed, names = _renamed(case.map)
    before, after = (settled(evaluate(m, rule)) for m in (case.map, renamed))
    return difference({names[key]: s for key, s in before.items()}, after)


def _renamed(map_: Map) -> tuple[Map, dict[str, str]]:
    names = {key: f"n{len(map_.claims) - i:03}" for i, key in enumerate(map_.claims)}

    def relation(old: Relation) -> Relation:
        claim = old.target.claim
        target = old.target if claim is None else Target(claim=names[claim])
        premises = tuple(names[premise] for premise in old.premises)
        return replace(old, premises=premises, target=target)

    renamed = replace(
        map_,
        claims={names[k]: replace(c, key=names[k]) for k, c in map_.claims.items()},
        relations={key: relation(old) for key, old in map_.relations.items()},
    )
    return renamed, names


def unchanged(rule: Rule, case: Case) -> str | None:
    """Compare what both maps of a case have in common."""
    before, after = both(rule, case)
    return difference(settled(before), settled(after))


def boundedness(rule: Rule, case: Case) -> str | None:
    """Let the seam look at what comes back: it raises what is found."""
    evaluate(case.map, rule)
    return None


def determinism(rule: Rule, case: Case) -> str | None:
    """Evaluate twice, and write both down."""
    one, other = (msgspec.json.encode(evaluate(case.map, rule)) for _ in range(2))
    return None if one == other else "two evaluations of it differ"


def termination(rule: Rule, case: Case) -> str | None:
    """Look whether all of it comes to rest."""
    evaluation = evaluate(case.map, rule)
    loose = [key for key, claim in evaluation.claims.items() if not claim.settled]
    if evaluation.converged and not loose:
        return None
    how = (
        "does not converge" if not evaluation.converged else "rests on no stable point"
    )
    return f"it {how}: {', '.join(loose)}"

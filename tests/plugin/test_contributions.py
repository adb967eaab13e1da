"""Contributions: what changed maps, evaluated directly, say they are."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

import draw
from argmap.errors import TooSlow
from argmap.model import (
    Claim,
    Map,
    Passage,
    PassageReference,
    Relation,
    Replace,
    Source,
    Span,
    apply,
)
from argmap.plugin import Host, Rule, compile_map, evaluate, patience, solve
from argmap.plugin.contributions import METHODS, Attribution, Method, contributions

HOST = Host.load(strict=True)
RULES = [HOST.rule(name) for name in ("df-quad", "grounded", "preponderance")]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def explained(map_: Map, rule: Rule, target: str, method: Method) -> Attribution:
    graph = compile_map(map_).resolved(rule.default_base_score)
    return contributions(map_, graph, rule, rule.decode({}), target, method)


def strength(map_: Map, rule: Rule, target: str) -> float:
    return evaluate(map_, rule).strengths[target]


def muted(map_: Map, is_mute: Callable[[Relation], bool]) -> Map:
    mute = [key for key, relation in map_.relations.items() if is_mute(relation)]
    return apply(map_, [Replace(relation=key, set={"weight": 0.0}) for key in mute])


def twin(rule: Rule) -> Rule:
    """Say the same as a modular rule, by a function that nothing is known of."""
    pair = rule.modules(rule.decode({}))
    assert pair is not None
    return Rule("twin", "Twin", lambda graph: solve(graph, *pair))


def absent(item: Claim | Relation, source: str) -> bool:
    return {p.source for p in item.passages} == {source}


@each_rule
@settings(max_examples=25)
@given(map_=draw.maps())
def test_a_removal_value_is_what_muting_changes(rule: Rule, map_: Map) -> None:
    assume(map_.claims)
    target = next(iter(map_.claims))
    whole = strength(map_, rule, target)
    found = explained(map_, rule, target, "removal").contributions

    assert {c.key for c in found.claims} == {*map_.claims} - {target}
    assert {c.key for c in found.relations} == {*map_.relations}
    assert {c.key for c in found.sources} == {*map_.sources}
    for each in found.claims:
        without = muted(map_, lambda r, key=each.key: key in r.premises)
        assert each.value == pytest.approx(
            whole - strength(without, rule, target), abs=1e-9
        )
    for each in found.relations:
        without = muted(map_, lambda r, key=each.key: r.key == key)
        assert each.value == pytest.approx(
            whole - strength(without, rule, target), abs=1e-9
        )


def rests_on_sources() -> Map:
    """Make claims that rest on one source, on two, on none, and a relation on one."""
    passage = Passage(key="p", spans=(Span(start=0, end=1),))
    one, two = (PassageReference(source=key, passage="p") for key in ("one", "two"))
    bare = Map.of(
        dict.fromkeys("tabcd", 0.5),
        supports=[("a", "t"), ("b", "t"), ("d", "t")],
        rebuts=[("c", "t"), ("t", "a")],
    )
    claims, relations = dict(bare.claims), dict(bare.relations)
    claims["t"] = replace(claims["t"], passages=(one,))
    claims["a"] = replace(claims["a"], passages=(one, one))
    claims["b"] = replace(claims["b"], passages=(one, two))
    relations["r4"] = replace(relations["r4"], passages=(two,))
    sources = {
        key: Source(key=key, title=key, passages=(passage,)) for key in ("one", "two")
    }
    return replace(bare, claims=claims, relations=relations, sources=sources)


@each_rule
@pytest.mark.parametrize("source", ["one", "two"])
def test_without_a_source_is_without_what_rests_on_it_alone(
    rule: Rule, source: str
) -> None:
    map_ = rests_on_sources()
    found = explained(map_, rule, "t", "removal").contributions.sources

    without = muted(
        map_,
        lambda r: (
            absent(r, source)
            or any(absent(map_.claims[p], source) for p in r.premises if p != "t")
        ),
    )
    change = strength(map_, rule, "t") - strength(without, rule, "t")
    assert {c.key: c.value for c in found}[source] == pytest.approx(change, abs=1e-12)


def test_what_rests_on_two_sources_falls_only_with_both() -> None:
    df_quad, map_ = HOST.rule("df-quad"), rests_on_sources()
    shares = explained(map_, df_quad, "t", "shapley").contributions.sources
    neither = muted(
        map_, lambda r: bool({"a", "b"} & {*r.premises}) or absent(r, "two")
    )

    fall = strength(map_, df_quad, "t") - strength(neither, df_quad, "t")
    assert sum(c.value or 0 for c in shares) == pytest.approx(fall, abs=1e-12)


@each_rule
@settings(max_examples=10)
@given(map_=draw.maps(largest=5))
def test_shapley_values_sum_to_all_less_none(rule: Rule, map_: Map) -> None:
    assume(map_.claims)
    target = next(iter(map_.claims))
    found = explained(map_, rule, target, "shapley")
    none = muted(map_, lambda r: any(p != target for p in r.premises))

    assert found.exact
    assert found.seed is None
    assert sum(c.value or 0 for c in found.contributions.claims) == pytest.approx(
        strength(map_, rule, target) - strength(none, rule, target), abs=1e-9
    )
    nothing = muted(map_, lambda _: True)
    assert sum(c.value or 0 for c in found.contributions.relations) == pytest.approx(
        strength(map_, rule, target) - strength(nothing, rule, target), abs=1e-9
    )


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=5)
@given(map_=draw.acyclic_maps(largest=4))
def test_a_rule_that_is_not_modular_is_explained_alike_and_says_so(
    method: Method, map_: Map
) -> None:
    assume(map_.claims)
    target = list(map_.claims)[-1]
    rule = HOST.rule("quadratic-energy")
    modular = explained(map_, rule, target, method)
    other = explained(map_, twin(rule), target, method)

    for part in ("claims", "relations", "sources"):
        values = {c.key: c.value for c in getattr(modular.contributions, part)}
        again = {c.key: c.value for c in getattr(other.contributions, part)}
        assert again == pytest.approx(values, abs=1e-5)
    assert other.note.startswith(modular.note + "; by ")
    assert "since the rule" in other.note


def star(leaves: int = 20) -> Map:
    claims = {"t": 0.5, **{f"a{i}": i / leaves for i in range(leaves)}, "aside": 0.5}
    edges = [(f"a{i}", "t") for i in range(leaves)]
    return Map.of(claims, supports=[*edges[::2], ("t", "aside")], rebuts=edges[1::2])


def test_many_players_are_sampled_by_a_seed_and_the_values_still_sum_up() -> None:
    rule, map_ = HOST.rule("quadratic-energy"), star()
    found = explained(map_, rule, "t", "shapley")
    again = explained(map_, rule, "t", "shapley")
    whole = strength(map_, rule, "t") - 0.5

    assert (found.exact, found.seed) == (False, 0)
    assert found == again
    assert sum(c.value or 0 for c in found.contributions.claims) == pytest.approx(whole)
    errors = {c.key: c.stderr for c in found.contributions.claims}
    assert errors["aside"] == 0 < errors["a19"]


def test_contributions_come_largest_first() -> None:
    found = explained(star(), HOST.rule("quadratic-energy"), "t", "removal")

    sizes = [abs(c.value or 0) for c in found.contributions.claims]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] == 0


def test_labels_have_no_derivative() -> None:
    found = explained(star(), HOST.rule("grounded"), "t", "gradient")

    assert {c.value for c in found.contributions.claims} == {None}
    assert "labels jump" in found.note


def test_claims_have_their_own_share_however_it_is_put_together() -> None:
    map_ = Map.of({"t": 0.5, "a": 0.5, "b": 1.0}, [("a", "t"), ("b", "a")])
    found = explained(map_, HOST.rule("quadratic-energy"), "t", "intrinsic-removal")

    values = {c.key: c.value for c in found.contributions.claims}
    assert values == pytest.approx({"a": 0.1, "b": 0.08})
    assert found.contributions.relations == found.contributions.sources == ()


@pytest.mark.parametrize("method", [m for m in METHODS if m != "gradient"])
def test_who_does_not_wait_gets_no_answer(method: Method) -> None:
    rule = HOST.rule("df-quad")
    with pytest.raises(TooSlow), patience(seconds=0):
        explained(star(), rule, "t", method)


def test_a_function_sees_arrays_that_it_cannot_change() -> None:
    def meddling(graph):  # type: ignore[no-untyped-def]
        assert not graph.weights.flags.writeable
        return np.where(graph.base_scores > 0.5, 1.0, graph.base_scores)

    found = explained(star(), Rule("own", "Own", meddling), "t", "removal")
    assert {c.value for c in found.contributions.claims} == {0}

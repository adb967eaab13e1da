"""A rule that contradicts itself is refused where it is made."""

from typing import Any

import pytest
from msgspec import Struct

from argmap.plugin import SUM, Graph, Host, Rule, Strengths, linear


def own(graph: Graph) -> Strengths:
    """Return base scores."""
    return graph.base_scores


class Lax(Struct, frozen=True):
    """Takes unknown fields."""

    k: float = 1.0


class Bare(Struct, frozen=True, forbid_unknown_fields=True):
    """Has a field without a default."""

    k: float


class Taking(Struct, frozen=True, forbid_unknown_fields=True):
    """Takes the name of an option."""

    threshold: float = 0.5


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "Not A Slug"}, "no slug"),
        ({"name": "a" * 65}, "no slug"),
        ({"scale": "fuzzy"}, "scale 'fuzzy'"),
        ({"reads": frozenset({"votes"})}, "votes"),
        ({"default_base_score": 1.5}, "default_base_score"),
        ({"evaluate": None}, "either evaluate, or both"),
        ({"aggregation": SUM}, "either evaluate, or both"),
        ({"aggregation": SUM, "influence": linear()}, "either evaluate, or both"),
        ({"evaluate": None, "influence": linear()}, "either evaluate, or both"),
        (
            {"evaluate": None, "aggregation": SUM, "influence": linear},
            "functions of the parameters are for rules that have some",
        ),
        ({"params": dict}, "no msgspec Struct"),
        ({"params": Lax}, "forbid_unknown_fields=True"),
        ({"params": Bare}, "needs a default"),
        ({"params": Taking}, "threshold: every rule has that"),
    ],
)
def test_a_contradiction_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Rule(**({"name": "own", "title": "Own", "evaluate": own} | change))


def test_the_schema_of_parameters_is_one_object_with_limits_and_defaults() -> None:
    schema = Host.load().rule("quadratic-energy").schema()

    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["properties"]["k"]["minimum"] == 1
    assert schema["properties"]["k"]["default"] == 1.0
    assert schema["properties"]["k"]["description"]
    assert Rule("own", "Own", own).schema()["properties"] == {}


def test_every_shipped_rule_says_what_it_computes_and_where_that_is_from() -> None:
    for installed in Host.load().rules.values():
        rule = installed.rule
        assert len(rule.description or "") > 100, rule.name
        assert rule.source, rule.name
        assert rule.examples, rule.name
        assert rule.laws, rule.name
        assert rule.version, rule.name


def test_a_modular_rule_hands_out_its_parts_with_the_parameters_in_them() -> None:
    rule = Host.load().rule("df-quad")

    parts = rule.modules(rule.decode({"k": 2}))

    assert parts is not None
    assert [part.name for part in parts] == ["product", "linear(2)"]
    assert Rule("own", "Own", own).modules(rule.decode({})) is None

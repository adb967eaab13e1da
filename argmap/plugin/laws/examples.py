"""A rule's own worked examples, worked again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from msgspec import Struct

from argmap.engine import Graph
from argmap.errors import ArgmapError
from argmap.model import convert
from argmap.plugin.evaluate import evaluate
from argmap.plugin.laws.findings import ExampleRun
from argmap.plugin.rule import Rule


class _Drawn(Struct, frozen=True, forbid_unknown_fields=True):
    arguments: dict[str, float] | tuple[str, ...] = ()
    votes: dict[str, tuple[float, float]] | None = None
    attacks: tuple[tuple[str, str], ...] = ()
    supports: tuple[tuple[str, str], ...] = ()


class _Example(Struct, frozen=True, forbid_unknown_fields=True):
    graph: _Drawn
    expected: dict[str, float]
    tolerance: float
    source: str = ""
    parameters: dict[str, Any] | None = None


def check_examples(rule: Rule) -> tuple[ExampleRun, ...]:
    """Work a rule's examples again; see `Rule` for what they look like."""
    return tuple(
        ExampleRun(source=str(example.get("source", "")), detail=_fault(rule, example))
        for example in rule.examples
    )


def _fault(rule: Rule, given: Mapping[str, Any]) -> str:
    try:
        example = convert(dict(given), _Example)
        graph = _graph(example.graph)
    except ArgmapError as error:
        return f"it is no example: {error}"
    except KeyError as error:
        return f"it is no example: {error} bears on something, and is no argument"
    try:
        found = evaluate(graph, rule, example.parameters).strengths
    except ArgmapError as error:
        return str(error)
    return "; ".join(
        f"{key} has {found.get(key)}, not {value}"
        for key, value in example.expected.items()
        if abs(found.get(key, np.inf) - value) > example.tolerance
    )


def _graph(given: _Drawn) -> Graph:
    if given.votes is None:
        return Graph.of(given.arguments, given.attacks, given.supports)
    graph = Graph.of(list(given.votes), given.attacks, given.supports)
    return replace(graph, votes=np.array([*given.votes.values()], dtype=np.float64))

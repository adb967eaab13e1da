"""A rule's own worked examples, worked again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from argmap.engine import Graph
from argmap.errors import ArgmapError
from argmap.plugin.evaluate import evaluate
from argmap.plugin.laws.findings import ExampleRun
from argmap.plugin.rule import Rule


def check_examples(rule: Rule) -> tuple[ExampleRun, ...]:
    """Work a rule's examples again; see `Rule` for what they look like."""
    return tuple(
        ExampleRun(source=str(example.get("source", "")), detail=_fault(rule, example))
        for example in rule.examples
    )


def _fault(rule: Rule, example: Mapping[str, Any]) -> str:
    try:
        graph, expected = _graph(example["graph"]), dict(example["expected"])
        found = evaluate(graph, rule, example.get("parameters")).strengths
    except ArgmapError as error:
        return str(error)
    except (KeyError, TypeError, ValueError) as error:
        return f"it is no example: {error!r}"
    return "; ".join(
        f"{key} has {found.get(key)}, not {value}"
        for key, value in expected.items()
        if abs(found.get(key, np.inf) - value) > example["tolerance"]
    )


def _graph(given: Mapping[str, Any]) -> Graph:
    attacks, supports = (
        [(a, b) for a, b in given.get(side, ())] for side in ("attacks", "supports")
    )
    if "votes" not in given:
        return Graph.of(given["arguments"], attacks, supports)
    votes = given["votes"]
    graph = Graph.of(list(votes), attacks, supports)
    return replace(graph, votes=np.array(list(votes.values()), dtype=np.float64))

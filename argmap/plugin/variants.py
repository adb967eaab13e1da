"""Variants of one map under one rule: other base scores, other weights, many at once.

A modular rule takes a batch in one pass, and so does one that says how. Any other rule
is run on one variant after the other, which is slow and right.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, check_patience
from argmap.errors import Cancelled, PluginFault, TooSlow
from argmap.plugin.answer import STRENGTH_OF, answer
from argmap.plugin.rule import Rule
from argmap.plugin.told import told

Floats = NDArray[np.float64]

_COLUMNS: Final = 512  # variants that are evaluated at once
_CELLS: Final = 2_000_000  # weights that are varied at once: 16 MB an array
_ROUNDING: Final = 1e-12  # a strength may leave its range by that much, and is put back


def width(graph: Graph) -> int:
    """Say how many variants of a graph are best evaluated at once.

    >>> width(Graph.of("ab")), width(Graph.of(map(str, range(1_000_000))))
    (512, 2)
    """
    height = max(1, graph.size, len(graph.relation_ids))
    return max(1, min(_COLUMNS, _CELLS // height))


def vary(
    graph: Graph,
    rule: Rule,
    params: Struct,
    *,
    base_scores: Floats | None = None,
    weights: Floats | None = None,
) -> Floats:
    """Score variants of a map.

    Args:
        graph: The compiled map, n claims and m relations, base scores resolved.
        rule: Any rule.
        params: Its parameters, decoded.
        base_scores: Shape (n, B), instead of the graph's own.
        weights: Shape (m, B), instead of the graph's own; B as in *base_scores*.

    Returns:
        Strengths, shape (n, B).

    Raises:
        PluginFault: The rule failed on a variant.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    check_patience()
    if (batch := rule.vary(graph, params, base_scores, weights)) is not None:
        return batch
    given = base_scores if weights is None else weights
    assert given is not None
    bases = _columns(graph.base_scores, base_scores, given.shape[1])
    loads = _columns(graph.weights, weights, given.shape[1])
    if rule.batch is not None:
        return _at_once(rule, rule.batch, graph, params, bases, loads)
    columns = []
    for own, carried in zip(bases.T, loads.T, strict=True):
        check_patience()
        variant = replace(graph, base_scores=_frozen(own), weights=_frozen(carried))
        columns.append(answer(rule, variant, params).strengths)
    return np.stack(columns, axis=1) if columns else np.zeros((graph.size, 0))


def _at_once(
    rule: Rule,
    batch: Callable[..., Any],
    graph: Graph,
    params: Struct,
    base_scores: Floats,
    weights: Floats,
) -> Floats:
    """Let a rule do all variants, and check what comes back as `answer` does one."""
    own = () if rule.params is None else (params,)
    try:
        found = batch(graph, _frozen(base_scores), _frozen(weights), *own)
    except (TooSlow, Cancelled):
        raise
    except (Exception, SystemExit) as error:
        raise _fault(rule, f"raised {told(error)}") from error
    shape = base_scores.shape
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "fiu":
        raise _fault(rule, "returned what is no array of numbers")
    if found.shape != shape:
        raise _fault(rule, f"returned an array of shape {found.shape}, not {shape}")
    if not np.isfinite(found).all():
        raise _fault(rule, "returned a number that is not finite")
    if rule.scale == "ranking":
        return np.array(found, dtype=np.float64)
    inside = np.clip(found, 0.0, 1.0).astype(np.float64)
    if (abs(inside - found) > _ROUNDING).any():
        raise _fault(rule, "returned a strength outside [0, 1]")
    if rule.scale == "label" and not np.isin(inside, [*STRENGTH_OF.values()]).all():
        raise _fault(rule, "returned what is neither 1, ½ nor 0")
    return inside


def _fault(rule: Rule, detail: str) -> PluginFault:
    return PluginFault(rule.plugin or rule.name, f"batch of {rule.name!r} {detail}")


def _columns(own: Floats, given: Floats | None, count: int) -> Floats:
    """Repeat the graph's own values where no others are given."""
    return np.repeat(own[:, None], count, axis=1) if given is None else given


def _frozen(values: Floats) -> Floats:
    own = np.array(values)
    own.setflags(write=False)
    return own

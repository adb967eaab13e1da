"""The seam between rules and everyone else: what comes back is checked first.

A rule is code that somebody wrote; nothing of ours relies on it being right. Whatever
is no answer ends in a `PluginFault` that says what was wrong with it.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import (
    Graph,
    Label,
    Outcome,
    Stability,
    Strengths,
    relation_strengths,
)
from argmap.errors import Cancelled, InvalidParameters, PluginFault, TooSlow
from argmap.plugin.evaluation import EvaluationWarning
from argmap.plugin.rule import Rule
from argmap.plugin.told import told

STRENGTH_OF: Final[dict[Label, float]] = {"in": 1.0, "undecided": 0.5, "out": 0.0}

_ROUNDING: Final = 1e-12  # a strength may leave its range by that much, and is put back


def answer(
    rule: Rule, graph: Graph, params: Struct, *, is_whole: bool = True
) -> Outcome:
    """Run a rule and check its answer: every claim, finite, in the range of its scale.

    Returns:
        An outcome whose arrays belong to nobody else, ``settled`` filled in, and if
        *is_whole* strengths for the relations of gradual rules.

    Raises:
        PluginFault: The rule raised, or what came back is no answer.
        PluginTooSlow: A rule that runs apart takes longer than it may.
        InvalidParameters: The rule refuses a combination of parameters.
        TooSlow: The rule takes longer than whoever asked is willing to wait.
        Cancelled: Whoever asked has called it off.
    """
    try:
        returned = rule.run(graph, params)
    except (InvalidParameters, PluginFault, TooSlow, Cancelled):
        raise
    except (Exception, SystemExit) as error:  # who calls a rule must not end by it
        raise _fault(rule, f"raised {told(error)}") from error
    try:
        return _checked(rule, graph, returned, is_whole=is_whole)
    except (TooSlow, Cancelled):
        raise
    except (Exception, SystemExit) as error:  # a stranger's mapping may raise anything
        raise _fault(rule, f"returned what is no answer: {error}") from error


def _fault(rule: Rule, detail: str) -> PluginFault:
    return PluginFault(rule.plugin or rule.name, f"rule {rule.name!r} {detail}")


def _checked(rule: Rule, graph: Graph, returned: object, *, is_whole: bool) -> Outcome:
    given = returned if isinstance(returned, Outcome) else None
    outcome = given or Outcome(_vector(returned, graph.ids))
    _check_report(outcome)
    strengths = _in_range(rule, _vector(outcome.strengths, graph.ids), graph.ids)
    settled = outcome.settled
    if settled is None:
        rests = bool(outcome.converged) and outcome.stability != "unstable"
        settled = np.full(graph.size, rests)
    relations = outcome.relations
    if relations is None and rule.scale == "gradual" and is_whole:
        relations = relation_strengths(graph, strengths)
    return replace(
        outcome,
        strengths=strengths,
        relations=None if relations is None else _vector(relations, graph.relation_ids),
        labels=_labels(outcome.labels, strengths),
        settled=_truths(settled, graph.size),
    )


def _vector(values: object, keys: Sequence[str]) -> Strengths:
    if isinstance(values, Mapping):
        return _from_mapping(values, keys)
    if not isinstance(values, np.ndarray):
        raise TypeError(f"a {type(values).__name__}; return an array or a dict by key")
    if values.dtype.kind not in "fiu":
        raise TypeError(f"an array of {values.dtype}; strengths are numbers")
    if values.shape != (len(keys),):
        raise ValueError(f"an array of shape {values.shape}, not ({len(keys)},)")
    vector = np.array(values, dtype=np.float64)
    if not (finite := np.isfinite(vector)).all():
        worst = int(np.argmin(finite))
        raise ValueError(f"{vector[worst]} for {keys[worst]!r}")
    return vector


def _from_mapping(values: Mapping[Any, Any], keys: Sequence[str]) -> Strengths:
    if missing := [key for key in keys if key not in values]:
        raise ValueError(f"nothing for {_some(missing)}")
    if len(values) > len(keys):
        known = set(keys)
        extra = [key for key in values if key not in known]
        raise ValueError(f"something for {_some(extra)}, which the map does not have")
    for key in keys:
        number = values[key]
        if isinstance(number, bool) or not isinstance(
            number, int | float | np.integer | np.floating
        ):
            raise TypeError(f"{number!r} for {key!r}; strengths are numbers")
    return _vector(np.array([float(values[key]) for key in keys]), keys)


def _some(keys: Collection[object]) -> str:
    first = ", ".join(repr(key)[:80] for key, _ in zip(keys, range(3), strict=False))
    return first + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")


def _in_range(rule: Rule, strengths: Strengths, ids: Sequence[str]) -> Strengths:
    if rule.scale == "ranking" or not strengths.size:
        return strengths
    inside = np.clip(strengths, 0.0, 1.0)
    off = np.abs(strengths - inside)
    worst = int(np.argmax(off))
    if off[worst] > _ROUNDING:
        raise ValueError(f"{strengths[worst]} for {ids[worst]!r}, outside [0, 1]")
    if rule.scale == "label":
        odd = ~np.isin(inside, list(STRENGTH_OF.values()))
        if odd.any():
            worst = int(np.argmax(odd))
            raise ValueError(
                f"{inside[worst]} for {ids[worst]!r}; a labelling rule gives 1, ½ or 0"
            )
    return inside


def _labels(labels: object, strengths: Strengths) -> tuple[Label, ...] | None:
    if labels is None:
        return None
    known: tuple[Label, ...] = msgspec.convert(labels, tuple[Label, ...])
    if [STRENGTH_OF[label] for label in known] != strengths.tolist():
        raise ValueError("labels that do not say what the strengths say")
    return known


def _truths(values: object, size: int) -> NDArray[np.bool_]:
    if not isinstance(values, np.ndarray) or values.dtype.kind != "b":
        raise TypeError("settled is no array of booleans")
    if values.shape != (size,):
        raise ValueError(f"settled has shape {values.shape}, not ({size},)")
    return values.copy()


class _Report(Struct, forbid_unknown_fields=True):
    """What an `Outcome` says besides arrays, with the types that it must have."""

    converged: bool
    stability: Stability
    iterations: int
    residual: float
    error_bound: float | None
    extensions: int | None
    truncated: bool
    warnings: tuple[EvaluationWarning, ...]


def _check_report(outcome: Outcome) -> None:
    report = msgspec.convert(
        {name: getattr(outcome, name) for name in _Report.__struct_fields__}, _Report
    )
    for number in (report.residual, report.error_bound):
        if number is not None and not (math.isfinite(number) and number >= 0):
            raise ValueError(f"{number} as residual or error bound")

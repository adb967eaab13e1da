"""evaluate(map, rule): the one way from a map and a rule to an evaluation."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, Outcome, Strengths, compile_map
from argmap.model import Map
from argmap.plugin.digest import input_hash
from argmap.plugin.evaluation import (
    TIE,
    ClaimEvaluation,
    Evaluation,
    EvaluationWarning,
    Options,
)
from argmap.plugin.judgement import Judgement, judge, verdicts
from argmap.plugin.parameters import read
from argmap.plugin.rule import Rule
from argmap.plugin.unread import unread

_NAMED: Final = 100  # relations that a warning lists


def evaluate(
    subject: Map | Graph,
    rule: Rule,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
    *,
    map_key: str | None = None,
    revision: int | None = None,
) -> Evaluation:
    """Run a rule on a map and say what it makes of every claim.

    Gradual rules accept a claim above ``threshold + margin`` and reject it below
    ``threshold − margin``; labelling rules accept what is in and reject what is out;
    ranking rules give no verdict.

    Args:
        subject: A valid map, or one that is compiled already.
        rule: As the host gives it, or made by hand.
        parameters: The rule's own; those left out have their defaults.
        options: Those that every rule has.
        map_key: The map's key, where *subject* is a graph.
        revision: Of the map, for the record.

    Raises:
        InvalidParameters: Unknown, of a wrong type or out of range; with a pointer into
            ``/parameters`` or ``/options``.
        PluginFault: The rule raised, or returned what is no answer.

    >>> from argmap.plugin import Rule
    >>> rule = Rule("base-score", "Base score only", lambda graph: graph.base_scores)
    >>> evaluation = evaluate(Map.of({"tram": 0.5, "cost": 0.75}), rule)
    >>> evaluation.verdicts
    {'tram': 'undecided', 'cost': 'accepted'}
    """
    graph = subject if isinstance(subject, Graph) else compile_map(subject)
    params = rule.decode(parameters)
    chosen = decode_options(rule, options)
    found = judge(graph, rule, params, chosen)
    key = map_key or (subject.key if isinstance(subject, Map) else None)
    return tell(found, graph, key, revision)


def tell(
    found: Judgement, graph: Graph, map_key: str | None, revision: int | None
) -> Evaluation:
    """Tell of every claim and relation of a graph what has been found of it."""
    rule, outcome, keys = found.by, found.outcome, graph.relation_ids
    return Evaluation(
        map=map_key,
        revision=revision,
        rule=rule.name,
        rule_version=rule.version,
        rule_digest=rule.digest,
        parameters=msgspec.to_builtins(found.parameters),
        options=found.options,
        input_hash=input_hash(graph),
        claims=_claims(found),
        relations=dict(zip(keys, found.carried(keys), strict=True)),
        converged=outcome.converged,
        stability=outcome.stability,
        iterations=outcome.iterations,
        residual=outcome.residual,
        error_bound=outcome.error_bound,
        extensions=outcome.extensions,
        truncated=outcome.truncated,
        warnings=_warnings(graph, rule, outcome),
    )


def decode_options(
    rule: Rule, options: Mapping[str, Any] | Options | None, *, is_text: bool = False
) -> Options:
    """Read options as strictly as parameters, the rule's own default base score put in.

    Raises:
        InvalidParameters: With a pointer into ``/options``.
    """
    chosen = read(rule.name, options, Options, "/options", is_text=is_text)
    if chosen.default_base_score is not None:
        return chosen
    return msgspec.structs.replace(chosen, default_base_score=rule.default_base_score)


def _claims(found: Judgement) -> dict[str, ClaimEvaluation]:
    graph, outcome = found.graph, found.outcome
    assert outcome.settled is not None
    labels = outcome.labels or [None] * graph.size
    rows = zip(
        graph.ids,
        _shared(graph.base_scores),
        outcome.strengths.tolist(),
        _ranks(outcome.strengths).tolist(),
        verdicts(found.by, outcome.strengths, found.options),
        labels,
        outcome.settled.tolist(),
        strict=True,
    )
    return {
        key: ClaimEvaluation(
            base=base,
            strength=strength,
            rank=rank,
            verdict=verdict,
            label=label,
            settled=settled,
        )
        for key, base, strength, rank, verdict, label, settled in rows
    }


def _shared(values: Strengths) -> list[float]:
    """List values, equal ones as one object: of many claims few differ in them."""
    seen: dict[float, float] = {}
    return [seen.setdefault(value, value) for value in values.tolist()]


def _warnings(
    graph: Graph, rule: Rule, outcome: Outcome
) -> tuple[EvaluationWarning, ...]:
    own = msgspec.convert(outcome.warnings, tuple[EvaluationWarning, ...])
    return tuple(
        msgspec.structs.replace(warning, relations=warning.relations[:_NAMED])
        for warning in (*unread(graph, rule), *own)
    )


def _ranks(strengths: Strengths) -> NDArray[np.int64]:
    if not strengths.size:
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(-strengths, kind="stable")
    falls = np.diff(strengths[order]) < -TIE
    firsts = np.flatnonzero(np.concatenate([[True], falls]))
    ranks = np.empty(strengths.size, dtype=np.int64)
    ranks[order] = np.repeat(firsts + 1, np.diff(firsts, append=strengths.size))
    return ranks

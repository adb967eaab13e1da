"""One map under one rule, asked what its targets would be if relations were muted."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from argmap.engine import Graph, compile_map
from argmap.engine import relation_strengths as by_formula
from argmap.engine.reach import bearing
from argmap.errors import InvalidParameters, NotFound
from argmap.model import Map
from argmap.plugin.evaluation import Evaluation
from argmap.plugin.judgement import verdicts
from argmap.plugin.rule import Rule
from argmap.plugin.turning import Standing
from argmap.plugin.variants import vary, width

Floats = NDArray[np.float64]
Muted = Collection[str]


class Trials:
    """A map, a rule and what it says, ready to be asked what muting would do.

    To mute a relation is to give it weight 0; it keeps its place. Everything is in the
    map's order, so that the same map gives the same answers.
    """

    def __init__(
        self, map: Map, rule: Rule, evaluation: Evaluation, graph: Graph | None = None
    ) -> None:
        """Take a map, compiled where that is at hand, and an evaluation of it."""
        self.map, self.rule, self.evaluation = map, rule, evaluation
        self.options, self.params = (
            evaluation.options,
            rule.decode(evaluation.parameters),
        )
        assert self.options.default_base_score is not None
        self.compiled = compile_map(map) if graph is None else graph
        self.graph = self.compiled.resolved(
            self.options.default_base_score, self.options.linked
        )
        self._place = {key: i for i, key in enumerate(self.graph.relation_ids)}
        self.carried = self._carried()

    @property
    def is_fast(self) -> bool:
        """Say whether the rule takes many variants at once."""
        return self.rule.batch is not None or bool(self.rule.modules(self.params))

    def standing(self, claim: str) -> Standing:
        """Say how a claim stands as it is.

        Raises:
            NotFound: There is no such claim.
        """
        if claim not in self.map.claims:
            raise NotFound("claim", claim)
        found = self.evaluation.claims[claim]
        return Standing(strength=found.strength, verdict=found.verdict)

    def without(self, variants: Iterable[Muted]) -> Iterator[Floats]:
        """Give all claims' strengths under each variant, shape (n,), in map order.

        Raises:
            PluginFault: The rule failed on a variant.
            TooSlow, Cancelled: Whoever asked does not wait any longer.
        """
        rest = iter(variants)
        while some := list(islice(rest, width(self.graph))):
            weights = np.repeat(self.graph.weights[:, None], len(some), axis=1)
            for column, muted in enumerate(some):
                weights[[self._place[key] for key in muted], column] = 0.0
            yield from vary(self.graph, self.rule, self.params, weights=weights).T

    def premised(self) -> dict[str, set[str]]:
        """List the relations that each claim is a premise of, where there are any."""
        found: dict[str, set[str]] = {}
        for relation in self.map.relations.values():
            for premise in relation.premises:
                found.setdefault(premise, set()).add(relation.key)
        return found

    def bearing(self, claim: str) -> Muted:
        """List the relations that can matter to a claim, as far as the rule tells."""
        if self.rule.aggregation is None:
            return self.map.relations.keys()
        matters = bearing(self.graph, self.graph.index[claim])
        return {self.graph.relation_ids[i] for i in np.flatnonzero(matters)}

    def effects(self, claim: str, relations: Sequence[str]) -> dict[str, float]:
        """Say what each relation adds to a claim: its strength less that without."""
        place, now = self.graph.index[claim], self.evaluation.claims[claim].strength
        strengths = self.without((key,) for key in relations)
        return {
            key: now - float(found[place])
            for key, found in zip(relations, strengths, strict=True)
        }

    def judged(self, strength: float) -> Standing:
        """Put the verdict to a strength."""
        (verdict,) = verdicts(self.rule, np.array([strength]), self.options)
        return Standing(strength=strength, verdict=verdict)

    def strength(self, relation: str) -> float:
        """Give what a relation carries: as the rule says, else by the formula."""
        said = self.evaluation.relations[relation]
        return float(self._by_formula[self._place[relation]]) if said is None else said

    def _carried(self) -> dict[str, float]:
        """Give weight times undercut factor of every relation, in [0, 1].

        The factor is 1 − max(0, ∏ over backers (1 − b) − ∏ over undercutters (1 − u)),
        with ∏ over no backers 1.
        """
        claims = self.evaluation.claims.values()
        self._by_formula = by_formula(
            self.graph, np.array([claim.strength for claim in claims])
        )
        backed: dict[str, float] = {}
        undercut: dict[str, float] = {}
        for relation in self.map.relations.values():
            if (on := relation.target.relation) is not None:
                into = undercut if relation.kind == "undercut" else backed
                into[on] = into.get(on, 1.0) * (1 - self.strength(relation.key))
        return {
            key: relation.weight
            * (1 - max(0.0, backed.get(key, 1.0) - undercut.get(key, 1.0)))
            for key, relation in self.map.relations.items()
        }


def require_verdicts(rule: Rule) -> None:
    """Refuse rules that only rank.

    Raises:
        InvalidParameters: *rule* gives no verdicts.
    """
    if rule.scale == "ranking":
        detail = "it ranks and gives no verdicts, so there is no case to make under it"
        raise InvalidParameters(rule.name, detail, "/rule")

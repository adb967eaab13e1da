"""A map compiled for computation: claims, the relation table, the order to solve in.

Everything is an array, in the order of the map, and read-only. A claim without a base
score has NaN until `Graph.resolved` fills in what the rule counts it for. The relation
table is what rules read that look at more than edges; modular rules are solved on the
plan that `argmap.engine.plan` derives from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from argmap.engine.groups import Groups, shared_sources
from argmap.engine.plan import Plan, make_plan
from argmap.model.items import Map

Strengths = NDArray[np.float64]
Indices = NDArray[np.int64]
Linked = Literal["product", "minimum"]

KINDS: Final = ("support", "rebut", "undercut", "rephrase")
SUPPORT, REBUT, UNDERCUT, REPHRASE = range(4)


@dataclass(frozen=True, eq=False)
class Graph:
    """A compiled map of n claims and m relations.

    Attributes:
        ids: The claims' keys, in the map's order.
        base_scores: Shape (n,), in [0, 1], NaN where the map has none.
        relation_ids: The relations' keys, in the map's order.
        kinds: Shape (m,), indices into `KINDS`.
        premise_starts: Shape (m + 1,): relation r has the premises
            ``premises[premise_starts[r]:premise_starts[r + 1]]``.
        premises: Claim indices.
        targets: Shape (m,), the index of a claim or of a relation.
        on_relation: Shape (m,), whether the target is a relation.
        weights: Shape (m,), how much each relation carries.
        source_ids: The keys of the map's sources, q of them.
        credibilities: Shape (q,), in [0, 1], NaN where the map has none.
        source_starts: Shape (n + 1,): claim i is asserted or conceded in the sources
            ``sources[source_starts[i]:source_starts[i + 1]]``, each once.
        sources: Source indices.
        votes: Shape (n, 2), for and against, NaN where the claim's data has none.
        linked: How linked premises count: by product or by minimum.
    """

    ids: tuple[str, ...]
    base_scores: Strengths
    relation_ids: tuple[str, ...]
    kinds: NDArray[np.int8]
    premise_starts: Indices
    premises: Indices
    targets: Indices
    on_relation: NDArray[np.bool_]
    weights: Strengths
    source_ids: tuple[str, ...]
    credibilities: Strengths
    source_starts: Indices
    sources: Indices
    votes: Strengths
    linked: Linked = "product"
    # Whose plans a twin uses: those of the graph that it differs from in numbers alone.
    _origin: "Graph | None" = field(default=None, init=False, repr=False)

    @staticmethod
    def of(
        claims: Mapping[str, float] | Iterable[str],
        attacks: Iterable[tuple[str, str]] = (),
        supports: Iterable[tuple[str, str]] = (),
        weights: Mapping[tuple[str, str], float] | None = None,
    ) -> "Graph":
        """Make a graph of plain edges by hand, each from a premise to a target.

        *claims* without scores get 0.5; a weight left out is 1. A claim may attack
        itself here, unlike in a map.

        >>> Graph.of(["tram", "cost"], attacks=[("cost", "tram")]).base_scores.tolist()
        [0.5, 0.5]
        """
        scores = (
            dict(claims) if isinstance(claims, Mapping) else dict.fromkeys(claims, 0.5)
        )
        place = {key: i for i, key in enumerate(scores)}
        edges = [(REBUT, *e) for e in attacks] + [(SUPPORT, *e) for e in supports]
        return Graph.from_arrays(
            ids=tuple(scores),
            base_scores=list(scores.values()),
            relation_ids=tuple(f"r{i + 1}" for i in range(len(edges))),
            kinds=[kind for kind, _, _ in edges],
            premise_starts=range(len(edges) + 1),
            premises=[place[a] for _, a, _ in edges],
            targets=[place[b] for _, _, b in edges],
            on_relation=[False] * len(edges),
            weights=[(weights or {}).get((a, b), 1.0) for _, a, b in edges],
        )

    @staticmethod
    def from_arrays(
        *,
        ids: tuple[str, ...],
        relation_ids: tuple[str, ...],
        source_ids: tuple[str, ...] = (),
        **columns: ArrayLike,
    ) -> "Graph":
        """Make a graph from columns of any array-like kind; see the attributes.

        Sources and votes may be left out. Fastest way in for generated graphs: nothing
        is looped over in Python.
        """
        types = {
            "base_scores": np.float64,
            "kinds": np.int8,
            "on_relation": np.bool_,
            "weights": np.float64,
            "credibilities": np.float64,
            "votes": np.float64,
        }
        arrays: dict[str, Any] = {
            name: _frozen(np.array(value, dtype=types.get(name, np.int64)))
            for name, value in (_without_evidence(len(ids)) | columns).items()
        }
        return Graph(
            ids=ids, relation_ids=relation_ids, source_ids=source_ids, **arrays
        )

    @property
    def size(self) -> int:
        """Count the claims."""
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Find a claim's place by its key."""
        if self._origin:
            return self._origin.index
        return {key: i for i, key in enumerate(self.ids)}

    @cached_property
    def relation_index(self) -> dict[str, int]:
        """Find a relation's place by its key."""
        if self._origin:
            return self._origin.relation_index
        return {key: i for i, key in enumerate(self.relation_ids)}

    @cached_property
    def plan(self) -> Plan:
        """Order the graph for solving; depends on the relations alone."""
        return self._like(self._origin.plan) if self._origin else make_plan(self)

    @cached_property
    def attack_plan(self) -> Plan:
        """Order the graph for rules that do not read supports of claims."""
        if self._origin:
            return self._like(self._origin.attack_plan)
        return make_plan(self, reads_supports=False)

    @cached_property
    def shared_sources(self) -> Groups:
        """Say which sources each relation rests on."""
        return self._origin.shared_sources if self._origin else shared_sources(self)

    @cached_property
    def relation_plan(self) -> Plan:
        """Order the relations alone, for given strengths of the claims."""
        if self._origin:
            return self._like(self._origin.relation_plan)
        return make_plan(self, claims_are_given=True)

    @property
    def is_cyclic(self) -> bool:
        """Say whether some claim's strength depends on itself."""
        return bool(self.plan.components)

    def resolved(
        self, default_base_score: float = 0.5, linked: Linked | None = None
    ) -> "Graph":
        """Give claims without a base score the default; share everything else.

        >>> Graph.of({"a": float("nan")}).resolved(0.5).base_scores.tolist()
        [0.5]
        """
        scores = self.base_scores
        if np.isnan(scores).any():
            scores = _frozen(np.where(np.isnan(scores), default_base_score, scores))
        return self._twin(base_scores=scores, linked=linked or self.linked)

    def rescored(self, base_scores: Iterable[float | None]) -> "Graph":
        """Give the claims other base scores, None for none; share everything else.

        >>> Graph.of(["a", "b"]).rescored([0.25, None]).base_scores.tolist()
        [0.25, nan]
        """
        scores = np.array(
            [np.nan if s is None else s for s in base_scores], dtype=float
        )
        return self._twin(base_scores=_frozen(scores))

    def reweighted(self, weights: Strengths) -> "Graph":
        """Give the relations other weights, shape (m,); share everything else.

        >>> graph = Graph.of("ab", attacks=[("a", "b")]).reweighted(np.array([0.25]))
        >>> graph.weights.tolist(), graph.plan.weights.tolist()
        ([0.25], [0.25])
        """
        return self._twin(weights=_frozen(np.array(weights, dtype=np.float64)))

    def rebutted(self, rebuttals: Mapping[str, int]) -> "Graph":
        """Add claims of base score 1 by key, each of which rebuts the claim at a place.

        The same as to add them to the map, a relation of the same key each, and compile
        that; O(claims + relations) without a look at the map.

        >>> graph = Graph.of("ab").rebutted({"no": 1})
        >>> graph.ids, graph.base_scores.tolist(), graph.targets.tolist()
        (('a', 'b', 'no'), [0.5, 0.5, 1.0], [1])
        """
        keys, count = tuple(rebuttals), len(rebuttals)
        more: dict[str, ArrayLike] = {
            "base_scores": np.ones(count),
            "kinds": np.full(count, REBUT),
            "premise_starts": self.premise_starts[-1] + np.arange(1, count + 1),
            "premises": self.size + np.arange(count),
            "targets": list(rebuttals.values()),
            "on_relation": np.zeros(count, dtype=bool),
            "weights": np.ones(count),
            "credibilities": [],
            "source_starts": np.full(count, self.source_starts[-1]),
            "sources": [],
            "votes": np.full((count, 2), np.nan),
        }
        return replace(
            Graph.from_arrays(
                ids=self.ids + keys,
                relation_ids=self.relation_ids + keys,
                source_ids=self.source_ids,
                **{
                    name: np.concatenate([getattr(self, name), column])
                    for name, column in more.items()
                },
            ),
            linked=self.linked,
        )

    def _like(self, plan: Plan) -> Plan:
        """Give a plan of the graph that this is a twin of, with the weights of this."""
        return plan if self.weights is plan.weights else plan.reweighted(self.weights)

    def _twin(self, **other: Any) -> "Graph":
        """Make a graph that differs in nothing that the order of plans depends on."""
        twin = replace(self, **other)
        object.__setattr__(twin, "_origin", self._origin or self)
        return twin


# Of a million claims most have neither, and share these.
_NONE: Final[dict[int, None]] = {}
_NO_VOTES: Final = (float("nan"), float("nan"))


def compile_map(map_: Map) -> Graph:
    """Compile a valid map. O(claims + relations).

    Raises:
        KeyError: The map refers to what it does not hold: it was never validated.
    """
    place = {key: i for i, key in enumerate(map_.claims)}
    kind_of = {kind: i for i, kind in enumerate(KINDS)}
    relations = list(map_.relations.values())
    relation_place = {}  # of a large map a large one, and few need it
    if any(r.target.claim is None for r in relations):
        relation_place = {key: i for i, key in enumerate(map_.relations)}
    counts = [len(r.premises) for r in relations]
    return Graph.from_arrays(
        ids=tuple(map_.claims),
        base_scores=[
            np.nan if c.base_score is None else c.base_score
            for c in map_.claims.values()
        ],
        relation_ids=tuple(map_.relations),
        kinds=[kind_of[r.kind] for r in relations],
        premise_starts=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        premises=[place[p] for r in relations for p in r.premises],
        targets=[
            place[r.target.claim]
            if r.target.claim is not None
            else relation_place[r.target.relation or ""]
            for r in relations
        ],
        on_relation=[r.target.claim is None for r in relations],
        weights=[r.weight for r in relations],
        **_evidence(map_),
    )


def _evidence(map_: Map) -> dict[str, Any]:
    """Read which sources assert or concede each claim, and the votes on it."""
    place = {key: i for i, key in enumerate(map_.sources)}
    asserting = [
        dict.fromkeys(
            place[p.source] for p in c.passages if p.stance in ("asserts", "concedes")
        )
        if c.passages
        else _NONE
        for c in map_.claims.values()
    ]
    return {
        "source_ids": tuple(map_.sources),
        "credibilities": [
            np.nan if s.credibility is None else s.credibility
            for s in map_.sources.values()
        ],
        "source_starts": np.cumsum([0, *map(len, asserting)]),
        "sources": [source for sources in asserting for source in sources],
        "votes": np.array([_votes(c.data) for c in map_.claims.values()]).reshape(
            -1, 2
        ),
    }


def _without_evidence(size: int) -> dict[str, ArrayLike]:
    return {
        "credibilities": [],
        "source_starts": np.zeros(size + 1),
        "sources": [],
        "votes": np.full((size, 2), np.nan),
    }


def _votes(data: Mapping[str, Any]) -> tuple[float, float]:
    """Read ``votes {for, against}`` of free data; what is no count is no vote."""
    votes = data.get("votes")
    if not isinstance(votes, dict) or not votes.keys() & {"for", "against"}:
        return _NO_VOTES
    counts = votes.get("for", 0), votes.get("against", 0)
    if not all(type(c) in (int, float) and 0 <= c <= 2**53 for c in counts):
        return _NO_VOTES
    return float(counts[0]), float(counts[1])


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array

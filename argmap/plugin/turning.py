"""What would turn a verdict: smallest sets of atomic changes, under any rule.

The atomic changes are three: mute a relation (weight 0, it keeps its place); let a new
claim of base score 1 rebut a claim; move a base score to 0 or 1, then as little of the
way as is needed. What a change does is tried on one graph that holds every rebuttal
that may be tried, muted; what is found is evaluated once more in a graph that holds no
other, and left out if the rule then says otherwise, as one may that counts claims.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, compile_map, patience
from argmap.engine.flips import Moves, find_flips
from argmap.engine.graph import REPHRASE, Indices
from argmap.engine.reach import bearing, upstream
from argmap.errors import InvalidParameters, TooSlow
from argmap.model import Add, Map, Operation, Replace
from argmap.plugin.evaluation import Options, Verdict
from argmap.plugin.judgement import judge, verdicts
from argmap.plugin.nearness import steps_to
from argmap.plugin.rebuttals import rebuttals_of
from argmap.plugin.rule import Rule
from argmap.plugin.variants import vary

Floats = NDArray[np.float64]
Values = dict[int, float]  # changes, with the value that each is given
Atom = Literal["mute", "rebut", "base-score"]
ATOMS: Final[tuple[Atom, ...]] = get_args(Atom)

_GRID: Final = np.linspace(0.0, 1.0, 21)  # of the way of a base score to its bound
_SEARCHING: Final = 0.8  # of the time; the rest is for cutting moves short
_CELLS: Final = 4_000_000  # weights that are varied at once: 32 MB an array
_TRIED: Final = 20_000_000  # of them varied for pivots: about a second
_ROUNDS: Final = 3  # of refining it: the last step is 1/8000 of the way


class Standing(Struct, frozen=True, kw_only=True):
    """How a claim stands."""

    strength: float
    verdict: Verdict | None


class Flip(Struct, frozen=True, kw_only=True):
    """A smallest set of changes that turns the verdict, and what it comes to."""

    operations: tuple[Operation, ...]
    after: Standing


class Flips(Struct, frozen=True, kw_only=True):
    """What would turn a verdict.

    ``searched`` counts the sets of changes that were tried. ``complete``: every set of
    the allowed size was tried, or holds a flip; false where the time was up first, or
    where a set that looked like a flip was none.
    """

    before: Standing
    flips: tuple[Flip, ...]
    searched: int
    complete: bool


class _Change(Struct, frozen=True):
    """One atomic change: of what, and where it is in the graph."""

    atom: Atom
    key: str
    place: int
    value: float = 0.0


def find_turning(
    map_: Map,
    rule: Rule,
    params: Struct,
    options: Options,
    target: str,
    to: Verdict,
    *,
    allow: Sequence[Atom] = ATOMS,
    max_operations: int = 2,
    most: int = 50,
    seconds: float | None = 5.0,
    graph: Graph | None = None,
) -> Flips:
    """Find smallest sets of changes after which *target* has the verdict *to*.

    All single changes are tried, then all pairs, and so on up to *max_operations*,
    likeliest first, until the time is up. Of a set that is given back no proper subset
    turns the verdict. A move of a base score is as short as it can be, to 1/8000 of the
    way, in its set; where the time does not last for that, it goes all the way.

    Args:
        map_: A valid map.
        rule: Any rule that gives verdicts.
        params: Its parameters, decoded.
        options: Those of every rule, decoded.
        target: A claim's key.
        to: The verdict wanted.
        allow: Which atomic changes.
        max_operations: The largest number of changes in a set.
        most: Stop after so many sets.
        seconds: Stop searching after so long; None: never.
        graph: The map, compiled, where it is at hand.

    Raises:
        InvalidParameters: The rule gives no verdicts.
        PluginFault: The rule failed.
    """
    if rule.scale == "ranking":
        detail = "it ranks and gives no verdicts, so there is none to turn"
        raise InvalidParameters(rule.name, detail, "/rule")
    search = _Turning(map_, rule, params, options, target, to, allow, graph)
    with patience(seconds):
        with patience(None if seconds is None else _SEARCHING * seconds):
            found = find_flips(
                len(search.changes),
                search.attempt,
                max_operations=max_operations,
                excludes=search.clash,
                most=most,
            )
        shrunk = [search.shrink(moves) for moves in found.flips[:most]]
    flips = [search.flip(values) for values in shrunk]
    holding = tuple(flip for flip in flips if flip.after.verdict == to)
    return Flips(
        before=search.standing({}),
        flips=holding,
        searched=found.searched,
        complete=found.complete and len(holding) == len(found.flips),
    )


def find_pivots(
    map_: Map,
    rule: Rule,
    params: Struct,
    options: Options,
    target: str,
    *,
    allow: Sequence[Atom] = ATOMS,
    most: int = 20,
    graph: Graph | None = None,
) -> tuple[Flip, ...]:
    """Find the single changes that turn the verdict on *target*, whichever way.

    Every change is tried once; in a large map those next to the target, as many as can
    be in about a second. They come in the order of `Verdict` and of the map.

    Args:
        map_: A valid map.
        rule: Any rule that gives verdicts.
        params: Its parameters, decoded.
        options: Those of every rule, decoded.
        target: A claim's key.
        allow: Which atomic changes.
        most: How many for each verdict, at most.
        graph: The map, compiled, where it is at hand.

    Raises:
        PluginFault: The rule failed.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    search = _Turning(
        map_, rule, params, options, target, "accepted", allow, graph, _TRIED
    )
    before = search.standing({}).verdict
    near = range(len(search.changes))
    tried = search.verdicts([search.values((i,)) for i in near])
    flips: list[Flip] = []
    for to in get_args(Verdict):
        if to != before:
            search.to = to
            turning = [
                i for i, verdict in zip(near, tried, strict=True) if verdict == to
            ][:most]
            found = (search.flip(search.shrink((i,))) for i in turning)
            flips += [flip for flip in found if flip.after.verdict == to]
    return tuple(flips)


class _Turning:
    def __init__(
        self,
        map_: Map,
        rule: Rule,
        params: Struct,
        options: Options,
        target: str,
        to: Verdict,
        allow: Sequence[Atom],
        graph: Graph | None,
        cells: int | None = None,
    ) -> None:
        self.map, self.rule, self.params, self.options = map_, rule, params, options
        self.target, self.to = target, to
        self.compiled = compile_map(map_) if graph is None else graph
        claims, relations = self._relevant()
        self.height = max(1, self.compiled.size, len(self.compiled.relation_ids))
        self.height += len(claims) if "rebut" in allow else 0
        changes = [c for c in self._list(claims, relations) if c.atom in allow]
        self.changes = (
            changes if cells is None else self._nearest(changes, cells // self.height)
        )
        rebutted = [c for c in self.changes if c.atom == "rebut"]
        self.rebuttals = rebuttals_of(map_, [c.key for c in rebutted])
        first = len(self.compiled.relation_ids)
        self.extras = {c.key: first + i for i, c in enumerate(rebutted)}
        self.graph = self._resolved(self._rebutted(rebutted))

    def _relevant(self) -> tuple[Indices, Indices]:
        """List the claims and relations that the target's strength can hang on."""
        graph = self.compiled
        if self.rule.aggregation is None:  # nothing is known of a stranger's rule
            return np.arange(graph.size), np.arange(len(graph.relation_ids))
        target, positions = graph.index[self.target], graph.plan.positions[: graph.size]
        is_upstream = upstream(graph.plan.wiring, positions[target])[positions]
        return np.flatnonzero(is_upstream), np.flatnonzero(bearing(graph, target))

    def _rebutted(self, changes: Sequence[_Change]) -> Graph:
        own = {self.rebuttals[c.key][0].key: c.place for c in changes}
        return self.compiled.rebutted(own) if own else self.compiled

    def _resolved(self, graph: Graph) -> Graph:
        assert self.options.default_base_score is not None
        return graph.resolved(self.options.default_base_score, self.options.linked)

    def _list(self, claims: Indices, relations: Indices) -> list[_Change]:
        """List the atomic changes that do something."""
        graph = self._resolved(self.compiled)
        does = (graph.weights != 0) & (graph.kinds != REPHRASE)
        changes = [
            _Change("mute", graph.relation_ids[i], i)
            for i in relations[does[relations]].tolist()
        ]
        changes += [_Change("rebut", graph.ids[i], i) for i in claims.tolist()]
        if "base_score" in self.rule.reads:
            scores = graph.base_scores.tolist()
            changes += [
                _Change("base-score", graph.ids[i], i, bound)
                for i in claims.tolist()
                for bound in (0.0, 1.0)
                if scores[i] != bound
            ]
        return changes

    def _nearest(self, changes: list[_Change], most: int) -> list[_Change]:
        """Keep the changes with the fewest relations between them and the target."""
        if len(changes) <= most:
            return changes
        steps, far = steps_to(self.map, self.target), len(self.map.relations)
        names = [f"/{c.key}" if c.atom == "mute" else c.key for c in changes]
        order = np.argsort([steps.get(name, far) for name in names], kind="stable")
        return [changes[i] for i in sorted(order[:most].tolist())]

    def clash(self, moves: Moves) -> bool:
        """Say whether a set would move one base score both ways."""
        keys = [c.key for i in moves if (c := self.changes[i]).atom == "base-score"]
        return len(keys) != len(set(keys))

    def attempt(self, sets: Sequence[Moves]) -> tuple[Floats, NDArray[np.bool_]]:
        """Say how near to the goal sets of changes come, and whether they reach it."""
        variants = [self.values(moves) for moves in sets]
        found = [self.judge(some) for some in self.portions(variants)]
        nearness, reached = zip(*found, strict=True)
        return np.concatenate(nearness), np.concatenate(reached)

    def verdicts(self, variants: Sequence[Values]) -> list[Verdict | None]:
        """Give the verdict on the target under each variant."""
        return [
            verdict
            for some in self.portions(variants)
            for verdict in verdicts(self.rule, self.scores(some), self.options)
        ]

    def portions(self, variants: Sequence[Values]) -> Iterator[Sequence[Values]]:
        """Split variants into as many as may be evaluated at once."""
        width = max(1, _CELLS // self.height)
        for start in range(0, len(variants), width):
            yield variants[start : start + width]

    def values(self, moves: Moves) -> Values:
        """Give each change of a set its full value."""
        return {i: self.changes[i].value for i in moves}

    def judge(self, variants: Sequence[Values]) -> tuple[Floats, NDArray[np.bool_]]:
        """Say how near to the goal variants come, and whether they reach it."""
        scores = self.scores(variants)
        found = verdicts(self.rule, scores, self.options)
        nearness = {
            "accepted": scores,
            "rejected": -scores,
            "undecided": -abs(scores - self.options.threshold),
        }[self.to]
        return nearness, np.array([verdict == self.to for verdict in found])

    def scores(self, variants: Sequence[Values]) -> Floats:
        """Give the target's strength under each variant."""
        bases = np.repeat(self.graph.base_scores[:, None], len(variants), axis=1)
        weights = np.repeat(self.graph.weights[:, None], len(variants), axis=1)
        weights[len(self.compiled.relation_ids) :] = 0.0  # those of the rebuttals
        for column, variant in enumerate(variants):
            for i, value in variant.items():
                change = self.changes[i]
                if change.atom == "mute":
                    weights[change.place, column] = 0.0
                elif change.atom == "rebut":
                    weights[self.extras[change.key], column] = 1.0
                else:
                    bases[change.place, column] = value
        found = vary(
            self.graph, self.rule, self.params, base_scores=bases, weights=weights
        )
        return np.asarray(found[self.graph.index[self.target]])

    def shrink(self, moves: Moves) -> Values:
        """Give each change of a flip its value, moves of base scores cut short."""
        values = self.values(moves)
        scores = [i for i in moves if self.changes[i].atom == "base-score"]
        if not scores:
            return values
        try:
            for i in scores:
                values[i] = self._shortest(values, i)
            return self.values(moves) if self._has_smaller(values) else values
        except TooSlow:
            return self.values(moves)

    def flip(self, values: Values) -> Flip:
        """Write changes down as operations, and see what they do to the map."""
        operations = tuple(
            op for i, v in values.items() for op in self._operations(i, v)
        )
        return Flip(operations=operations, after=self.standing(values))

    def _shortest(self, values: Values, move: int) -> float:
        """Find the shortest way of one base score that still turns the verdict."""
        start = float(self.graph.base_scores[self.changes[move].place])
        near, far = 0.0, 1.0
        for _ in range(_ROUNDS):
            ways = near + (far - near) * _GRID
            tried = [
                {**values, move: start + way * (values[move] - start)} for way in ways
            ]
            first = int(np.argmax(self.judge(tried)[1]))
            near, far = float(ways[max(first - 1, 0)]), float(ways[first])
        return start + far * (values[move] - start)

    def _has_smaller(self, values: Values) -> bool:
        """Say whether a proper subset with these values turns the verdict as well."""
        subsets: list[Values] = [
            {i: values[i] for i in chosen}
            for size in range(len(values))
            for chosen in combinations(values, size)
        ]
        return bool(self.judge(subsets)[1].any())

    def _operations(self, move: int, value: float) -> tuple[Operation, ...]:
        change = self.changes[move]
        if change.atom == "mute":
            return (Replace(relation=change.key, set={"weight": 0.0}),)
        if change.atom == "rebut":
            claim, relation = self.rebuttals[change.key]
            return (Add(claim=claim), Add(relation=relation))
        return (Replace(claim=change.key, set={"base_score": value}),)

    def standing(self, values: Values) -> Standing:
        """Evaluate the map with nothing but some changes in it."""
        changes = {self.changes[i]: value for i, value in values.items()}
        graph = self._rebutted([c for c in changes if c.atom == "rebut"])
        bases, weights = np.array(graph.base_scores), np.array(graph.weights)
        for change, value in changes.items():
            if change.atom == "mute":
                weights[change.place] = 0.0
            elif change.atom == "base-score":
                bases[change.place] = value
        varied = graph.rescored(bases).reweighted(weights)
        found = judge(varied, self.rule, self.params, self.options)
        (strength,), (verdict,) = found.worth([self.target])
        return Standing(strength=strength, verdict=verdict)

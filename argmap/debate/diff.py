"""What changed from one state of a map to another, and which operations caused what.

The operations are done one after another, and each map on the way is evaluated: what an
operation causes is the strengths after it less those before it. So it depends on the
order, which is that of the history, and all of it adds up. Operations after which the
map is not valid yet are taken together with the next, and so are some of one revision
where there are too many, for a map of its size, to evaluate it after each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from msgspec import Struct, field

from argmap.engine import Graph, check_patience, foresee
from argmap.errors import Fault, InUse, InvalidMap, Unknown
from argmap.model import (
    Add,
    Claim,
    Header,
    ItemKind,
    Map,
    Operation,
    Passage,
    Replace,
    Source,
    apply,
    item,
)
from argmap.model.undo import ref_of
from argmap.model.uses import Ref
from argmap.plugin import (
    ClaimEvaluation,
    Evaluation,
    Inputs,
    Options,
    Rule,
    compile_map,
    evaluate,
)
from argmap.plugin.answer import answer
from argmap.plugin.turning import Standing

T = TypeVar("T")

Strengths = Mapping[str, float]
Change = tuple[int | None, Sequence[Operation]]
"""The operations that made a revision, which has a number if the map is kept."""

_TOLD: Final = 400_000
"""Claims or relations evaluated on the way, one by one: four seconds or less."""

_READ: Final = 50
"""What it takes to evaluate a map anew, as a multiple of what it takes to change it."""

_GRID: Final = 2.0**50
"""Differences are multiples of 1 / _GRID, of which sums are exact in any order."""

_FINE: Final = 4.0
"""From here on doubles are no finer than the grid."""

UNREAD: Final[Mapping[ItemKind, frozenset[str]]] = {
    "map": frozenset(Header.__struct_fields__),
    "source": frozenset(Source.__struct_fields__) - {"credibility", "passages"},
    "passage": frozenset(Passage.__struct_fields__),
    "claim": frozenset(Claim.__struct_fields__) - {"base_score", "passages", "data"},
    "relation": frozenset(("scheme", "asks", "passages", "data", "residue")),
}
"""Members that no rule reads: a change of these changes no strength."""


class Difference(Struct, frozen=True, kw_only=True):
    """A claim before and after; null where there is no such claim.

    ``delta`` is the difference of the strengths, one that is not there counting 0.
    """

    before: Standing | None
    after: Standing | None
    delta: float


class Cause(Struct, frozen=True, kw_only=True):
    """Operations of one revision, and by how much they changed strengths.

    There are several where the map is valid only after all of them, and where a diff
    has too many, for a map of its size, to evaluate it after each.
    """

    revision: int | None
    operations: tuple[Operation, ...]
    deltas: dict[str, float]


class Diff(Inputs, frozen=True, kw_only=True):
    """What changed from one revision to another, under a rule.

    ``claims`` are those whose strength or verdict is another, and those that came or
    went; ``causes`` have all the operations, in order. The deltas of the causes add up
    to those of the claims exactly, in whatever order: they are multiples of 2**-50,
    which is within 1e-15 of what the strengths say. ``input_hash`` is that of the map
    after, ``input_hash_before`` that of the map before.
    """

    from_: int | None = field(name="from")
    to: int | None
    input_hash_before: str
    operations: tuple[Operation, ...]
    claims: dict[str, Difference]
    causes: tuple[Cause, ...]


def diff(
    before: Map,
    changes: Sequence[Change],
    rule: Rule,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
    *,
    revision: int | None = None,
    first: Evaluation | None = None,
    last: Evaluation | None = None,
) -> Diff:
    """Say what changes of a map did to its claims, and which of them did what.

    An evaluation for every operation that a rule could take notice of, or for as many
    together as `_TOLD` asks for; those of base scores alone share a compiled map.

    Args:
        before: A valid map.
        changes: What was done to it, resolved as `argmap.model.change` resolves; after
            each change the map is valid.
        rule: Under which.
        parameters: The rule's own.
        options: Those of every rule.
        revision: Of *before*, for the record.
        first: What the rule makes of *before*, if that is known.
        last: What it makes of the map after all changes, if that is known.

    Raises:
        InvalidMap: The changes cannot be made.
        InvalidParameters, PluginFault: The rule takes no such options, or failed.
        TooSlow, Cancelled: Whoever asked does not wait any longer.

    >>> from argmap.plugin import Rule
    >>> rule = Rule("base-score", "Base score only", lambda graph: graph.base_scores)
    >>> better = [Replace(claim="tram", set={"base_score": 0.75})]
    >>> found = diff(Map.of({"tram": 0.5}), [(None, better)], rule)
    >>> found.claims["tram"].delta, found.causes[0].deltas
    (0.25, {'tram': 0.25})
    """
    if first is None:
        first = evaluate(before, rule, parameters, options, revision=revision)
    newest = changes[-1][0] if changes else revision
    walk = _Walk(rule, rule.decode(first.parameters), first.options)
    strengths: Strengths = first.strengths
    causes = []
    together = _together(before, changes)
    for (made, done, after), is_last in _marked(_valid(before, changes, together)):
        check_patience()
        if is_last and last is None:
            last = evaluate(after, rule, walk.params, walk.options, revision=newest)
        now = strengths
        if not all(map(_is_unread, done)):
            now = last.strengths if is_last and last else walk.strengths(after, done)
        deltas = _deltas(strengths, now)
        causes.append(Cause(revision=made, operations=done, deltas=deltas))
        strengths = now
    if last is None:
        last = evaluate(before, rule, walk.params, walk.options, revision=newest)
    return Diff(
        **last.inputs,
        from_=revision,
        to=last.revision,
        input_hash_before=first.input_hash,
        operations=tuple(each for _, operations in changes for each in operations),
        claims=_differences(first, last),
        causes=tuple(causes),
    )


class _Walk:
    """A rule on one state of a map after another."""

    def __init__(self, rule: Rule, params: Struct, options: Options) -> None:
        self.params, self.options = params, options
        self._rule = rule
        self._graph: Graph | None = None

    def strengths(self, map_: Map, done: Sequence[Operation]) -> Strengths:
        """Evaluate the map that *done* has made of the state before."""
        assert self.options.default_base_score is not None
        if self._graph is not None and all(map(_is_rescoring, done)):
            claims = map_.claims.values()
            self._graph = self._graph.rescored([c.base_score for c in claims])
        else:
            self._graph = compile_map(map_)
        default, linked = self.options.default_base_score, self.options.linked
        graph = self._graph.resolved(default, linked)
        found = answer(self._rule, graph, self.params, is_whole=False).strengths
        return dict(zip(graph.ids, found.tolist(), strict=True))


def _marked(steps: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Say of each step whether it is the last.

    >>> list(_marked("ab"))
    [('a', False), ('b', True)]
    """
    waiting: list[T] = []
    for step in steps:
        yield from ((each, False) for each in waiting)
        waiting = [step]
    yield from ((each, True) for each in waiting)


def _together(map_: Map, changes: Sequence[Change]) -> int:
    """Say how many operations are taken together: one, unless that takes too long.

    Raises:
        TooSlow: It takes too long even with all those of a revision together.
    """
    adds = sum(isinstance(op, Add) for _, done in changes for op in done)
    size = max(len(map_.claims), len(map_.relations)) + adds // 2  # on the average
    read = [sum(not _is_unread(op) for op in done) for _, done in changes]
    foresee(_READ * size * sum(map(bool, read)), "fewer revisions")
    unread = sum(len(done) for _, done in changes) - sum(read)
    return max(1, -(-size * (_READ * sum(read) + unread) // (_READ * _TOLD)))


def _valid(
    map_: Map, changes: Sequence[Change], together: int
) -> Iterator[tuple[int | None, tuple[Operation, ...], Map]]:
    """Yield as few operations at a time as lead from a valid map to a valid one.

    At least so many *together*, if the revision has as many.
    """
    for revision, operations in changes:
        waiting: list[Operation] = []
        awaited: set[Ref] = set()
        for index, operation in enumerate(operations, start=1):
            waiting.append(operation)
            is_last = index == len(operations)
            if len(waiting) < together and not is_last:
                continue
            if awaited and not is_last and ref_of(operation) not in awaited:
                continue
            check_patience()
            try:
                map_ = apply(map_, waiting)
            except InvalidMap as error:
                if is_last:
                    raise
                awaited = _awaited(waiting, error.faults)
                continue
            yield revision, tuple(waiting), map_
            waiting, awaited = [], set()


def _awaited(operations: Sequence[Operation], faults: Sequence[Fault]) -> set[Ref]:
    """Say which items must be touched before all can be well; none: any may do.

    What is not there has to come, or who refers to it to let go of it.
    """
    awaited: set[Ref] = set()
    for fault in faults:
        steps = fault.pointer.split("/")
        match fault:
            case Unknown(kind=kind, key=key):
                awaited.add((kind, key))  # type: ignore[arg-type] # it is a kind
                awaited.add(("source", key.partition("/")[0]))
            case InUse(users=users):
                for user in users:
                    kind, _, key = user.partition("/")
                    awaited.add((kind[:-1], key))  # type: ignore[arg-type] # the same
            case _:
                return set()
        if "targets" in getattr(fault, "users", ()) or len(steps) < 3:
            return set()
        awaited.add(ref_of(operations[int(steps[2])]))
    return awaited


def _is_unread(operation: Operation) -> bool:
    """Say whether an operation changes nothing that a rule could read."""
    if not isinstance(operation, Replace):
        return False
    kind, _ = item(operation)
    return operation.set.keys() <= UNREAD[kind]


def _is_rescoring(operation: Operation) -> bool:
    """Say whether an operation changes base scores, and nothing else that is read."""
    if not isinstance(operation, Replace) or operation.claim is None:
        return _is_unread(operation)
    return operation.set.keys() <= UNREAD["claim"] | {"base_score"}


def _differences(first: Evaluation, last: Evaluation) -> dict[str, Difference]:
    deltas = _deltas(first.strengths, last.strengths)
    found = {}
    for key in [*last.claims, *(k for k in first.claims if k not in last.claims)]:
        was, now = first.claims.get(key), last.claims.get(key)
        if key in deltas or was is None or now is None or was.verdict != now.verdict:
            found[key] = Difference(
                before=_standing(was),
                after=_standing(now),
                delta=deltas.get(key, 0.0),
            )
    return found


def _standing(found: ClaimEvaluation | None) -> Standing | None:
    if found is None:
        return None
    return Standing(strength=found.strength, verdict=found.verdict)


def _deltas(before: Strengths, after: Strengths) -> dict[str, float]:
    if before is after:
        return {}
    deltas = {
        key: _even(now) - _even(before.get(key, 0.0))
        for key, now in after.items()
        if now != before.get(key)
    }
    deltas |= {key: -_even(was) for key, was in before.items() if key not in after}
    return {key: delta for key, delta in deltas.items() if delta}


def _even(strength: float) -> float:
    """Move a strength to the grid.

    >>> _even(0.1) == 0.1, abs(_even(0.1) - 0.1) < 1e-15, _even(0.1 + 2**-52) < 0.1
    (False, True, False)
    """
    if abs(strength) >= _FINE:
        return strength
    return round(strength * _GRID) / _GRID

"""What changes of a map would do, without making them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from argmap.errors import InvalidMap, Malformed, Unknown
from argmap.model import Add, Change, Claim, Map, Operation, change
from argmap.plugin import Evaluation, Options, evaluate
from argmap.plugin.choice import Choice
from argmap.plugin.turning import Standing


class Effect(Struct, frozen=True, kw_only=True):
    """What changes do to one claim.

    ``before`` is null if they add it, ``after`` if they remove it.
    """

    before: Standing | None
    after: Standing | None
    delta: float | None


class RuleEffects(Struct, frozen=True, kw_only=True):
    """What changes do under one rule, or what went wrong.

    ``input_hash`` is that of the map as it is; ``targets`` go by the names that they
    were asked for.
    """

    rule: str
    rule_version: str | None = None
    rule_digest: str | None = None
    parameters: dict[str, Any] | None = None
    options: Options | None = None
    input_hash: str | None = None
    targets: dict[str, Effect] | None = None
    problem: dict[str, Any] | None = None


class WhatIf(Struct, frozen=True, kw_only=True):
    """What changes do under several rules."""

    map: str | None
    revision: int | None
    results: tuple[RuleEffects, ...]


def what_if(
    map: Map,
    operations: Sequence[Operation],
    rules: Sequence[Choice],
    targets: Sequence[str] = (),
    *,
    revision: int | None = None,
) -> WhatIf:
    """Say what changes would do to claims, under several rules.

    Args:
        map: A valid map; it stays as it is.
        operations: The changes, as in a change set; they need no ``if``.
        rules: Under which, with their parameters and options.
        targets: The claims to watch, by key or, if the changes add them, by ``$name``;
            none: the map's own.
        revision: Of the map, for the record.

    Raises:
        InvalidMap: The changes cannot be made, or there is no such claim.
        Malformed: There are no claims to watch, or a value is of a wrong type.
        PluginFault: A rule failed.
    """
    done = change(map, operations)
    keys = watched_after(map, operations, done, targets)
    results = []
    for each in rules:
        before, after = (
            evaluate(m, each.rule, each.parameters, each.options)
            for m in (map, done.map)
        )
        results.append(effects(before, after, keys))
    return WhatIf(map=map.key, revision=revision, results=tuple(results))


def watched_after(
    map: Map, operations: Sequence[Operation], done: Change, targets: Sequence[str]
) -> dict[str, str]:
    """Say which claims to watch, and give the key that each has once changes are done.

    Claims that the changes add are among them, by their keys or their ``$names``.
    Raises what `watched` does.
    """
    pairs = zip(_added(operations), _added(done.operations), strict=True)
    added = {
        given.key: made.key
        for given, made in pairs
        if given.key and made.key in done.map.claims
    }
    return {name: added.get(name, name) for name in watched(map, targets, added)}


def _added(operations: Iterable[Operation]) -> Iterator[Claim]:
    return (op.claim for op in operations if isinstance(op, Add) and op.claim)


def watched(
    map: Map, targets: Sequence[str], added: Container[str] = ()
) -> tuple[str, ...]:
    """Say which claims to watch: *targets*, or the map's own if there are none.

    Raises:
        InvalidMap: There is no such claim; the pointer is into ``/targets``.
        Malformed: The map has no targets either.
    """
    faults = [
        Unknown("claim", key, f"/targets/{i}")
        for i, key in enumerate(targets)
        if key not in map.claims and key not in added
    ]
    if faults:
        raise InvalidMap(faults)
    if not targets and not map.targets:
        raise Malformed("say which claims to watch: the map has no targets", "/targets")
    return tuple(dict.fromkeys(targets or map.targets))


def effects(
    before: Evaluation, after: Evaluation, targets: Mapping[str, str]
) -> RuleEffects:
    """Compare two evaluations by one rule, of a map as it is and as it would be.

    *targets* are keys by the names that the answer has for them.
    """
    names = ("rule_version", "rule_digest", "parameters", "options", "input_hash")
    inputs: Mapping[str, Any] = {name: getattr(before, name) for name in names}
    return RuleEffects(
        rule=before.rule,
        **inputs,
        targets={name: _effect(before, after, key) for name, key in targets.items()},
    )


def _effect(before: Evaluation, after: Evaluation, key: str) -> Effect:
    was, now = _standing(before, key), _standing(after, key)
    delta = now.strength - was.strength if was and now else None
    return Effect(before=was, after=now, delta=delta)


def _standing(evaluation: Evaluation, key: str) -> Standing | None:
    found = evaluation.claims.get(key)
    if found is None:
        return None
    return Standing(strength=found.strength, verdict=found.verdict)

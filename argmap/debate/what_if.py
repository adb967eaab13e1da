"""What changes of a map would do, without making them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from argmap.errors import InvalidMap, Malformed, Unknown
from argmap.model import Map, Operation, apply
from argmap.plugin import Evaluation, Options, evaluate
from argmap.plugin.choice import Choice
from argmap.plugin.turning import Standing


class Effect(Struct, frozen=True, kw_only=True):
    """What changes do to one claim; ``after`` is null if they remove it."""

    before: Standing
    after: Standing | None
    delta: float | None


class RuleEffects(Struct, frozen=True, kw_only=True):
    """What changes do under one rule, or what went wrong.

    ``input_hash`` is that of the map as it is.
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
        targets: The claims to watch; none: the map's own.
        revision: Of the map, for the record.

    Raises:
        InvalidMap: The changes cannot be made, or there is no such claim.
        Malformed: There are no claims to watch, or a value is of a wrong type.
        PluginFault: A rule failed.
    """
    keys = watched(map, targets)
    changed = apply(map, operations)
    results = []
    for each in rules:
        before, after = (
            evaluate(m, each.rule, each.parameters, each.options)
            for m in (map, changed)
        )
        results.append(effects(before, after, keys))
    return WhatIf(map=map.key, revision=revision, results=tuple(results))


def watched(map: Map, targets: Sequence[str]) -> tuple[str, ...]:
    """Say which claims to watch: *targets*, or the map's own if there are none.

    Raises:
        InvalidMap: There is no such claim; the pointer is into ``/targets``.
        Malformed: The map has no targets either.
    """
    faults = [
        Unknown("claim", key, f"/targets/{i}")
        for i, key in enumerate(targets)
        if key not in map.claims
    ]
    if faults:
        raise InvalidMap(faults)
    if not targets and not map.targets:
        raise Malformed("say which claims to watch: the map has no targets", "/targets")
    return tuple(dict.fromkeys(targets or map.targets))


def effects(
    before: Evaluation, after: Evaluation, targets: Sequence[str]
) -> RuleEffects:
    """Compare two evaluations by one rule, of a map as it is and as it would be."""
    names = ("rule_version", "rule_digest", "parameters", "options", "input_hash")
    inputs: Mapping[str, Any] = {name: getattr(before, name) for name in names}
    return RuleEffects(
        rule=before.rule,
        **inputs,
        targets={key: _effect(before, after, key) for key in targets},
    )


def _effect(before: Evaluation, after: Evaluation, key: str) -> Effect:
    was = before.claims[key]
    standing = Standing(strength=was.strength, verdict=was.verdict)
    if (now := after.claims.get(key)) is None:
        return Effect(before=standing, after=None, delta=None)
    return Effect(
        before=standing,
        after=Standing(strength=now.strength, verdict=now.verdict),
        delta=now.strength - was.strength,
    )

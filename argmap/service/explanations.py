"""Why, what if, and what would turn it: answers that save nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from argmap.debate.explanation import explain
from argmap.debate.flips import Flips, flips
from argmap.debate.what_if import RuleEffects, effects, watched_after
from argmap.engine import check_patience, report_progress
from argmap.errors import ArgmapError, Cancelled, Malformed
from argmap.model import Map, Operation, change
from argmap.plugin import Verdict, evaluate
from argmap.plugin.contributions import Method
from argmap.plugin.turning import Atom
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked, asked, compiled, run
from argmap.service.views import View, view
from argmap.store import Snapshot


async def why(
    desk: Desk,
    map: str,
    claim: str,
    asked: Asked,
    method: Method,
    at: int | None = None,
    *,
    permutations: int | None = None,
    seed: int = 0,
) -> View:
    """View an explanation of one claim, as JSON; the last two as for `explain`.

    Raises:
        NotFound: There is no such map, revision or claim.
        PluginFault: The rule failed on a variant of the map.
        TooSlow: It takes longer than the settings allow.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        return msgspec.json.encode(
            explain(
                snapshot.map,
                asked.rule,
                run(snapshot, asked),
                claim,
                method,
                graph=compiled(snapshot),
                permutations=permutations,
                seed=seed,
            )
        )

    key = ("explanation.json", claim, method, permutations, seed, *asked.key)
    return view(desk, snapshot, key, make, asked.rule)


async def what_if(
    desk: Desk,
    snapshot: Snapshot,
    operations: Sequence[Operation],
    rules: Sequence[Mapping[str, Any]],
    targets: Sequence[str],
) -> list[tuple[RuleEffects, ArgmapError | None]]:
    """Say what operations would do under several rules; one may fail alone.

    Args:
        desk: Where the rules are.
        snapshot: What would be changed.
        operations: How; they need no ``if``.
        rules: Arguments of `argmap.service.evaluations.asked`; none: the default rule.
        targets: The claims to watch, by key or, if the operations add them, by
            ``$name``; none: the map's own.

    Raises:
        InvalidMap: The changes cannot be made, or there is no such claim.
        Malformed: There are no claims to watch, or a value is of a wrong type.
    """
    rules = rules or [{"rule": desk.settings.default_rule}]
    results: list[tuple[RuleEffects, ArgmapError | None]] = []
    with desk.limit():
        done = await desk.work(change, snapshot.map, operations)
        keys = watched_after(snapshot.map, operations, done, targets)
        for each in rules:
            report_progress(len(results), len(rules))
            try:
                choice = asked(desk, **each)
                found = await desk.work_with(
                    choice.rule.lane, _effects, snapshot, done.map, choice, keys
                )
            except Cancelled:
                raise
            except ArgmapError as error:
                results.append((RuleEffects(rule=each["rule"]), error))
            else:
                results.append((found, None))
    report_progress(len(rules), len(rules))
    return results


def _effects(
    snapshot: Snapshot, changed: Map, asked: Asked, keys: Mapping[str, str]
) -> RuleEffects:
    check_patience()
    after = evaluate(changed, asked.rule, asked.parameters, asked.options)
    return effects(run(snapshot, asked), after, keys)


async def turn(
    desk: Desk,
    snapshot: Snapshot,
    asked: Asked,
    target: str,
    to: Verdict,
    *,
    allow: Sequence[Atom],
    max_operations: int,
    seconds: float,
) -> Flips:
    """Find what would turn a verdict.

    Raises:
        InvalidParameters: The rule gives no verdicts.
        Malformed: More time or more changes than the settings allow.
        NotFound: There is no such claim.
        PluginFault: The rule failed.
    """
    for name, value, limit in (
        ("seconds", seconds, desk.seconds),
        ("max_operations", max_operations, desk.settings.max_operations),
    ):
        if value > limit:
            detail = f"{value:g} is more than the {limit:g} that this server allows"
            raise Malformed(detail, f"/{name}")

    def find() -> Flips:
        return flips(
            snapshot.map,
            asked.rule,
            run(snapshot, asked),
            target,
            to,
            allow=allow,
            max_operations=max_operations,
            seconds=seconds,
            graph=compiled(snapshot),
        )

    with desk.limit():
        return await desk.work_with(asked.rule.lane, find)

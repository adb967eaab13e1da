"""Why a claim scores as it does, what would turn it, and what changes do."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from argmap.debate.diff import Diff
from argmap.debate.diff import diff as find_diff
from argmap.debate.explanation import SECONDS, Explanation
from argmap.debate.explanation import explain as explain_claim
from argmap.debate.flips import Flips
from argmap.debate.flips import flips as find_flips
from argmap.debate.what_if import WhatIf
from argmap.debate.what_if import what_if as try_changes
from argmap.library.judging import RuleChoice, evaluated
from argmap.library.judging import choice as read_choice
from argmap.model import Map, Operation, change
from argmap.plugin import Options, Verdict
from argmap.plugin.contributions import Method
from argmap.plugin.turning import ATOMS, Atom


def explain(
    map: Map,
    claim: str,
    rule: RuleChoice,
    *,
    method: Method = "removal",
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
    permutations: int | None = None,
    seed: int = 0,
    seconds: float | None = SECONDS,
) -> Explanation:
    """Say why a claim scores as it does: what claims, relations, sources contribute.

    Args:
        map: A valid map.
        claim: The claim's key.
        rule: The name of an installed rule, a rule, or a `RuleChoice` with its own
            parameters and options.
        method: gradient, removal, intrinsic-removal or shapley.
        parameters: The rule's own, by name.
        options: Those of every rule.
        permutations: How many orders are drawn for Shapley values of many, 4 to
            100,000; None: as many as take a few seconds on a map of a few hundred
            claims.
        seed: Of these: the same gives the same values.
        seconds: How long to look, under a rule that labels, for what puts the claim in
            or out; None: to the end.

    Raises:
        NotFound: There is no such claim or rule.
        Malformed: There cannot be so many permutations, or such a seed.
        InvalidParameters, PluginFault: As `evaluate`.

    >>> import argmap
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> argmap.explain(m, "tram", "df-quad").contributions.claims
    (Contribution(key='cost', value=-0.375, stderr=0.0),)
    """
    choice = read_choice(rule, parameters, options)
    return explain_claim(
        map,
        choice.rule,
        evaluated(map, choice),
        claim,
        method,
        permutations=permutations,
        seed=seed,
        seconds=seconds,
    )


def flips(
    map: Map,
    claim: str,
    *,
    to: Verdict,
    rule: RuleChoice,
    allow: Sequence[Atom] = ATOMS,
    max_operations: int = 2,
    seconds: float | None = 5.0,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
) -> Flips:
    """Find the smallest sets of changes that give a claim another verdict.

    Args:
        map: A valid map.
        claim: The claim's key.
        to: accepted, rejected or undecided.
        rule: The name of an installed rule, a rule, or a `RuleChoice` with its own
            parameters and options.
        allow: Which changes: mute a relation, rebut a claim, move a base score.
        max_operations: How many at once.
        seconds: How long to search; None: to the end, which may be far.
        parameters: The rule's own, by name.
        options: Those of every rule.

    Raises:
        NotFound: There is no such claim or rule.
        InvalidParameters: As `evaluate`; or the rule gives no verdicts.
        PluginFault: The rule failed.

    >>> import argmap
    >>> m = argmap.Map.of({"tram": 0.6, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> found = argmap.flips(m, "tram", to="accepted", rule="df-quad", allow=["mute"])
    >>> [flip.operations[0].relation for flip in found.flips], found.complete
    (['r1'], True)
    """
    choice = read_choice(rule, parameters, options)
    return find_flips(
        map,
        choice.rule,
        evaluated(map, choice),
        claim,
        to,
        allow=allow,
        max_operations=max_operations,
        seconds=seconds,
    )


def what_if(
    map: Map,
    operations: Sequence[Operation],
    rules: Sequence[RuleChoice],
    *,
    targets: Sequence[str] = (),
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
) -> WhatIf:
    """Say what changes would do to claims, under several rules.

    Args:
        map: A valid map; it stays as it is.
        operations: The changes, as in a change set.
        rules: Each as for `evaluate`.
        targets: The claims to watch, by key or, if the changes add them, by ``$name``;
            none: the map's own.
        parameters: For those that bring none of their own: every rule has to take them.
        options: The same.

    Raises:
        InvalidMap: The changes cannot be made, or there is no such claim.
        Malformed: There are no claims to watch.
        NotFound, InvalidParameters, PluginFault: As `evaluate`.

    >>> import argmap
    >>> from argmap.model import Replace
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> mute = Replace(relation="r1", set={"weight": 0.0})
    >>> effects = argmap.what_if(m, [mute], ["df-quad"], targets=["tram"])
    >>> effects.results[0].targets["tram"].delta
    0.375
    """
    chosen = [read_choice(each, parameters, options) for each in rules]
    return try_changes(map, operations, chosen, targets)


def diff(
    map: Map,
    operations: Sequence[Operation],
    rule: RuleChoice,
    *,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
) -> Diff:
    """Say what changes do to claims, and which of them does what.

    Args:
        map: A valid map; it stays as it is.
        operations: The changes, as in a change set.
        rule: The name of an installed rule, a rule, or a `RuleChoice` with its own
            parameters and options.
        parameters: The rule's own, by name.
        options: Those of every rule.

    Raises:
        InvalidMap: The changes cannot be made.
        NotFound, InvalidParameters, PluginFault: As `evaluate`.

    >>> import argmap
    >>> from argmap.model import Replace
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> mute = Replace(relation="r1", set={"weight": 0.0})
    >>> argmap.diff(m, [mute], "df-quad").causes[0].deltas
    {'tram': 0.375}
    """
    resolved = change(map, operations).operations
    choice = read_choice(rule, parameters, options)
    return find_diff(
        map, [(None, resolved)], choice.rule, choice.parameters, choice.options
    )

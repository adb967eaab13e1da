"""What `import argmap` gives: maps in, evaluations out, in one process.

The rules and formats are those that are installed; plugins are imported at the first
call that needs one. A `Rule` of your own goes wherever a rule's name does.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from argmap.debate.diff import Diff
from argmap.debate.diff import diff as find_diff
from argmap.debate.disagreement import Disagreement, disagreement, label
from argmap.debate.explanation import SECONDS, Explanation
from argmap.debate.explanation import explain as explain_claim
from argmap.debate.flips import Flips
from argmap.debate.flips import flips as find_flips
from argmap.debate.what_if import WhatIf
from argmap.debate.what_if import what_if as try_changes
from argmap.errors import NotFound
from argmap.formats.exchange import by_suffix, read, write
from argmap.model import Map, Operation, change
from argmap.plugin import Evaluation, Host, Options, Report, Rule, Verdict
from argmap.plugin import evaluate as evaluate_rule
from argmap.plugin.choice import Choice, choice_of
from argmap.plugin.contributions import Method
from argmap.plugin.turning import ATOMS, Atom

# A rule's name, a rule, or both with more: {"rule", "parameters", "options"}.
RuleChoice = str | Rule | Mapping[str, Any]

# Beside the code in a wheel, at the top of the repository in an editable install.
_SEEDS = (Path(__file__).parent / "seeds", Path(__file__).parents[1] / "seeds")


class Comparison(Struct, frozen=True, kw_only=True):
    """Several rules on one map, side by side, and where they part."""

    evaluations: dict[str, Evaluation]
    disagreement: Disagreement


def load(
    source: str | Path | bytes,
    format: str | None = None,
) -> tuple[Map, Report]:
    """Read a map from a file's path, or from bytes.

    Args:
        source: A path, or the content itself as bytes.
        format: A format's name; left out, the content decides.

    Returns:
        The map, and a remark for every repair and every loss.

    Raises:
        OSError: The file cannot be read.
        NotFound: No format of that name is installed.
        Malformed, InvalidMap: The content is no map.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return read(_host(), data, format)


def dump(
    map: Map,
    path: str | Path,
    format: str | None = None,
) -> Report:
    """Write a map to a file, in the format named or else by the file's suffix.

    Returns:
        A remark for everything that the format cannot hold.

    Raises:
        OSError: The file cannot be written.
        NotFound: No such format is installed, or no format has that suffix.
    """
    path = Path(path)
    name = format or by_suffix(_host(), path.name).name
    data, report = write(_host(), map, name)
    path.write_bytes(data)
    return report


def evaluate(
    map: Map,
    rule: RuleChoice,
    *,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
) -> Evaluation:
    """Run a rule on a map.

    Args:
        map: A valid map.
        rule: The name of an installed rule, a rule, or a `RuleChoice` with its own
            parameters and options.
        parameters: The rule's own, by name.
        options: Those of every rule: default_base_score, linked, threshold, margin.

    Raises:
        NotFound: No rule of that name is installed.
        InvalidParameters: The rule does not take these parameters or options.
        PluginFault: The rule failed.

    >>> import argmap
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> argmap.evaluate(m, "df-quad").strengths
    {'tram': 0.125, 'cost': 0.75}
    """
    return _evaluated(map, _choice(rule, parameters, options))


def compare(
    map: Map,
    rules: Sequence[RuleChoice],
    *,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
) -> Comparison:
    """Run several rules on a map, and compare them.

    Args:
        map: A valid map.
        rules: Each as for `evaluate`; of one that comes twice the second evaluation is
            called ``rule#2``.
        parameters: For those that bring none of their own: every rule has to take them.
        options: The same.

    Raises:
        NotFound, InvalidParameters, PluginFault: As `evaluate`.

    >>> import argmap
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> comparison = argmap.compare(m, ["base-score", "df-quad"])
    >>> [disputed.claim for disputed in comparison.disagreement.claims]
    ['tram']
    """
    evaluations: dict[str, Evaluation] = {}
    for each in rules:
        found = _evaluated(map, _choice(each, parameters, options))
        evaluations[label(found.rule, evaluations)] = found
    return Comparison(evaluations=evaluations, disagreement=disagreement(evaluations))


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
    choice = _choice(rule, parameters, options)
    return explain_claim(
        map,
        choice.rule,
        _evaluated(map, choice),
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
    choice = _choice(rule, parameters, options)
    return find_flips(
        map,
        choice.rule,
        _evaluated(map, choice),
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
        targets: The claims to watch; none: the map's own.
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
    chosen = [_choice(each, parameters, options) for each in rules]
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
    choice = _choice(rule, parameters, options)
    return find_diff(
        map, [(None, resolved)], choice.rule, choice.parameters, choice.options
    )


def rules() -> dict[str, Rule]:
    """Say which rules are installed, by name."""
    return {name: installed.rule for name, installed in _host().rules.items()}


def seed(name: str) -> Path:
    """Find a map that ships with argmap.

    Raises:
        NotFound: There is no seed of that name.

    >>> seed("japan-nato").name
    'japan-nato.argmap.json'
    """
    for folder in _SEEDS:
        path = folder / f"{name}.argmap.json"
        if path.is_file():
            return path
    raise NotFound("seed", name)


@cache
def _host() -> Host:
    return Host.load()


def _choice(
    rule: RuleChoice,
    parameters: Mapping[str, Any] | Struct | None,
    options: Mapping[str, Any] | Options | None,
) -> Choice:
    return choice_of(rule, lambda name: _host().rule(name), parameters, options)


def _evaluated(map: Map, choice: Choice) -> Evaluation:
    return evaluate_rule(map, choice.rule, choice.parameters, choice.options)

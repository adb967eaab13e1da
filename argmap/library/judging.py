"""Rules as they are installed, and what they make of a map."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from argmap.debate.disagreement import Disagreement, disagreement, label
from argmap.debate.hinges import without_each
from argmap.model import Map
from argmap.plugin import Evaluation, Host, Options, Rule
from argmap.plugin import evaluate as evaluate_rule
from argmap.plugin.choice import Choice, choice_of

# A rule's name, a rule, or both with more: {"rule", "parameters", "options"}.
RuleChoice = str | Rule | Mapping[str, Any]


class Comparison(Struct, frozen=True, kw_only=True):
    """Several rules on one map, side by side, and where they part."""

    evaluations: dict[str, Evaluation]
    disagreement: Disagreement


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
    return evaluated(map, choice(rule, parameters, options))


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
    choices: dict[str, Choice] = {}
    for each in rules:
        chosen = choice(each, parameters, options)
        found = evaluated(map, chosen)
        name = label(found.rule, evaluations)
        evaluations[name], choices[name] = found, chosen
    again = {
        hinge: {name: evaluated(other, chosen) for name, chosen in choices.items()}
        for hinge, other in without_each(map).items()
    }
    return Comparison(
        evaluations=evaluations, disagreement=disagreement(evaluations, map, again)
    )


def rules() -> dict[str, Rule]:
    """Say which rules are installed, by name."""
    return {name: installed.rule for name, installed in host().rules.items()}


@cache
def host() -> Host:
    """Load the plugins, once."""
    return Host.load()


def choice(
    rule: RuleChoice,
    parameters: Mapping[str, Any] | Struct | None,
    options: Mapping[str, Any] | Options | None,
) -> Choice:
    """Read a rule with what is chosen of it."""
    return choice_of(rule, lambda name: host().rule(name), parameters, options)


def evaluated(map: Map, choice: Choice) -> Evaluation:
    """Run a rule as it was chosen."""
    return evaluate_rule(map, choice.rule, choice.parameters, choice.options)

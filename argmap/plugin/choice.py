"""A rule with what is chosen of it, in whatever words it was asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from argmap.model.codec import convert
from argmap.plugin.evaluate import decode_options
from argmap.plugin.evaluation import Options
from argmap.plugin.rule import Rule

Values = Mapping[str, Any]


class Choice(Struct, frozen=True, kw_only=True):
    """A rule, its parameters and options, all read."""

    rule: Rule
    parameters: Struct
    options: Options


class _Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A choice in plain data."""

    rule: str
    parameters: dict[str, Any] | None = None
    options: dict[str, Any] | None = None


def choose(
    rule: Rule,
    parameters: Values | Struct | None = None,
    options: Values | Options | None = None,
    *,
    is_text: bool = False,
) -> Choice:
    """Read parameters and options for a rule; *is_text* as for `Rule.decode`.

    Raises:
        InvalidParameters: The rule does not take them; the pointer starts with
            ``/parameters`` or ``/options``.
    """
    return Choice(
        rule=rule,
        parameters=rule.decode(parameters, is_text=is_text),
        options=decode_options(rule, options, is_text=is_text),
    )


def choice_of(
    asked: str | Rule | Values,
    find: Callable[[str], Rule],
    parameters: Values | Struct | None = None,
    options: Values | Options | None = None,
) -> Choice:
    """Read a choice from a rule's name, a rule, or an object with both and more.

    Args:
        asked: A name, a `Rule`, or ``{"rule", "parameters", "options"}`` with either as
            its rule; what such an object says of parameters or options counts instead
            of what follows here.
        find: Gives the rule of a name.
        parameters: The rule's own.
        options: Those of every rule.

    Raises:
        Malformed: The object has other members.
        InvalidParameters: As `choose`.
    """
    if isinstance(asked, str | Rule):
        rule = asked if isinstance(asked, Rule) else find(asked)
        return choose(rule, parameters, options)
    own = asked.get("rule")
    plain = dict(asked) | ({"rule": own.name} if isinstance(own, Rule) else {})
    named = convert(plain, _Named)
    return choose(
        own if isinstance(own, Rule) else find(named.rule),
        parameters if named.parameters is None else named.parameters,
        options if named.options is None else named.options,
    )

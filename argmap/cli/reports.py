"""Explanations, flips and what-ifs as tables for people."""

from collections.abc import Iterable

import click

from argmap.cli.tables import plain, show
from argmap.debate.explanation import Explanation
from argmap.debate.flips import Flips
from argmap.debate.what_if import WhatIf
from argmap.model import Add, Map, Operation, Relation, Replace
from argmap.plugin import Verdict
from argmap.plugin.contributions import Contribution
from argmap.plugin.reasons import Defence
from argmap.plugin.turning import Standing

# Contributions of each kind that are shown; the JSON has them all.
_MOST = 10


def explanation(map: Map, found: Explanation) -> None:
    """Print why a claim scores as it does."""
    standing = Standing(strength=found.strength, verdict=found.verdict)
    click.echo(f"{found.claim}: {_told(standing)} under {found.rule}")
    click.echo(f"base score {found.base:.2f}; {found.method}, {found.note}")
    if found.seed is not None:
        click.echo(f"sampled: {found.permutations} permutations, seed {found.seed}")
    kinds = {
        "claim": found.contributions.claims,
        "relation": found.contributions.relations,
        "source": found.contributions.sources,
    }
    show(
        plain(
            ("", "key", "value", "text"),
            (
                (kind, each.key, _value(each), _text(map, kind, each.key))
                for kind, contributions in kinds.items()
                for each in [c for c in contributions if c.value != 0][:_MOST]
            ),
        )
    )
    if found.defence is not None:
        click.echo(f"defended by {_listed(found.defence)}")
    if (lack := found.unanswered) is not None:
        attacker = f"relation {lack.relation}" if lack.relation else "want of support"
        click.echo(f"not defended from {attacker} ({_keys(lack.claims)})")
        if lack.defence is not None:
            click.echo(f"which rests on {_listed(lack.defence)}")


def turns(found: Flips, to: Verdict) -> None:
    """Print what would turn a verdict."""
    click.echo(f"now {_told(found.before)} under {found.rule}")
    if found.before.verdict == to:
        click.echo(f"it is {to} already: there is nothing to turn")
        return
    show(
        plain(
            ("changes", "after"),
            (
                ("; ".join(_words(flip.operations)), _told(flip.after))
                for flip in found.flips
            ),
        )
    )
    rest = "all there are" if found.complete else "there may be more (try --seconds)"
    click.echo(f"{found.searched} sets tried; {rest}")


def consequences(found: WhatIf) -> None:
    """Print what changes would do."""
    show(
        plain(
            ("rule", "claim", "before", "after"),
            (
                (
                    result.rule,
                    claim,
                    _told(effect.before) if effect.before else "added",
                    _told(effect.after) if effect.after else "removed",
                )
                for result in found.results
                for claim, effect in (result.targets or {}).items()
            ),
        )
    )


def _told(standing: Standing) -> str:
    return f"{standing.strength:.3f} {standing.verdict or ''}".rstrip()


def _value(each: Contribution) -> str:
    if each.value is None:
        return "none"
    return f"{each.value:+.3f}" + (f" ±{each.stderr:.3f}" if each.stderr else "")


def _text(map: Map, kind: str, key: str) -> str:
    if kind == "claim":
        return map.claims[key].text
    if kind == "source":
        return map.sources[key].title
    relation = map.relations[key]
    target = relation.target.claim or relation.target.relation
    return f"{', '.join(relation.premises)} {relation.kind}s {target}"


def _words(operations: Iterable[Operation]) -> Iterable[str]:
    for operation in operations:
        match operation:
            case Replace(relation=str(key)):
                yield f"mute {key}"
            case Replace(claim=str(key), set={"base_score": score}):
                yield f"move the base score of {key} to {score:.3f}"
            case Add(relation=Relation(target=target)):
                yield f"rebut {target.claim}"


def _listed(defence: Defence) -> str:
    if not defence.relations:
        return "nothing: nothing is needed"
    return f"{_keys(defence.relations)} (from {_keys(defence.claims)})"


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(keys) or "no claim"

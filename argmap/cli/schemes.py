"""The argument schemes that are known here: `schemes`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options

if TYPE_CHECKING:
    from argmap.plugin import Scheme

_DOES = {"rebut": "rebuts the conclusion", "undercut": "undercuts the inference"}


@click.command()
@click.argument("name", metavar="[SCHEME]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the schemes as JSON.")
@options.plugins_dir
def schemes(name: str | None, as_json: bool, plugins_dir: Path | None) -> None:
    """List argument schemes, or show what to ask of one.

    Example: `argmap schemes "Argument from expert opinion"`

    SCHEME is a key, or any name that a relation may have for it.
    """
    import msgspec

    from argmap.cli.tables import plain, show
    from argmap.plugin import Host

    host = Host.load(options.settings(plugins_dir=plugins_dir).plugins_dir)
    if as_json:
        found = host.scheme(name) if name else tuple(host.schemes.values())
        click.echo(msgspec.json.encode(found).decode())
    elif name:
        click.echo("\n".join(_lines(host.scheme(name))))
    else:
        rows = ((each.key, each.description) for each in host.schemes.values())
        show(plain(("scheme", "says"), rows))


def _lines(scheme: "Scheme") -> Iterator[str]:
    """Write a scheme for people."""
    yield f"{scheme.title} ({scheme.key})"
    yield scheme.description
    yield ""
    for role in scheme.premises:
        yield f"  {role.key}: {role.text}"
    yield f"  so: {scheme.conclusion}"
    yield ""
    for question in scheme.questions:
        does = _DOES.get(question.attack, f"undermines {question.undermines}")
        yield f"  {question.key}: {question.text} ({does})"
    yield ""
    yield f"also called: {', '.join(scheme.names)}" if scheme.names else ""
    yield scheme.source

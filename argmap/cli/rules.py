"""The rules that are installed: `rules`, and `rules check`, which tests them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from argmap.cli import options

if TYPE_CHECKING:
    from argmap.plugin.laws import Findings

_STORAGE: Final = "HYPOTHESIS_STORAGE_DIRECTORY"


@click.group(invoke_without_command=True)
@options.plugins_dir
@click.pass_context
def rules(context: click.Context, plugins_dir: Path | None) -> None:
    """List the installed rules, by name.

    Example: `argmap rules`
    """
    if context.invoked_subcommand is not None:
        return
    from argmap.cli.tables import plain, show
    from argmap.plugin import Host

    host = Host.load(options.settings(plugins_dir=plugins_dir).plugins_dir)
    rows = (
        (name, found.rule.title, found.rule.scale, found.plugin, found.rule.source)
        for name, found in host.rules.items()
    )
    show(plain(("name", "title", "scale", "plugin", "source"), rows))
    for problem in host.problems:
        click.echo(f"left out: {problem.detail}", err=True)


@rules.command()
@click.argument("names", metavar="RULE...", nargs=-1, required=True)
@click.option("--law", "laws", multiple=True, help="A law's name; default: all.")
@click.option(
    "--cases",
    type=click.IntRange(1, 1_000_000),
    default=100,
    help="Maps to draw for each law. Default: 100.",
)
@click.option("--seed", type=int, default=0, help="Of the draws. Default: 0.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@options.plugins_dir
@click.pass_context
def check(
    context: click.Context,
    names: tuple[str, ...],
    laws: tuple[str, ...],
    cases: int,
    seed: int,
    as_json: bool,
    plugins_dir: Path | None,
) -> None:
    """Test rules' laws and examples on maps drawn at random.

    Example: `argmap rules check base-score --cases 20`

    Exit 1 if a rule breaks a law that it promises, or an example of its own does not
    hold. A law for which no counterexample was found is not proved by that.
    """
    from argmap.plugin import Host
    from argmap.plugin.laws import check as check_rule
    from argmap.plugin.laws.record import write_record

    assert context.parent is not None
    chosen = plugins_dir or context.parent.params["plugins_dir"]
    host = Host.load(options.settings(plugins_dir=chosen).plugins_dir)
    for problem in host.problems:
        click.echo(f"left out: {problem.detail}", err=True)
    with _nothing_left_here():
        found = {
            rule.name: check_rule(rule, laws or None, cases=cases, seed=seed)
            for rule in map(host.rule, names)
        }
    if as_json:
        click.echo(write_record(found), nl=False)
    else:
        for line in _lines(found):
            click.echo(line)
    for name, findings in found.items():
        for fault in findings.faults:
            click.echo(f"{name} {fault}", err=True)
    if any(findings.faults for findings in found.values()):
        context.exit(1)


@contextmanager
def _nothing_left_here() -> Iterator[None]:
    """Have Hypothesis keep elsewhere what it would keep in the working directory."""
    if _STORAGE in os.environ:
        yield
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ[_STORAGE] = folder
        try:
            yield
        finally:
            del os.environ[_STORAGE]


def _lines(found: Mapping[str, "Findings"]) -> Iterator[str]:
    """Write findings for people, a law a line."""
    from argmap.plugin.laws import LAWS

    width = max(map(len, LAWS))
    for rule, findings in found.items():
        yield f"{rule} {findings.version or ''}".rstrip()
        for name, tested in findings.laws.items():
            outcome = {
                "no-counterexample": f"no counterexample in {tested.cases} cases",
                "broken": "broken",
                "not-applicable": "not applicable",
            }[tested.result]
            promised = "promised" if tested.promised else ""
            example = tested.counterexample
            detail = f": {example.detail}" if example else ""
            yield f"  {name.ljust(width)}  {promised.ljust(8)}  {outcome}{detail}"
        for example_run in findings.examples:
            holds = example_run.detail or "holds"
            yield f"  {'example'.ljust(width)}  {example_run.source}: {holds}"

"""Whether what was saved still holds: `verify`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from argmap.cli import options

if TYPE_CHECKING:
    from argmap.model import Map
    from argmap.plugin import Evaluation, Host
    from argmap.settings import Settings

_NONE: Final = (
    "holds no evaluation, and only saved evaluations can be verified: "
    "what `score --json`, `evaluate` or …/evaluations gave"
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The map, as a file. Default: the one in the database, at its revision.",
)
@options.database
@options.plugins_dir
def verify(
    file: Path, map_file: Path | None, database: str | None, plugins_dir: Path | None
) -> None:
    """Compute saved evaluations again, and compare.

    Example: `argmap verify evaluation.json --map city-tram.argmap.json`

    FILE is what `score --json`, the library or the API gave: one evaluation, or several
    rules. The map, the rule's code and all numbers have to agree, to 1e-12. What is no
    evaluation (an explanation, a tree, a diff, a brief) cannot be verified.
    """
    from argmap.debate.verification import differences
    from argmap.plugin import Host, evaluate

    settings = options.settings(database=database, plugins_dir=plugins_dir)
    host = Host.load(settings.plugins_dir)
    for saved, is_part in _saved(file):
        map = _map(saved, map_file, settings, host)
        rule = host.rule(saved.rule)
        now = evaluate(map, rule, saved.parameters, saved.options)
        found = list(differences(saved, now, is_part=is_part))
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise click.ClickException(f"{saved.rule}: {found[0]}{more}")
        click.echo(
            f"{saved.rule}: the map, the rule and {len(saved.claims)} claims agree"
        )


def _saved(file: Path) -> "list[tuple[Evaluation, bool]]":
    """Read the evaluations of a file, and whether each is a part of a larger one."""
    import msgspec

    from argmap.errors import Malformed
    from argmap.model.codec import decode
    from argmap.plugin import Evaluation

    content: Any = decode(file.read_bytes(), Any)
    if not isinstance(content, dict):
        raise Malformed(f"{file} {_NONE}")
    if "input_hash" in content:
        found = [content]
    elif isinstance(content.get("results"), list):
        results = [each for each in content["results"] if isinstance(each, dict)]
        found = [each["evaluation"] for each in results if each.get("evaluation")]
    else:
        found = list(content.values())
    if not found:
        raise Malformed(f"{file} {_NONE}")
    try:
        return [
            (
                msgspec.convert(each, Evaluation),
                isinstance(each, dict) and "next" in each,
            )
            for each in found
        ]
    except msgspec.ValidationError as error:
        raise Malformed(f"{file} {_NONE}") from error


def _map(
    saved: "Evaluation", file: Path | None, settings: "Settings", host: "Host"
) -> "Map":
    from argmap.cli.given import stored, tell
    from argmap.errors import NotFound
    from argmap.formats.exchange import read

    if file is not None:
        map, report = read(host, file.read_bytes())
        tell(str(file), report)
        return map
    if saved.map is None:
        raise NotFound("map", "of this evaluation: name its file by --map")
    return stored(saved.map, settings, saved.revision).map

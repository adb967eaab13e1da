"""Options that several commands share, and the settings that come of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from argmap.settings import Settings, checked

database = click.option(
    "--database",
    metavar="FILE",
    help="The SQLite database, or a database URL. Default: argmap.db here.",
)
plugins_dir = click.option(
    "--plugins-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also load the plugins in this directory, one file each.",
)
host = click.option("--host", help="The address to listen on. Default: 127.0.0.1.")
port = click.option(
    "--port", type=click.IntRange(1, 65_535), help="The port. Default: 8000."
)


def _pairs(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Read ``name=value``, each name once."""
    pairs: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.BadParameter(f"{each!r} is no NAME=VALUE", context, option)
        if name in pairs:
            raise click.BadParameter(f"{name!r} is given twice", context, option)
        pairs[name] = value
    return pairs


format_options = click.option(
    "--option",
    "format_options",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_pairs,
    help="An option of the format, such as supports=evidential. Repeatable.",
)
strict = click.option("--strict", is_flag=True, help="Refuse to lose anything.")


def judgement(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what is chosen of its rules: parameters and options."""
    of_rule = click.option(
        "--param",
        "parameters",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_pairs,
        help="A parameter of the rule, such as k=2; all rules named take it. "
        "Repeatable.",
    )
    of_all = click.option(
        "--option",
        "rule_options",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_pairs,
        help="What every rule lets one choose: default_base_score, linked, threshold, "
        "margin. Repeatable.",
    )
    return of_rule(of_all(command))


def settings(**chosen: Any) -> Settings:
    """Read the settings; what was chosen on the command line counts most.

    Raises:
        Malformed: The environment, ``argmap.toml`` or an option holds what is no
            setting.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    if "database" in given:
        file = given.pop("database")
        given["database_url"] = file if "://" in file else f"sqlite:///{file}"
    for name, value in given.items():
        place = f"--{name.replace('_', '-')}"
        given[name] = checked(name, value, place, strict=True)
    return replace(Settings.load(), **given)

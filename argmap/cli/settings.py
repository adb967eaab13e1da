"""`settings`: what whoever runs argmap may choose, as a document."""

from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin

import click
import msgspec

from argmap.settings import FILE, PREFIX, Settings

HEAD: Final = f"""\
# Settings

Each is a variable of the environment, `{PREFIX}` and its name in capitals, or a line of
`{FILE}` in the directory where argmap starts; the variable counts more. Several values
are a list in the file, and separated by spaces in a variable. `argmap serve --help` has
options for some, which count most.

| setting | default | range | unit | what for |
|---|---|---|---|---|
"""
_UNITS: Final = ("seconds", "bytes")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def settings(file: Path | None) -> None:
    """Write what can be set, with defaults, ranges and units.

    Example: `argmap settings SETTINGS.md`

    Without a file it goes to standard output.
    """
    if file:
        file.write_text(document(), encoding="utf-8")
    else:
        click.echo(document(), nl=False)


def document() -> str:
    """List the settings, as Markdown."""
    return HEAD + "".join(
        f"| `{field.name}` | {_default(field.default)} | {_range(field.type)} | "
        f"{_unit(field)} | {_what_for(field.type)} |\n"
        for field in msgspec.structs.fields(Settings)
    )


def _default(value: Any) -> str:
    match value:
        case None | () | "":
            return ""
        case bool():
            return f"`{str(value).lower()}`"
        case float():
            return f"`{value:g}`"
    return f"`{value}`"


def _range(type_: Any) -> str:
    """Say how small and how large a number may be."""
    meta = get_args(type_)[1]
    return "" if meta.ge is None else f"{meta.ge} to {meta.le}"


def _unit(field: msgspec.structs.FieldInfo) -> str:
    """Name the unit, which is what a name ends with, or the choices that there are."""
    last = field.name.rpartition("_")[2]
    if last in _UNITS:
        return last
    type_ = get_args(field.type)[0]
    if get_origin(type_) is Literal:
        return ", ".join(f"`{each}`" for each in get_args(type_))
    kinds = get_args(type_) if isinstance(type_, UnionType) else (type_,)
    return "`true`, `false`" if bool in kinds else ""


def _what_for(type_: Any) -> str:
    return str(get_args(type_)[1].description)

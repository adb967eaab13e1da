"""ICCMA's frameworks: ``p af n``, then ``i j`` where argument i attacks j.

The older form, ``p af n m`` and ``i -j 0`` with ``c`` comments, begins alike and is
told apart by its third number; what was read in it is written in it. Arguments are
numbers: a comment a line says which claim each is, and is read back. ICCMA 2023.
"""

import re
from typing import Any, Final

from msgspec import DecodeError, Struct, json

from argmap.errors import TooLarge
from argmap.formats.frameworks import (
    Edge,
    Framework,
    Reading,
    attacks_only,
    map_of,
)
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, misplaced
from argmap.model import Map
from argmap.plugin import Format, Place, Report, check_patience, only

_HEAD: Final = re.compile(r"p\s+af\s+([0-9]{1,9})(?:\s+([0-9]{1,9}))?\s*")
_EDGE: Final = re.compile(r"([0-9]{1,9})\s+([0-9]{1,9})\s*")
_OLD_EDGE: Final = re.compile(r"([0-9]{1,9})\s+-([0-9]{1,9})\s+0\s*")
_TABLE: Final = re.compile(r'([0-9]{1,9})\s+=\s+([a-z0-9-]+)\s+(".*")\s*')
_SNIFF: Final = re.compile(rb"(?m)^p[^\S\n]+af[^\S\n]+[0-9]")

MOST: Final = 1_000_000
"""Arguments: a head of a few bytes may promise any number of them."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``supports`` as for all that know attacks only; ``old`` is the older form."""

    supports: Reading = "leave-out"
    old: bool = False


def sniff(data: bytes) -> float:
    """Look for the line ``p af``."""
    return 0.95 if _SNIFF.search(data[:200_000]) else 0.0


def read_map(data: bytes, _: Options) -> tuple[Map, Report]:
    """Read a framework of numbered arguments, in the form of 2023 or the older one."""
    remarks = Remarks()
    framework = Framework()
    is_old = size = None
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        check_patience()
        place = Place(line=number)
        if not line.strip() or line[0] in "#c":
            _name(line, framework)
        elif size is None:
            head = _HEAD.fullmatch(line)
            if head is None:
                raise misplaced("before this a line 'p af n' is expected", number)
            size, is_old = int(head[1]), head[2] is not None
            if size > MOST:
                raise TooLarge("the framework", size, MOST)
            framework.places.update((str(i), place) for i in range(1, size + 1))
        else:
            edge = (_OLD_EDGE if is_old else _EDGE).fullmatch(line)
            form = "'i -j 0'" if is_old else "'i j'"
            if edge is None:
                raise misplaced(f"this is no attack {form}", number)
            ends = str(int(edge[1])), str(int(edge[2]))
            if not all(end in framework.places for end in ends):
                raise misplaced(f"arguments are 1 to {size}", number)
            framework.edges.append(Edge("rebut", *ends, place))
    if size is None:
        raise misplaced("there is no line 'p af n'", 1)
    if is_old:
        framework.residue["old"] = True
    return map_of(framework, "af", remarks), remarks.report()


def _name(line: str, framework: Framework) -> None:
    if table := _TABLE.fullmatch(line[1:].strip()):
        try:
            text: Any = json.decode(table[3])
        except DecodeError:
            return  # somebody else's comment
        framework.keys[table[1]] = table[2]
        framework.labels[table[1]] = text


def write_map(map_: Map, options: Options) -> tuple[bytes, Report]:
    """Write numbered arguments and attacks, and in comments which claims they are."""
    numbers = {key: str(i) for i, key in enumerate(map_.claims, start=1)}
    arguments, attacks = attacks_only(map_, numbers, options.supports, "af")
    index = {name: i for i, name in enumerate(arguments, start=1)}
    residue = map_.residue.get("af")
    is_old = options.old or (isinstance(residue, dict) and residue.get("old") is True)
    size = f"{len(arguments)} {len(attacks)}" if is_old else f"{len(arguments)}"
    lines = [f"p af {size}"]
    mark = "c" if is_old else "#"
    if options.supports != "leave-out":
        lines.append(f"{mark} supports are read as {options.supports}")
    for key, number in numbers.items():
        text = map_.claims[key].text
        if (key, text) != (number, number):
            lines.append(f"{mark} {number} = {key} {json.encode(text).decode()}")
    form = "{} -{} 0" if is_old else "{} {}"
    lines += [form.format(index[a], index[b]) for a, b in attacks]
    return "".join(f"{line}\n" for line in lines).encode(), ()


AF: Final = Format(
    "af",
    "ICCMA p af",
    suffixes=(".af", ".cnf"),
    media_type="text/plain",
    sniff=sniff,
    read=read_map,
    write=write_map,
    options=Options,
    features=only(
        "rebuts several-parents cycles order isolated-claims",
        residue="keys texts line-breaks strange",
    ),
)

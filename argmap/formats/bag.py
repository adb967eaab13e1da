"""BAG, the bipolar graphs of Uncertainpy.

Such as ``arg(A, 0.5). att(B, A). sup(C, A).`` One fact a line, the dot may be missing,
names may be numbers. A base score that a claim has not got is written as 0.5, for the
format wants one. Potyka, Uncertainpy.
"""

import re
from typing import Final, Literal

from argmap.formats.frameworks import (
    Edge,
    Framework,
    edges_of,
    map_of,
    names_of,
    selves,
)
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, misplaced
from argmap.model import Map
from argmap.plugin import Format, Place, Report, check_patience, only

_FACT: Final = re.compile(r"\s*(arg|att|sup)\(([^(),]+),([^(),]+)\)\s*\.?")
_SNIFF: Final = re.compile(rb"(?m)^\s*arg\([^(),]+,\s*[0-9.eE+-]+\s*\)")
_NAME: Final = re.compile(r"[A-Za-z0-9_]+")
_KINDS: Final[dict[str, Literal["rebut", "support"]]] = {
    "att": "rebut",
    "sup": "support",
}


def sniff(data: bytes) -> float:
    """Look for a fact ``arg(a, 0.5)``."""
    return 0.85 if _SNIFF.search(data[:20_000]) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read a bipolar graph with base scores."""
    remarks = Remarks()
    framework = Framework()
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        check_patience()
        place = Place(line=number)
        at = 0
        line = line.partition("#")[0].partition("%")[0].rstrip()
        while at < len(line):
            fact = _FACT.match(line, at)
            if fact is None:
                raise misplaced("a fact is expected, such as arg(a, 0.5).", number)
            at = fact.end()
            first, second = fact[2].strip(), fact[3].strip()
            if fact[1] != "arg":
                framework.edges.append(Edge(_KINDS[fact[1]], first, second, place))
                continue
            framework.argue(first, place, remarks)
            try:
                framework.scores.setdefault(first, float(second))
            except ValueError:
                raise misplaced(f"{second!r} is no base score", number) from None
    return map_of(framework, "bag", remarks), remarks.report()


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a bipolar graph; names are the keys of claims."""
    remarks = Remarks()
    names = names_of(map_, "bag", _NAME)
    lines = []
    for key, name in names.items():
        score = map_.claims[key].base_score
        if score is None:
            remarks.loss("base-scores", f"claim {key!r} has none", "0.5 written")
        lines.append(f"arg({name}, {0.5 if score is None else score!r}).")
    for kind, premise, target, _ in edges_of(map_, ["rebut", "support"]):
        word = "att" if kind == "rebut" else "sup"
        lines.append(f"{word}({names[premise]}, {names[target]}).")
    lines += [f"att({a}, {b})." for a, b in selves(map_, names, "bag")]
    return "".join(f"{line}\n" for line in lines).encode(), remarks.report()


BAG: Final = Format(
    "bag",
    "BAG (Uncertainpy)",
    suffixes=(".bag",),
    media_type="text/plain",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=only(
        "base-scores supports rebuts several-parents cycles order isolated-claims"
    ),
)

"""TGF, the trivial graph format: names with labels, a line ``#``, pairs of names.

As solvers of abstract argumentation use it: an edge is an attack. A label of an edge
that begins with "support" makes it a support when reading. Labels are texts of claims.
"""

import re
from typing import Final

from argmap.formats.frameworks import (
    Edge,
    Framework,
    Options,
    attacks_only,
    edges_of,
    map_of,
    names_of,
)
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, misplaced
from argmap.model import Map
from argmap.plugin import Format, Place, Report, check_patience, only

_NAME: Final = re.compile(r"[^\s#]\S*")
_SNIFF: Final = re.compile(rb"(?m)^#[^\S\n]*\r?$")


def sniff(data: bytes) -> float:
    """Look for a line ``#`` and pairs of what stands before it."""
    divider = _SNIFF.search(data)
    if divider is None:
        return 0.0
    above = data[: divider.start()].split(b"\n")
    names = {line.split()[0] for line in above if line.strip()}
    edges = [line.split() for line in data[divider.end() :][:2000].split(b"\n")[1:20]]
    pairs = [edge[:2] for edge in edges[:-1] if edge]
    return 0.7 if all(len(p) == 2 and names.issuperset(p) for p in pairs) else 0.0


def read_map(data: bytes, _: Options) -> tuple[Map, Report]:
    """Read TGF; labels of edges are kept as residue."""
    remarks = Remarks()
    framework = Framework()
    labels: list[list[str]] = []
    is_edge = False
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        check_patience()
        place = Place(line=number)
        if line.strip() == "#" and not is_edge:
            is_edge = True
        elif not line.strip():
            continue
        elif not is_edge:
            name, *more = line.split(None, 1)
            framework.argue(name, place, remarks)
            if more:
                framework.labels[name] = more[0].strip()
        else:
            words = line.split(None, 2)
            if len(words) < 2:
                raise misplaced("an edge needs two names", number)
            label = words[2].strip() if len(words) > 2 else ""
            is_support = label.lower().startswith("support")
            edge = Edge("rebut", words[0], words[1], place)
            edge = edge._replace(kind="support") if is_support else edge
            framework.edges.append(edge)
            if label:
                labels.append([words[0], words[1], label])
    if labels:
        framework.residue["labels"] = labels
    return map_of(framework, "tgf", remarks), remarks.report()


def write_map(map_: Map, options: Options) -> tuple[bytes, Report]:
    """Write TGF: attacks only, as the option ``supports`` says."""
    names = names_of(map_, "tgf", _NAME)
    keys = {name: key for key, name in names.items()}
    arguments, attacks = attacks_only(map_, names, options.supports, "tgf")
    labels = _labels(map_)
    lines = []
    for name in arguments:
        text = " ".join(map_.claims[keys[name]].text.split()) if name in keys else name
        lines.append(name if text == name else f"{name} {text}")
    lines.append("#")
    supports = [
        (names[a], names[b])
        for _, a, b, _ in edges_of(map_, ["support"])
        if (names[a], names[b]) in labels
    ]
    for edge in [*attacks, *supports]:
        lines.append(" ".join([*edge, *([labels[edge]] if edge in labels else [])]))
    return "".join(f"{line}\n" for line in lines).encode(), ()


def _labels(map_: Map) -> dict[tuple[str, str], str]:
    """Give the labels that edges had in the file, by their ends."""
    residue = map_.residue.get("tgf")
    labels = residue.get("labels") if isinstance(residue, dict) else None
    return {
        (each[0], each[1]): each[2]
        for each in (labels if isinstance(labels, list) else ())
        if isinstance(each, list) and len(each) == 3
        if all(isinstance(word, str) for word in each) and "\n" not in each[2]
    }


TGF: Final = Format(
    "tgf",
    "TGF",
    suffixes=(".tgf",),
    media_type="text/plain",
    sniff=sniff,
    read=read_map,
    write=write_map,
    options=Options,
    features=only(
        "keys texts rebuts several-parents cycles order isolated-claims",
        residue="strange",
    ),
)

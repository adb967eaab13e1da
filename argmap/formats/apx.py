"""APX, the facts of ASPARTIX: arguments, attacks, supports.

Such as ``arg(a). att(a,b). support(a,b).`` Read as the answer-set programs that such
files are: facts in any order, several on a line, ``%`` comments. Written as the
narrowest solver wants them: a fact a line, arguments first, names of letters, digits
and underscores. What arguments are called in the map and what they say stands in
comments ``% name = key "text"``, which are read back. Facts of other kinds (values,
preferences) are residue. Gaggl et al., ASPARTIX.
"""

import re
from typing import Any, Final

from msgspec import DecodeError, json

from argmap.formats.frameworks import (
    NARROW,
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

_FACT: Final = re.compile(r"\s*([a-z]\w*)\s*(?:\(([^()%]*)\))?\s*\.?")
_TABLE: Final = re.compile(r'%\s*(\w+)\s+=\s+([a-z0-9-]+)\s+(".*")\s*')
_SNIFF: Final = re.compile(
    rb"(?m)^[^\S\n]*(?:arg\([^(),]+\)|att\([^(),]+,[^()]+\)|(?:baf|vaf|paf)\s*\.)"
)
_BAG: Final = re.compile(rb"\barg\([^(),]+,[^()]+\)")
_KINDS: Final = {"att": "rebut", "attack": "rebut", "support": "support"}
_KNOWN: Final = {"arg", "argument", "baf", *_KINDS}


def sniff(data: bytes) -> float:
    """Look for a fact ``arg(a)`` or ``att(a,b)`` at the start of a line."""
    start = data[:20_000]
    return 0.8 if _SNIFF.search(start) and not _BAG.search(start) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read APX in its wide form; values and preferences are kept as residue."""
    remarks = Remarks()
    framework = Framework()
    facts: list[str] = []
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        _read_line(line, number, framework, facts, remarks)
    if facts:
        framework.residue["facts"] = facts
        what = f"{len(facts)} facts ({', '.join(facts[:3])})"
        remarks.note("strange", what, "kept as residue")
    return map_of(framework, "apx", remarks), remarks.report()


def _read_line(
    line: str, number: int, framework: Framework, facts: list[str], remarks: Remarks
) -> None:
    if table := _TABLE.fullmatch(line.strip()):
        _name(table, framework)
        return
    line = line.partition("%")[0].rstrip()
    at = 0
    while at < len(line):
        place = Place(line=number, column=at + 1)
        check_patience()
        fact = _FACT.match(line, at)
        if fact is None:
            raise misplaced("here a fact is expected, such as arg(a).", number, at + 1)
        at = fact.end()
        name, given = fact[1], fact[2]
        terms = [term.strip() for term in (given or "").split(",")]
        if name not in _KNOWN:
            facts.append(fact[0].strip().rstrip(".") + ".")
        elif name in ("arg", "argument") and len(terms) == 1 and terms[0]:
            framework.argue(terms[0], place, remarks)
        elif name in _KINDS and len(terms) in (2, 3) and all(terms):
            weight = _weight(terms, number)
            kind: Any = _KINDS[name]
            framework.edges.append(Edge(kind, terms[0], terms[1], place, weight))
        elif name != "baf":
            raise misplaced(f"{fact[0].strip()!r} has another number of terms", number)


def _weight(terms: list[str], number: int) -> float:
    if len(terms) < 3:
        return 1.0
    try:
        return float(terms[2])
    except ValueError:
        raise misplaced(f"{terms[2]!r} is no weight", number) from None


def _name(table: re.Match[str], framework: Framework) -> None:
    try:
        text: Any = json.decode(table[3])
    except DecodeError:
        return  # somebody else's comment
    framework.keys[table[1]] = table[2]
    framework.labels[table[1]] = text


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write facts in the narrow form; texts and keys stand in comments."""
    names = names_of(map_, "apx", NARROW)
    edges = [*edges_of(map_, ["rebut", "support"])]
    facts = _facts(map_)
    lines = ["baf."] if any(kind == "support" for kind, *_ in edges) else []
    lines += [fact for fact in facts if "(" not in fact]
    for key, name in names.items():
        text = map_.claims[key].text
        if (key, text) != (name, name):
            lines.append(f"% {name} = {key} {json.encode(text).decode()}")
        lines.append(f"arg({name}).")
    for kind, premise, target, weight in edges:
        word = "att" if kind == "rebut" else "support"
        more = "" if weight == 1.0 else f",{weight!r}"
        lines.append(f"{word}({names[premise]},{names[target]}{more}).")
    lines += [f"att({a},{b})." for a, b in selves(map_, names, "apx")]
    lines += [fact for fact in facts if "(" in fact]
    return "".join(f"{line}\n" for line in lines).encode(), ()


def _facts(map_: Map) -> list[str]:
    residue = map_.residue.get("apx")
    facts = residue.get("facts") if isinstance(residue, dict) else None
    return [
        fact
        for fact in (facts if isinstance(facts, list) else ())
        if isinstance(fact, str) and _FACT.fullmatch(fact)
    ]


APX: Final = Format(
    "apx",
    "APX (ASPARTIX)",
    suffixes=(".apx",),
    media_type="text/plain",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=only(
        "supports rebuts weights several-parents cycles order isolated-claims",
        residue="keys texts line-breaks strange",
    ),
)

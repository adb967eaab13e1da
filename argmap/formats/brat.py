"""BRAT standoff annotation of arguments: ``.ann`` and ``.txt``. Read only.

As in the essays of Stab and Gurevych: components (MajorClaim, Claim, Premise) are spans
of the text, relations support or attack, a claim's stance says whether it speaks for or
against the major claims. The two files come as a zip of both; ``.ann`` alone is read
too, without the text that its offsets point into.
"""

import re
import zlib
from io import BytesIO
from itertools import pairwise
from typing import Final
from zipfile import BadZipFile, ZipFile

from argmap.errors import Malformed, TooLarge
from argmap.formats.exchange import UNNAMED
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, fit, misplaced
from argmap.model import (
    Claim,
    Map,
    Passage,
    PassageReference,
    Relation,
    Source,
    Span,
    Target,
)
from argmap.model.passages import measured
from argmap.model.text import forbidden
from argmap.plugin import Format, Place, Report

_COMPONENT: Final = re.compile(
    r"(T[0-9]{1,9})\t(\w+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)\t?(.*)"
)
_STANCE: Final = re.compile(r"A[0-9]+\tStance (T[0-9]+) (For|Against)\s*")
_RELATION: Final = re.compile(r"R[0-9]+\t(\w+) Arg1:(T[0-9]+) Arg2:(T[0-9]+)\s*")
_SNIFF: Final = re.compile(rb"(?m)^T[0-9]+\t\w+ [0-9]+ [0-9]+[;\t]")
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
_ZIP: Final = b"PK\x03\x04"
_SOURCE: Final = "text"

MOST: Final = 20_000_000
"""Bytes of an unpacked file: a bomb is none that is not unpacked."""


def sniff(data: bytes) -> float:
    """Look for an annotation, or for a zip that has a file of annotations."""
    if data.startswith(_ZIP):
        return 0.9 if b".ann" in data[-100_000:] else 0.0
    return 0.9 if _SNIFF.match(data) or _SNIFF.search(data[:5000]) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read annotations of arguments, with the text that they are about."""
    remarks = Remarks()
    annotations, text = _files(data, remarks)
    reading = _Reading(text, remarks)
    for number, line in enumerate(decoded(annotations).split("\n"), start=1):
        if line.strip():
            reading.take(line, number)
    return reading.map(), remarks.report()


def _files(data: bytes, remarks: Remarks) -> tuple[bytes, str | None]:
    """Unpack the annotations and the text."""
    if not data.startswith(_ZIP):
        remarks.note("no-text", "annotations without their text", "passages left out")
        return data, None
    found: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                suffix = info.filename[-4:]
                if suffix not in (".ann", ".txt") or info.is_dir():
                    continue
                if suffix in found:
                    raise Malformed(f"the zip holds several {suffix} files")
                with archive.open(info) as file:
                    found[suffix] = file.read(MOST + 1)
                if len(found[suffix]) > MOST:
                    raise TooLarge(info.filename, info.file_size, MOST)
    except _BROKEN as error:
        raise Malformed(f"no zip that can be read: {error}") from None
    if ".ann" not in found:
        raise Malformed("the zip holds no .ann file")
    if ".txt" not in found:
        return found[".ann"], None
    try:  # offsets count characters of the file as it is, line ends included
        return found[".ann"], found[".txt"].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start} of the text is not UTF-8") from None


class _Reading:
    def __init__(self, text: str | None, remarks: Remarks) -> None:
        self.text, self.remarks = text, remarks
        self.claims: dict[str, Claim] = {}
        self.kinds: dict[str, str] = {}
        self.passages: list[Passage] = []
        self.stances: dict[str, str] = {}
        self.edges: list[tuple[str, str, str, int]] = []

    def take(self, line: str, number: int) -> None:
        if component := _COMPONENT.fullmatch(line):
            self.take_component(component, number)
        elif stance := _STANCE.fullmatch(line):
            self.stances[stance[1]] = stance[2]
        elif relation := _RELATION.fullmatch(line):
            self.edges.append((relation[1], relation[2], relation[3], number))
        elif line[0] in "TR":
            raise misplaced("this is no annotation of BRAT's", number)
        else:
            place = Place(line=number)
            self.remarks.loss("strange", f"{line[:100]!r}", "left out", place)

    def take_component(self, found: re.Match[str], number: int) -> None:
        name, place = found[1].lower(), Place(line=number)
        if name in self.claims:
            raise misplaced(f"{found[1]} is there twice", number)
        pairs = [part.split() for part in found[3].split(";")]
        spans = tuple(Span(start=int(a), end=int(b)) for a, b in pairs)
        words = found[4] or self.quote(spans)
        references: tuple[PassageReference, ...] = ()
        if self.text is not None:
            if self.lies_in(spans):
                self.passages.append(Passage(key=name, spans=spans))
                references = (PassageReference(source=_SOURCE, passage=name),)
            else:
                what = f"{found[1]} lies outside the text"
                self.remarks.loss("no-passage", what, "no passage made", place)
        self.kinds[name] = found[2]
        self.claims[name] = Claim(
            key=name,
            text=fit(words, self.remarks, place),
            kind="position" if found[2] == "MajorClaim" else "claim",
            passages=references,
        )

    def quote(self, spans: tuple[Span, ...]) -> str:
        return " ".join((self.text or "")[s.start : s.end] for s in spans)

    def lies_in(self, spans: tuple[Span, ...]) -> bool:
        ends = [0, *(end for span in spans for end in (span.start, span.end))]
        is_ordered = all(a <= b for a, b in pairwise(ends))
        filled = all(span.start < span.end for span in spans)
        return is_ordered and filled and ends[-1] <= len(self.text or "")

    def map(self) -> Map:
        relations: dict[str, Relation] = {}

        def relate(kind: str, source: str, target: str, place: Place | None) -> None:
            source, target = source.lower(), target.lower()
            word = {"supports": "support", "attacks": "rebut"}.get(kind)
            if not word or source == target or not {source, target} <= {*self.claims}:
                what = f"{kind} from {source} to {target}"
                self.remarks.loss("no-relation", what, "left out", place)
                return
            key = f"r{len(relations) + 1}"
            relations[key] = Relation(
                key=key,
                kind=word,  # type: ignore[arg-type] # one of two
                premises=(source,),
                target=Target(claim=target),
            )

        for kind, source, target, number in self.edges:
            relate(kind, source, target, Place(line=number))
        major = tuple(key for key, kind in self.kinds.items() if kind == "MajorClaim")
        for name, stance in self.stances.items():
            for target in major:
                relate("supports" if stance == "For" else "attacks", name, target, None)
        return Map(
            key=UNNAMED,
            targets=major,
            sources=self.sources(),
            claims=self.claims,
            relations=relations,
        )

    def sources(self) -> dict[str, Source]:
        if not self.text:
            return {}
        if (character := forbidden(self.text)) is not None:
            raise Malformed(f"the text holds {character!a}, which no text may hold")
        title = self.text.strip().partition("\n")[0].strip()[:500]
        source = Source(
            key=_SOURCE,
            title=title or "Text",
            text=self.text,
            passages=tuple(self.passages),
        )
        return {_SOURCE: measured(source)}


BRAT: Final = Format(
    "brat",
    "BRAT standoff",
    suffixes=(".ann", ".zip"),
    media_type="application/zip",
    sniff=sniff,
    read=read_map,
)

"""Argument graphs of the Argumentative Microtexts, in XML. Peldszus and Stede 2015.

Text segments (edu) make up arguments (adu), directly or by joints; arguments support,
rebut, undercut. An edge may lead to an edge: ``und`` undercuts it, ``add`` adds a
premise to it. The segments are one source text, in which each claim has its passages.
No DTD is loaded, no entity resolved.
"""

import re
from typing import Final
from xml.etree.ElementTree import ParseError, XMLParser

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from argmap.errors import Malformed
from argmap.formats.exchange import UNNAMED
from argmap.formats.remarks import Remarks
from argmap.formats.texts import fit, misplaced, name_of
from argmap.formats.wiring import Kind, wire
from argmap.model import (
    Claim,
    Map,
    Passage,
    PassageReference,
    Relation,
    RelationKind,
    Scheme,
    Source,
    Span,
    Target,
    is_key,
    slug,
)
from argmap.model.passages import measured
from argmap.model.text import tidied
from argmap.plugin import Format, Place, Report

DEEPEST: Final = 20
"""Levels of elements; there are two, and the parser keeps each that is open."""

_MARK: Final = re.compile(rb"<arggraph[\s>]")
_KINDS: Final[dict[str, RelationKind]] = {
    "sup": "support",
    "exa": "support",
    "reb": "rebut",
    "und": "undercut",
}
_EXAMPLE: Final = Scheme(name="example")
_SOURCE: Final = "text"


def sniff(data: bytes) -> float:
    """Look for the element arggraph."""
    return 1.0 if _MARK.search(data[:5000]) else 0.0


class _Target:
    """What the parser calls: keeps the elements that there are, nothing deeper."""

    def __init__(self) -> None:
        self.depth = 0
        self.graph: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Malformed(f"elements nest deeper than {DEEPEST} levels")
        if self.depth == 1:
            if tag != "arggraph":
                raise Malformed(f"the outermost element is {tag!r}, not 'arggraph'")
            self.graph = attributes
        elif self.depth == 2:
            self.elements.append((tag, attributes, []))

    def end(self, _: str) -> None:
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.depth >= 2:
            self.elements[-1][2].append(text)

    def close(self) -> None:
        pass


def _parse(data: bytes) -> _Target:
    target = _Target()
    parser: XMLParser = DefusedXMLParser(
        target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(data)
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise misplaced(f"no XML: {error.msg}", line, column + 1) from None
    except DefusedXmlException as error:
        raise Malformed(f"entities are not read: {error}") from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise Malformed(f"no XML: {error}") from None
    return target


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read an argument graph; the segments become a source with passages."""
    reading = _Reading(_parse(data))
    return reading.map(), reading.remarks.report()


class _Reading:
    def __init__(self, given: _Target) -> None:
        self.graph = given.graph
        self.remarks = Remarks()
        self.segments: dict[str, Span] = {}
        self.implicit: set[str] = set()
        self.kinds: dict[str, str] = {}
        self.sides: dict[str, str] = {}
        self.edges: dict[str, dict[str, str]] = {}
        self.parts: dict[str, list[str]] = {}  # what a joint or argument is made of
        self.text = ""
        for tag, attributes, words in given.elements:
            self.take(tag, attributes, "".join(words))

    def take(self, tag: str, attributes: dict[str, str], text: str) -> None:
        own = attributes.get("id", "")
        if not own:
            raise Malformed(f"an element {tag!r} without id")
        if own in self.kinds:
            raise Malformed(f"two elements have the id {own!r}")
        self.kinds[own] = tag
        if tag == "edu":
            text = tidied(text).strip() or "(no text)"
            start = len(self.text) + (1 if self.text else 0)
            self.text += (" " if self.text else "") + text
            self.segments[own] = Span(start=start, end=start + len(text))
            if attributes.get("implicit", "").lower() in ("true", "yes", "1"):
                self.implicit.add(own)
        elif tag == "adu":
            self.sides[own] = attributes.get("type", "")
        elif tag == "edge":
            source, target = attributes.get("src", ""), attributes.get("trg", "")
            kind = attributes.get("type", "")
            if kind == "seg":
                self.parts.setdefault(target, []).append(source)
            self.edges[own] = {"src": source, "trg": target, "type": kind}
        elif tag != "joint":
            self.remarks.loss("strange", f"an element {tag!r}", "left out")

    def spans(self, argument: str) -> list[tuple[str, Span]]:
        """List the segments of an argument, joints followed, in the text's order."""
        found: dict[str, Span] = {}
        waiting, seen = [argument], set()
        while waiting:
            part = waiting.pop()
            if part in self.segments:
                found[part] = self.segments[part]
            elif part not in seen:
                seen.add(part)
                waiting += self.parts.get(part, ())
        return sorted(found.items(), key=lambda item: item[1].start)

    def map(self) -> Map:
        claims: dict[str, Claim] = {}
        keys: dict[str, str] = {}
        passages: list[Passage] = []
        for argument, side in self.sides.items():
            spans = self.spans(argument)
            words = " ".join(self.text[s.start : s.end] for _, s in spans)
            text = fit(words, self.remarks, Place())
            key = keys[argument] = slug(argument, claims, fallback="claim")
            references: tuple[PassageReference, ...] = ()
            if spans:
                merged = tuple(span for _, span in spans)
                passages.append(Passage(key=key, spans=merged))
                references = (PassageReference(source=_SOURCE, passage=key),)
            claims[key] = Claim(
                key=key,
                text=text,
                tags=(tag,) if (tag := name_of(side)) else (),
                implicit=bool(spans) and all(e in self.implicit for e, _ in spans),
                passages=references,
            )
        title = name_of(self.graph.get("topic_id")) or ""
        own = name_of(self.graph.get("id")) or ""
        return Map(
            key=slug(own, (), fallback=UNNAMED) if own else UNNAMED,
            title=title.replace("_", " "),
            targets=self.targets(keys),
            data={"stance": self.graph["stance"]} if "stance" in self.graph else {},
            sources=self.sources(own or title or "text", passages),
            claims=claims,
            relations=self.relations(keys),
        )

    def targets(self, keys: dict[str, str]) -> tuple[str, ...]:
        """Name the claims that speak for or against nothing: what it is all about."""
        busy = {edge["src"] for edge in self.edges.values()}
        return tuple(key for argument, key in keys.items() if argument not in busy)

    def sources(self, title: str, passages: list[Passage]) -> dict[str, Source]:
        if not self.text:
            return {}
        source = Source(
            key=_SOURCE, title=title, text=self.text, passages=tuple(passages)
        )
        return {_SOURCE: measured(source)}

    def relations(self, keys: dict[str, str]) -> dict[str, Relation]:
        """Wire arguments and edges: an edge is a node between what it joins."""
        names = [*keys, *(e for e, edge in self.edges.items() if edge["type"] != "seg")]
        index = {name: number for number, name in enumerate(names)}
        kinds: list[Kind] = ["claim"] * len(keys)
        pairs: list[tuple[int, int] | None] = []
        for name in names[len(keys) :]:
            edge = self.edges[name]
            kind = _KINDS.get(edge["type"])
            kinds.append("rebut" if kind == "undercut" else kind)
            source, target = index.get(edge["src"]), index.get(edge["trg"])
            if source is None or target is None:
                self.lose(name, "leads from or to nothing")
            elif edge["type"] == "add":
                pairs.append((source, index[self.added_to(name)]))
            elif kind is None:
                self.lose(name, f"is of the unknown type {edge['type']!r}")
            else:
                pairs += [(source, index[name]), (index[name], target)]
        wiring = wire(kinds, pairs)
        for number in wiring.loose_nodes:
            self.lose(names[number], "leads to itself, or to no claim in the end")
        relation_keys: dict[str, str] = {}
        taken: set[str] = set()
        for each in wiring.wires:
            name = names[each.node]
            own = name if is_key(name) else slug(name, taken, fallback="relation")
            relation_keys[name] = own
            taken.add(own)
        return {
            (key := relation_keys[names[each.node]]): Relation(
                key=key,
                kind=each.kind,
                premises=tuple(keys[names[premise]] for premise in each.premises),
                target=Target(claim=keys[names[each.target]])
                if each.target < len(keys)
                else Target(relation=relation_keys[names[each.target]]),
                scheme=_EXAMPLE
                if self.edges[names[each.node]]["type"] == "exa"
                else None,
            )
            for each in wiring.wires
        }

    def added_to(self, edge: str) -> str:
        """Follow edges that add to edges, to the one that they all add to."""
        seen: set[str] = set()
        while self.edges[edge]["type"] == "add" and edge not in seen:
            seen.add(edge)
            target = self.edges[edge]["trg"]
            if self.edges.get(target, {}).get("type", "seg") == "seg":
                break
            edge = target
        return edge

    def lose(self, edge: str, why: str) -> None:
        self.remarks.loss("no-relation", f"edge {edge!r} {why}", "left out")


ARGGRAPH: Final = Format(
    "arggraph",
    "arggraph XML (Microtexts)",
    suffixes=(".xml",),
    media_type="application/xml",
    sniff=sniff,
    read=read_map,
)

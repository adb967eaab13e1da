"""Argdown JSON: what the language's own tool exports, with or without a map to draw.

Read from statements, arguments, relations and sections, which say everything; the map
that some versions draw from them says less. Read only: what the tool exports it does
not read.
"""

import re
from typing import Any, Final, Literal

from msgspec import Struct, field

from argmap.errors import InvalidMap, Malformed
from argmap.formats.argdown.inline import Content, Range
from argmap.formats.argdown.marking import content_of
from argmap.formats.argdown.model import (
    Conclusion,
    Member,
    Model,
    Node,
    Premise,
    Relation,
    RelationType,
    Section,
    Thing,
)
from argmap.formats.argdown.reading import to_map
from argmap.formats.argdown.residue import LINE
from argmap.model import Map, validate
from argmap.model.codec import decode
from argmap.plugin import Format, Place, Remark, Report

_UNTITLED: Final = re.compile(r"Untitled [0-9]+")
_COLUMNS: Final = 2**20  # a line has fewer
_START: Final = 10_000
_BEFORE_ALL: Final = 2**60  # relations have no lines: they keep their order

End = Literal["equivalence-class", "argument", "inference"]


class _Range(Struct):
    type: str
    start: int
    stop: int
    url: str | None = None
    tag: str | None = None
    title: str | None = None


class _Inference(Struct, rename="camel"):
    inference_rules: list[str] = []
    data: dict[str, Any] | None = None
    start_line: int = 0
    start_column: int = 0


class _Member(Struct, rename="camel"):
    title: str | None = None
    text: str | None = None
    role: str | None = None
    is_reference: bool = False
    ranges: list[_Range] | None = None
    tags: list[str] | None = None
    data: dict[str, Any] | None = None
    section: str | None = None
    start_line: int = 0
    start_column: int = 0
    inference: _Inference | None = None


class _Thing(Struct):
    members: list[_Member] = []
    pcs: list[_Member] = []
    tags: list[str] | None = None
    data: dict[str, Any] | None = None
    section: str | None = None


class _Relation(Struct, rename="camel"):
    relation_type: RelationType
    from_: str = field(name="from")
    from_type: End
    to: str
    to_type: End
    conclusion_index: int | None = None


class _Section(Struct):
    id: str
    level: int = 1
    title: str = ""
    children: "list[_Section]" = []
    ranges: list[_Range] | None = None
    tags: list[str] | None = None
    data: dict[str, Any] | None = None


class _Export(Struct):
    statements: dict[str, _Thing]
    arguments: dict[str, _Thing]
    relations: list[_Relation]
    sections: list[_Section] = []
    map: Any = None


def sniff(data: bytes) -> float:
    """Look for the words of an export at its start."""
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return 0.0
    if b'"equivalence-class"' in data and b'"relations"' in data:
        return 0.95
    is_one = all(name in data for name in (b'"statements"', b'"arguments"'))
    return 0.7 if is_one and b'"relations"' in data else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read what Argdown's own tool exports as JSON."""
    export = decode(data, _Export)
    reader = _Reader(export)
    map_, report = to_map(reader.model(), reader)
    if faults := validate(map_):
        raise InvalidMap(faults)
    if export.map is None:
        return map_, report
    drawn = Remark(
        severity="note",
        code="drawn-map",
        place=Place(pointer="/map"),
        what="a map drawn from the statements, arguments and relations",
        done="not read: they say more",
    )
    return map_, (*report, drawn)


class _Reader:
    """From the export to the model; places are pointers into the file."""

    def __init__(self, export: _Export) -> None:
        self.export = export
        self.sections: dict[str, Section] = {}
        self.pointers: dict[int, str] = {}

    def place(self, offset: int) -> Place:
        return Place(pointer=self.pointers.get(offset, ""))

    def error(self, offset: int, detail: str) -> Malformed:
        return Malformed(detail, self.pointers.get(offset, ""))

    def model(self) -> Model:
        model = Model()
        model.sections = self._sections(self.export.sections)
        for title, thing in self.export.statements.items():
            model.statements[title] = self._thing("statements", title, thing)
        for title, thing in self.export.arguments.items():
            model.arguments[title] = self._thing("arguments", title, thing)
        for title, thing in self.export.arguments.items():
            model.arguments[title].steps = self._steps(model, title, thing.pcs)
        model.relations = [
            self._relation(model, index, relation)
            for index, relation in enumerate(self.export.relations)
        ]
        if any(r.type in ("entails", "contrary") for r in model.relations):
            model.frontmatter["model"] = {"mode": "strict"}
        return model

    def _sections(self, top: list[_Section]) -> list[Section]:
        made: list[Section] = []
        waiting: list[tuple[_Section, Section | None]]
        waiting = [(section, None) for section in reversed(top)]
        while waiting:
            given, parent = waiting.pop()
            content = _content(given.title, given.ranges, given.tags)
            section = Section(given.id, given.level, content, given.data or {}, parent)
            self.sections[given.id] = section
            (parent.children if parent else made).append(section)
            waiting += [(child, section) for child in reversed(given.children)]
        return made

    def _thing(self, shelf: str, title: str, given: _Thing) -> Thing:
        at = f"/{shelf}/{title.replace('~', '~0').replace('/', '~1')}"
        if not (given.members or given.pcs):
            raise Malformed("this is said nowhere: it has no members", f"{at}/members")
        members = [
            self._member(f"{at}/members/{index}", member)
            for index, member in enumerate(given.members)
        ]
        data = {k: v for k, v in (given.data or {}).items() if k != LINE}
        return Thing(
            title,
            _UNTITLED.fullmatch(title) is None,
            members,
            dict.fromkeys(given.tags or ()),
            data,
            self.sections.get(given.section or ""),
        )

    def _member(self, at: str, given: _Member) -> Member:
        offset = given.start_line * _COLUMNS + given.start_column
        self.pointers.setdefault(offset, at)
        return Member(
            _content(given.text or "", given.ranges, given.tags),
            offset,
            given.is_reference,
            given.role == "top-level-statement",
            given.role,
            given.data,
            self.sections.get(given.section or ""),
        )

    def _steps(
        self, model: Model, title: str, given: list[_Member]
    ) -> list[Conclusion | Premise]:
        at = f"/arguments/{title.replace('~', '~0').replace('/', '~1')}/pcs"
        steps: list[Conclusion | Premise] = []
        for index, each in enumerate(given):
            if each.title not in model.statements:
                detail = f"there is no statement {each.title!r}"
                raise Malformed(detail, f"{at}/{index}/title")
            member = self._member(f"{at}/{index}", each)
            if (inference := each.inference) is None:
                steps.append(Premise(each.title, index + 1, member))
                continue
            offset = inference.start_line * _COLUMNS + inference.start_column
            self.pointers.setdefault(offset, f"{at}/{index}/inference")
            steps.append(
                Conclusion(
                    each.title,
                    index + 1,
                    member,
                    [rule for rule in inference.inference_rules if rule.strip()],
                    inference.data,
                    offset,
                )
            )
        if steps and not isinstance(steps[-1], Conclusion):
            raise Malformed("the last of these must be a conclusion", at)
        return steps

    def _relation(self, model: Model, index: int, given: _Relation) -> Relation:
        at = f"/relations/{index}"
        offset = index - _BEFORE_ALL
        self.pointers[offset] = at
        source = self._node(model, given.from_type, given.from_, f"{at}/from")
        target = self._node(model, given.to_type, given.to, f"{at}/to")
        if source.type == "inference":
            raise Malformed("no relation leads from an inference", f"{at}/fromType")
        if target.type == "inference":
            steps = model.arguments[given.to].steps
            conclusion = given.conclusion_index
            if conclusion is None:
                conclusion = len(steps) - 1
            if not 0 <= conclusion < len(steps):
                raise Malformed("there is no such conclusion", f"{at}/conclusionIndex")
            target = Node("inference", given.to, conclusion)
        return Relation(given.relation_type, source, target, offset)

    def _node(self, model: Model, type_: End, title: str, at: str) -> Node:
        things = model.statements if type_ == "equivalence-class" else model.arguments
        if title not in things:
            raise Malformed(f"there is nothing called {title!r}", at)
        if type_ == "equivalence-class":
            return Node("statement", title)
        return Node(type_, title)


def _content(text: str, given: list[_Range] | None, tags: list[str] | None) -> Content:
    ranges = [
        Range(each.type, each.start, each.stop + 1, each.url or each.tag or each.title)
        for each in given or ()
        if 0 <= each.start <= each.stop
    ]
    return content_of(text, ranges, tuple(dict.fromkeys(tags or ())))


ARGDOWN_JSON: Final = Format(
    "argdown-json",
    "Argdown JSON",
    suffixes=(".argdown.json",),
    media_type="application/json",
    sniff=sniff,
    read=read_map,
)

"""Kialo's text export: a claim a line, numbered by its place in the tree.

There is no published grammar; this is the one of real exports. A discussion has one
thesis, or a question (which is no claim) and several theses. A claim under a second
parent is a line ``-> See 1.2.``. Links stay in texts as the Markdown that they are;
elsewhere ``( ) [ ]`` are escaped. Lines that are no next place in the tree continue the
text above them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from argmap.errors import TooDeep
from argmap.formats.baggage import difference, left, restored
from argmap.formats.exchange import UNNAMED
from argmap.formats.forest import Line, outline
from argmap.formats.remarks import Remarks
from argmap.formats.texts import decoded, fit, is_fit, misplaced
from argmap.model import NOTHING, Claim, Data, Map, Relation, Target, slug
from argmap.plugin import Format, Place, Report, check_patience, only

_TITLE: Final = "Discussion Title:"
_LINE: Final = re.compile(r"((?:[0-9]{1,9}\.)+)(?: (?:(Pro|Con): )?(.*))?$")
_SEE: Final = re.compile(r"-> See ((?:[0-9]{1,9}\.)+)\s*")
_LINK: Final = re.compile(
    r"\[(?:\\.|[^\[\]\\\n])*+\]\((?:\\.|[^()\\\n])*+\)", re.DOTALL
)
_BREAK: Final = re.compile(r"[^\S\n]*\n\s*")
_BRACKET: Final = re.compile(r"[()\[\]]")
_ESCAPED: Final = re.compile(r"\\([()\[\]])")
_KINDS: Final = {"Pro": "support", "Con": "rebut"}

DEEPEST: Final = 1000
"""Levels: a line is as long as its claim is deep."""


class _Item(NamedTuple):
    """A line with those that continue it."""

    parent: str
    place: int  # among what has this parent
    stance: str | None
    text: list[str]
    number: int


def sniff(data: bytes) -> float:
    """Look for the title of a discussion."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return 1.0 if start.startswith(_TITLE.encode()) else 0.0


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read a discussion; links to places further down are put right."""
    reading = _Reading()
    map_ = reading.read(decoded(data).split("\n"))
    return map_, reading.remarks.report()


class _Reading:
    def __init__(self) -> None:
        self.remarks = Remarks()
        self.items: dict[str, _Item] = {}
        self.counts: dict[str, int] = {}
        self.has_theses: bool | None = None
        self.claims: dict[str, Claim] = {}
        self.keys: dict[str, str] = {}

    def read(self, lines: list[str]) -> Map:
        title, start = "", 0
        if lines[0].strip().startswith(_TITLE):
            title, start = lines[0].strip().removeprefix(_TITLE).strip(), 1
        for number, line in enumerate(lines[start:], start=start + 1):
            check_patience()
            self.take(line, number)
        if not self.items and start:
            title = fit(title, Remarks(), Place(line=1))[:500] if title else ""
            return Map(key=slug(title, (), fallback=UNNAMED), title=title)
        if not self.items:
            raise misplaced("there is no line such as '1. A thesis.'", start + 1)
        theses = [
            path
            for path, item in self.items.items()
            if path.count(".") == 2 and item.stance is None
        ]
        residue = {}
        if theses:
            question = self.items.pop(next(iter(self.items)))
            residue = {"question": "\n".join(question.text).strip()}
        for path, item in self.items.items():
            words = item.text[0]
            if not (words.startswith("-> See") and _SEE.fullmatch(words)):
                self.claim(path, item)
        relations = self.relations()
        roots = theses or [next(iter(self.items))]
        title = fit(title, Remarks(), Place(line=1))[:500] if title else ""
        return Map(
            key=slug(title, (), fallback=UNNAMED) if title else UNNAMED,
            title=title,
            targets=tuple(self.keys[root] for root in roots if root in self.keys),
            claims=self.claims,
            relations=relations,
            residue={"kialo": residue} if residue else {},
        )

    def take(self, line: str, number: int) -> None:
        """Take a line as an item, or as what continues the one before."""
        found = _LINE.match(line)
        path = _plain(found[1]) if found else ""
        parent, place = _split(path)
        if found and self.may_stand(path, parent, place, found[2]):
            if self.items and parent not in self.items:
                what = f"{found[1]} has nothing that it is below"
                done = "put below what is there of its path"
                self.remarks.repair("no-parent", what, done, Place(line=number))
            self.counts[parent] = place
            words = found[3] or ""
            self.items[path] = _Item(parent, place, found[2], [words], number)
            if self.has_theses is None and path.count(".") == 2:
                self.has_theses = found[2] is None
        elif self.items:
            if found and (found[2] or path.count(".") == 1):
                what = f"{found[1]} is no next place in the tree"
                done = "read as part of the text above"
                self.remarks.repair("out-of-order", what, done, Place(line=number))
            self.items[next(reversed(self.items))].text.append(line)
        elif line.strip():
            raise misplaced("here a line such as '1. A thesis.' is expected", number)

    def may_stand(self, path: str, parent: str, place: int, stance: str | None) -> bool:
        """Say whether a line of this path and stance may come next."""
        depth = path.count(".")
        if not self.items or depth == 1:
            return not self.items and depth == 1 and stance is None
        if depth == 2 and self.has_theses is not None:
            is_right = (stance is None) == self.has_theses
        else:
            is_right = stance is not None or depth == 2
        return (
            is_right
            and path.startswith(next(iter(self.items)))
            and place > self.counts.get(parent, 0)
        )

    def claim(self, path: str, item: _Item) -> None:
        raw = "\n".join(item.text).strip()
        if is_fit(raw) and not _is_marked(raw):
            key = slug(raw, self.claims)
            claim = Claim(key=key, text=raw)
        else:
            text = fit(unescaped(raw), self.remarks, Place(line=item.number))
            key = slug(text, self.claims)
            residue = difference({"text": raw}, {"text": _written(text)})
            claim = Claim(key=key, text=text, residue=_own(residue))
        self.claims[key] = claim
        self.keys[path] = key

    def relations(self) -> dict[str, Relation]:
        relations: dict[str, Relation] = {}
        usual: dict[str, int] = {}
        for path, item in self.items.items():
            words = item.text[0]
            see = _SEE.fullmatch(words) if words.startswith("-> See") else None
            meant = _plain(see[1]) if see else path
            source = self.keys.get(meant)
            above = item.parent
            while above and above not in self.keys and above not in self.items:
                above = _split(above)[0]
            target = self.keys.get(above)
            if item.stance is None and not see:
                continue
            if None in (item.stance, source, target) or source == target:
                what = f"{words[:100]!r} leads to no other claim"
                place = Place(line=item.number)
                self.remarks.loss("no-end", what, "left out", place)
                continue
            assert item.stance
            assert source
            assert target
            if self.items[meant].number > item.number:
                what = f"{words[:100]!r} leads further down"
                place = Place(line=item.number)
                self.remarks.repair("forward", what, "taken as it is meant", place)
            key = f"r{len(relations) + 1}"
            expected = usual.get(target, 0) + 1
            usual[target] = item.place
            relations[key] = Relation(
                key=key,
                kind=_KINDS[item.stance],  # type: ignore[arg-type] # has one
                premises=(source,),
                target=Target(claim=target),
                residue=_own({"number": item.place} if item.place != expected else {}),
            )
        return relations


def _own(residue: Data) -> Data:
    return {"kialo": residue} if residue else NOTHING


def _is_marked(text: str) -> bool:
    return "(" in text or ")" in text or "[" in text or "]" in text or "\\" in text


def _plain(path: str) -> str:
    """Write a path without noughts that say nothing."""
    if not path.startswith("0") and ".0" not in path:
        return path
    return "".join(f"{int(part)}." for part in path[:-1].split("."))


def _split(path: str) -> tuple[str, int]:
    """Give the path above and the place there.

    >>> _split("1.2.3."), _split("1.")
    (('1.2.', 3), ('', 1))
    """
    at = path.rfind(".", 0, -1) + 1
    return path[:at], int(path[at:-1] or 0)


def unescaped(text: str) -> str:
    r"""Take the escapes out of a text, but for those within links.

    >>> unescaped(r"A \(b\) [c](http://d/\(e\))")
    'A (b) [c](http://d/\\(e\\))'
    """
    return _outside_links(text, lambda part: _ESCAPED.sub(r"\1", part))


def escaped(text: str) -> str:
    r"""Escape brackets that belong to no link.

    >>> escaped("A (b) [c](http://d)")
    'A \\(b\\) [c](http://d)'
    """
    return _outside_links(text, lambda part: _BRACKET.sub(r"\\\g<0>", part))


def _outside_links(text: str, change: Callable[[str], str]) -> str:
    parts, start = [], 0
    for link in _LINK.finditer(text):
        parts += [change(text[start : link.start()]), link[0]]
        start = link.end()
    return "".join([*parts, change(text[start:])])


def _written(text: str) -> str:
    return escaped(_BREAK.sub(" ", text).strip())


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write a discussion: one thesis, or a question and several.

    Raises:
        TooDeep: It has more than 1,000 levels.
    """
    remarks = Remarks()
    lines = list(outline(map_, ("support", "rebut"), on_relations=False))
    roots = [line.claim for line in lines if line.depth == 0]
    if set(roots) != set(map_.targets):
        what = "not the claims under debate alone are without a parent"
        remarks.loss("targets", what, "all such are theses")
    residue = map_.residue.get("kialo")
    question = residue.get("question") if isinstance(residue, dict) else None
    title = _BREAK.sub(" ", map_.title).strip()
    out = [f"{_TITLE} {title}", ""]
    is_multi = len(roots) > 1 or isinstance(question, str)
    if is_multi:
        first = question if isinstance(question, str) else escaped(title)
        out.append(f"1. {first}".rstrip())
    out += _Numbering(map_, is_multi, remarks).lines(lines)
    return "\n".join(out).encode(), remarks.report()


class _Numbering:
    def __init__(self, map_: Map, is_multi: bool, remarks: Remarks) -> None:
        self.map, self.is_multi, self.remarks = map_, is_multi, remarks
        self.path: list[int] = [1] if is_multi else []
        self.counts = [0]
        self.places: dict[str, str] = {}

    def lines(self, lines: list[Line]) -> Iterator[str]:
        for line in lines:
            depth = line.depth + (1 if self.is_multi else 0)
            if depth > DEEPEST:
                raise TooDeep(DEEPEST)
            del self.path[depth:], self.counts[depth + 1 :]
            while len(self.counts) <= depth:
                self.counts.append(0)
            self.counts[depth] = self.number(line, self.counts[depth])
            self.path.append(self.counts[depth])
            path = "".join(f"{number}." for number in self.path)
            stance = ""
            if line.relation:
                stance = "Pro: " if line.relation.kind == "support" else "Con: "
            if line.is_reference:
                yield f"{path} {stance}-> See {self.places[line.claim]}"
            else:
                self.places[line.claim] = path
                yield f"{path} {stance}{self.text(line)}"

    def number(self, line: Line, last: int) -> int:
        """Give a line the number that it had, if that still may stand there."""
        residue = line.relation.residue.get("kialo") if line.relation else None
        had = residue.get("number") if isinstance(residue, dict) else None
        return had if isinstance(had, int) and last < had < 10**9 else last + 1

    def text(self, line: Line) -> str:
        claim = self.map.claims[line.claim]
        written = restored({"text": _written(claim.text)}, left(claim, "kialo"))["text"]
        text = written if isinstance(written, str) else _written(claim.text)
        looks_like_more = _SEE.match(text) or (
            not line.relation and text.startswith(("Pro: ", "Con: "))
        )
        if looks_like_more:
            what = f"the text of claim {claim.key!r} looks like a part of the format"
            self.remarks.loss("ambiguous", what, "an ellipsis put before it")
            return f"… {text}"
        return text


KIALO: Final = Format(
    "kialo",
    "Kialo text",
    suffixes=(".kialo.txt", ".txt"),
    media_type="text/plain",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=only(
        "title targets texts supports rebuts several-parents cycles order "
        "isolated-claims",
        residue="strange",
    ),
)

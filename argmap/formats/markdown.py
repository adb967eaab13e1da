"""A map as an outline in Markdown: nested lists, for people. Write only."""

from collections.abc import Iterator
from typing import Final

from argmap.formats.forest import Line, outline
from argmap.model import Map, RelationKind
from argmap.plugin import Format, Report, only
from argmap.render.escapes import markdown

DEEPEST: Final = 20
"""Levels: indentation grows with each, and nobody reads further in."""

_WORDS: Final[dict[RelationKind, str]] = {
    "support": "Pro",
    "rebut": "Con",
    "undercut": "Undercut",
    "rephrase": "Same as",
}


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write an outline in Markdown."""
    return "".join(f"{line}\n" for line in _lines(map_)).encode(), ()


def _lines(map_: Map) -> Iterator[str]:
    yield f"# {markdown(map_.title or map_.key)}"
    yield ""
    if map_.description.strip():
        yield markdown(map_.description)
        yield ""
    for line in outline(map_, deepest=DEEPEST):
        yield f"{'  ' * line.depth}- {_line(map_, line)}"


def _line(map_: Map, line: Line) -> str:
    claim = map_.claims[line.claim]
    words = []
    if line.relation:
        word = _WORDS[line.relation.kind]
        if line.on_relation and line.relation.kind == "support":
            word = "Backing"
        if len(line.relation.premises) > 1:
            word += f" (with {line.relation.key})"
        words.append(f"**{word}:**")
    words.append(markdown(claim.text))
    if claim.speaker:
        words.append(f"— {markdown(claim.speaker)}")
    if line.is_reference:
        words.append("*(see there)*")
    return " ".join(words)


MARKDOWN: Final = Format(
    "markdown",
    "Markdown outline",
    suffixes=(".md",),
    media_type="text/markdown",
    write=write_map,
    features=only(
        "title description texts speakers isolated-claims supports rebuts undercuts "
        "backing rephrases linked-premises several-parents cycles order"
    ),
)

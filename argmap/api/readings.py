"""Sources as pages: what is known of them, and their texts with the passages marked.

A text is shown in portions, exactly: what is selected in it is found again by counting
its characters.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from argmap.api.markup import (
    claim_path,
    counted,
    crumbs,
    link,
    more,
    said,
)
from argmap.model import Claim, Map, Passage, Relation, Source
from argmap.render.escapes import html, lang
from argmap.render.quote import Quoter
from argmap.service.resting import Resting

PORTION: Final = 20_000
"""Code points of a text on one page, at most."""

PASSAGES: Final = 100
"""Passages on one page, at most."""


def sources(
    map: Map,
    shown: Sequence[Source],
    resting: Mapping[str, int],
    cursor: str | None,
    claim: str | None,
) -> str:
    """List the sources of a map; a passage for a *claim* may be sought in them."""
    path = f"/maps/{map.key}/sources"
    kept = {"for": claim} if claim else {}
    rows = "".join(
        f"<li><h2>{link(f'{path}/{each.key}', each.title, kept, each.language)}</h2>"
        f"{_by(each)}"
        f'<p class="quiet">{counted(len(each.passages), "passage")} · '
        f"{counted(resting.get(each.key, 0), 'item')} of the map "
        f"rest{'s' * (resting.get(each.key) == 1)} on it · "
        f"{'with' if each.text is not None else 'without'} its text</p></li>"
        for each in shown
    )
    return (
        f"{crumbs(link(f'/maps/{map.key}', map.title or map.key, None, map.language))}"
        '<h1>Sources</h1><section id="tools"></section><div id="listed" data-live>'
        + (f'<ul class="cards">{rows}</ul>' if rows else "<p>None yet.</p>")
        + more(path, cursor, kept)
        + "</div>"
    )


def _by(source: Source) -> str:
    names = ", ".join(author.name for author in source.authors)
    about = [each for each in (names, source.publisher, source.published_on) if each]
    return said("p", " · ".join(about)) if about else ""


def one_source(
    map: Map,
    source: Source,
    resting: Resting,
    start: int,
    first: int,
    claim: str | None,
) -> str:
    """Show a source: what is known of it, its passages, and a portion of its text.

    Args:
        map: The map that it is in.
        source: The source.
        resting: What rests on its passages.
        start: The first code point of the text that is shown.
        first: The first passage that is listed.
        claim: The claim that a passage is sought for.
    """
    path = f"/maps/{map.key}/sources"
    kept = {"for": claim} if claim else {}
    above = (
        link(f"/maps/{map.key}", map.title or map.key, None, map.language),
        link(path, "Sources", kept),
    )
    return (
        f'{crumbs(*above)}<header id="about" data-live>'
        f"{said('h1', source.title, source.language)}{_by(source)}"
        f'{_address(source)}</header><section id="tools"></section>'
        '<section id="passages" data-live><h2>Passages</h2>'
        f"{_passages(map, source, resting, first, kept)}</section>"
        f'<section id="reading" data-live><h2>Text</h2>'
        f"{_text(f'{path}/{source.key}', source, start, kept)}</section>"
    )


def _address(source: Source) -> str:
    if source.url is None:
        return ""
    if not source.url.startswith(("https://", "http://")):
        return said("p", source.url)
    url = html(source.url)
    return f'<p dir="ltr"><a href="{url}" rel="noopener noreferrer">{url}</a></p>'


def _passages(
    map: Map, source: Source, resting: Resting, first: int, kept: Mapping[str, str]
) -> str:
    if not source.passages:
        return "<p>None yet.</p>"
    quoter = None if source.text is None else Quoter(source.text)
    path = f"/maps/{map.key}/sources/{source.key}"
    shown = source.passages[first : first + PASSAGES]
    items = "".join(
        f'<li data-passage="{each.key}">{_quote(path, source, each, quoter)}'
        f"{_resting(map, resting.get(each.key, ()))}</li>"
        for each in shown
    )
    steps = []
    if first:
        steps.append(
            _step(path, kept, "passages", max(0, first - PASSAGES), "Those before")
        )
    if (end := first + PASSAGES) < len(source.passages):
        steps.append(_step(path, kept, "passages", end, "Those after"))
    return f'<ol class="passages" start="{first + 1}">{items}</ol>{_steps(steps)}'


def _quote(path: str, source: Source, passage: Passage, quoter: Quoter | None) -> str:
    place = [f"page {passage.page}"] if passage.page is not None else []
    if passage.paragraph is not None:
        place.append(f"paragraph {passage.paragraph}")
    if passage.orphaned:
        place.append("its words are not in this edition of the text")
    about = f'<p class="quiet">{html(" · ".join([passage.key, *place]))}</p>'
    if quoter is None or passage.orphaned:
        return about
    at = passage.spans[0].start // PORTION * PORTION
    quoted = said("blockquote", quoter.quote(passage.spans), source.language)
    there = f'<a href="{path}?from={at}#passage-{passage.key}">In the text</a>'
    return f"{quoted}{about}{there}"


def _resting(map: Map, items: Sequence[Claim | Relation]) -> str:
    links = "".join(f"<li>{_item(map, item)}</li>" for item in items)
    return f"<ul>{links}</ul>" if links else '<p class="quiet">Nothing rests on it.</p>'


def _item(map: Map, item: Claim | Relation) -> str:
    if isinstance(item, Claim):
        return link(claim_path(map.key, item.key), item.text, None, map.language)
    premise = map.claims[item.premises[0]]
    to = link(claim_path(map.key, premise.key), premise.text, None, map.language)
    return f'<span class="quiet">the relation {item.key} from</span> {to}'


def _text(path: str, source: Source, start: int, kept: Mapping[str, str]) -> str:
    text = source.text
    if text is None:
        return "<p>It is not stored here.</p>"
    end = min(start + PORTION, len(text))
    steps = []
    if start:
        steps.append(
            _step(path, kept, "from", max(0, start - PORTION), "What is before")
        )
    if end < len(text):
        steps.append(_step(path, kept, "from", end, "What is after"))
    bounds = f"Characters {start + 1:,} to {end:,} of {len(text):,}"
    return (
        f'<p class="quiet">{bounds}</p>{_steps(steps)}'
        f'<div id="text" data-from="{start}" dir="auto"{lang(source.language)}>'
        f"{''.join(_marked(text, source.passages, start, end))}</div>{_steps(steps)}"
    )


def _marked(
    text: str, passages: Sequence[Passage], start: int, end: int
) -> Iterator[str]:
    """Write a portion of a text, and mark what is in a passage, or in several."""
    begins: dict[int, list[str]] = {}
    depth: dict[int, int] = {}
    for passage in passages:
        spans = [s for s in passage.spans if s.start < end and s.end > start]
        if passage.orphaned or not spans:
            continue
        begins.setdefault(max(start, spans[0].start), []).append(passage.key)
        for span in spans:
            for at, change in ((max(start, span.start), 1), (min(end, span.end), -1)):
                depth[at] = depth.get(at, 0) + change
    open_passages = 0
    for here, there in pairwise(sorted({start, end, *depth})):
        open_passages += depth.get(here, 0)
        for key in begins.get(here, ()):
            yield f'<span id="passage-{key}"></span>'
        # A parser makes one line end of two, but leaves alone what is a reference.
        shown = html(text[here:there]).replace("\r", "&#13;")
        yield f"<mark>{shown}</mark>" if open_passages else shown


def _step(path: str, kept: Mapping[str, str], name: str, value: int, text: str) -> str:
    return link(path, text, {**kept, name: str(value)})


def _steps(steps: Sequence[str]) -> str:
    return f'<p class="bar pages">{"".join(steps)}</p>' if steps else ""

"""Pieces that pages are made of: links, numbers, verdicts, forms that filter a list.

Texts of maps carry the language that their map or source states, and none where none is
stated; which way they run is left to the browser.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from argmap.plugin import Verdict
from argmap.render.escapes import html, lang


def said(tag: str, text: str, language: str | None = None) -> str:
    """Make an element of a text that runs in its own direction.

    >>> said("p", "A & B", "en")
    '<p dir="auto" lang="en">A &amp; B</p>'
    """
    return f'<{tag} dir="auto"{lang(language)}>{html(text)}</{tag}>'


def link(
    path: str,
    text: str,
    query: Mapping[str, str] | None = None,
    language: str | None = None,
) -> str:
    """Make a link; *path* is made of keys, which need no escape.

    >>> link("/maps/tram", "A <tram>?", {"rule": "df-quad"})
    '<a dir="auto" href="/maps/tram?rule=df-quad">A &lt;tram&gt;?</a>'
    """
    asked = f"?{html(urlencode(query))}" if query else ""
    return f'<a dir="auto"{lang(language)} href="{path}{asked}">{html(text)}</a>'


def claim_path(map: str, claim: str) -> str:
    """Say where the page of a claim is."""
    return f"/maps/{map}/claims/{claim}"


def crumbs(*links: str) -> str:
    """Say where a page is, as links to what is above it."""
    above = " › ".join((link("/", "Maps"), *links))
    return f'<nav class="crumbs" aria-label="Where you are">{above}</nav>'


def more(path: str, cursor: str | None, query: Mapping[str, str] | None = None) -> str:
    """Lead to the next page of a list, if there is one, and back to its beginning."""
    asked = {name: text for name, text in (query or {}).items() if text}
    is_first = "cursor" not in asked
    ahead = (
        "" if cursor is None else link(path, "Next page", asked | {"cursor": cursor})
    )
    asked.pop("cursor", None)
    back = "" if is_first else link(path, "First page", asked)
    return f'<p class="bar pages">{back}{ahead}</p>' if back or ahead else ""


def verdict(value: Verdict | None) -> str:
    """Name a verdict, in words and for the style sheet."""
    return f'<span class="verdict {value}">{value}</span>' if value else ""


def number(value: float | None) -> str:
    """Write a strength."""
    return "" if value is None else f'<span class="number">{value:.2f}</span>'


def counted(count: int, noun: str) -> str:
    """Count things.

    >>> counted(1, "claim"), counted(2000, "claim")
    ('1 claim', '2,000 claims')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def text_field(
    name: str, label: str, value: str | None, known: Iterable[str] = ()
) -> str:
    """Make a labelled field of a filter; what is *known* is offered, not required."""
    options = "".join(f'<option value="{html(each)}"></option>' for each in known)
    offered = f'<datalist id="known-{name}">{options}</datalist>' if options else ""
    offers = f' list="known-{name}"' if options else ""
    return (
        f'<label>{html(label)} <input name="{name}" value="{html(value or "")}" '
        f'dir="auto"{offers}></label>{offered}'
    )


def choice(name: str, label: str, value: str | None, options: Mapping[str, str]) -> str:
    """Make a labelled choice of a filter: what is sent by what it is called."""
    shown = "".join(
        f'<option value="{html(each)}"{" selected" * (each == (value or ""))}>'
        f"{html(text)}</option>"
        for each, text in options.items()
    )
    return f'<label>{html(label)} <select name="{name}">{shown}</select></label>'


def chooser(path: str, fields: Iterable[str], *, is_chosen: bool) -> str:
    """Make the form that says what of a list is shown, and in which order."""
    clear = f'<a href="{path}">Clear</a>' if is_chosen else ""
    return (
        f'<form class="filter" action="{path}">{"".join(fields)}'
        f"<button>Show</button>{clear}</form>"
    )

"""What every page for readers has round it: the head, the header, the policy.

A page is whole without its script, which is one module from this server; nothing is
inline and nothing comes from elsewhere, so the strictest policy holds.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Final

from litestar import Response

from argmap.api.reply import Reply
from argmap.render.escapes import html

STATIC: Final = "/static"

ASKS_FOR_KEY: ContextVar[bool] = ContextVar("asks for key", default=False)
"""Whether the request came where callers have keys: then its page lets one sign in."""

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)


def page(
    title: str,
    main: str,
    *,
    data: Mapping[str, str] | None = None,
    status_code: int = 200,
    in_frame: bool = False,
) -> Response[str]:
    """Answer with a page.

    Args:
        title: As plain text.
        main: The content, as HTML.
        data: What the script is told, as plain text; without it there is no script.
        status_code: Of the answer.
        in_frame: Whether other sites may show the page in a frame; it has no header.
    """
    if ASKS_FOR_KEY.get() and not in_frame:
        data = {"auth": "", **(data or {})}
    attributes = "".join(
        f' data-{name}="{html(value)}"' for name, value in (data or {}).items()
    )
    header = "" if in_frame else _HEADER
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html(title)}</title>",
        f'<link rel="icon" href="{STATIC}/icon.svg">'
        f'<link rel="stylesheet" href="{STATIC}/viewer.css">',
        f'<script type="module" src="{STATIC}/viewer.js"></script>' if data else "",
        f"</head><body{attributes}>{header}",
        f'<main id="main">{main}</main></body></html>',
    ]
    policy = _POLICY.format("*" if in_frame else "'none'")
    return Reply(
        content="\n".join(lines),
        status_code=status_code,
        media_type="text/html",
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": policy},
    )


_HEADER: Final = (
    '<a class="skip" href="#main">To the content</a>'
    '<header class="top"><a class="home" href="/">argmap</a>'
    '<form role="search" action="/search"><label class="unseen" for="q">Search</label>'
    '<input id="q" name="q" type="search" placeholder="Search all maps" required>'
    '<button>Search</button></form><nav aria-label="Site"><a href="/docs">API</a></nav>'
    "</header>"
)

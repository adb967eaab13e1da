"""How answers are shaped: bodies, tags, links between pages, 304."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, Response
from msgspec import UNSET, Struct, UnsetType

from argmap.model import Count
from argmap.service.desk import Desk
from argmap.service.items import ANY
from argmap.service.views import View

T = TypeVar("T")
S = TypeVar("S", bound=Struct)

JSON: Final = "application/json"
REVISION: Final = "Argmap-Revision"
REVALIDATE: Final = {"Cache-Control": "no-cache"}
"""A client may keep the answer, and asks each time whether it still holds."""

# gzip by name, unless it is refused by a quality of 0.
_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


_TAG: Final = re.compile(r'(W/)?"([^"]*)"')


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list. ``next`` is the cursor of the page after, null at the end.

    ``count`` says how long the whole list is, if it was asked for.
    """

    items: tuple[T, ...]
    next: str | None
    count: Count | UnsetType = UNSET


def tag(rev: int) -> str:
    """Name the state of an item by the revision that last changed it.

    >>> tag(4)
    '"r4"'
    """
    return f'"r{rev}"'


def tags(header: str | None) -> tuple[str, ...] | None:
    """Read If-Match, which lists entity tags or is a star; None if it was not sent.

    A weak tag never holds, as RFC 9110 has it for If-Match.

    >>> tags('"r4", W/"r5"'), tags("*")
    (('r4', 'W/"r5"'), ('*',))
    """
    if header is None:
        return None
    if header == ANY:
        return (ANY,)
    return tuple(f'W/"{tag}"' if weak else tag for weak, tag in _TAG.findall(header))


def holds(if_none_match: str | None, etag: str) -> bool:
    """Say whether the client has the current state already."""
    if if_none_match is None:
        return False
    if if_none_match.strip() in (etag, ANY):
        return True
    return etag in (f'"{tag}"' for _, tag in _TAG.findall(if_none_match))


def show(kind: type[S], source: object, **more: Any) -> S:
    """Make a wire body of what has members of the same names.

    *more* are those that *source* does not have.
    """
    members = {
        name: getattr(source, name)
        for name in kind.__struct_fields__
        if name not in more
    }
    return kind(**members, **more)


def page(
    shown: Iterable[S], cursor: str | None, count: int | None, fields: str | None
) -> Page[S]:
    """Make one page of a list of bodies, with all their members or some."""
    items: Any = tuple(sparse(each, fields) for each in shown)
    return Page(items=items, next=cursor, count=UNSET if count is None else count)


def sparse(shown: S, fields: str | None) -> S:
    """Leave of a body the members that *fields* names, separated by commas."""
    if fields is None:
        return shown
    left: Any = {}
    for name in fields.split(","):
        if (value := getattr(shown, name)) is not UNSET:
            left[name] = value
    made: S = left
    return made


def values(body: Struct) -> dict[str, Any]:
    """List the members of a body that were sent."""
    return {
        name: value
        for name in body.__struct_fields__
        if (value := getattr(body, name)) is not UNSET
    }


def location(request: Request[Any, Any, Any], key: str) -> str:
    """Say where what was just made is: at the path of a PUT, below that of a POST."""
    path = request.scope["path"]
    return path if request.method == "PUT" else f"{path}/{key}"


async def large(desk: Desk, body: Struct, headers: Mapping[str, str]) -> Response[Any]:
    """Answer with what may take a while to encode, and so not on the event loop."""
    data = await desk.work(msgspec.json.encode, body)
    return Response(content=data, headers=headers, media_type=JSON)


async def derived(
    request: Request[Any, Any, Any],
    view: View,
    if_none_match: str | None,
    media_type: str = JSON,
) -> Response[Any]:
    """Answer with what follows from a map, by gzip to clients that accept that.

    Or with 304 if the client has it already, in whatever encoding.
    """
    plain, zipped = view.etag, f'{view.etag[:-1]}-gzip"'
    is_zipped = _GZIP.search(request.headers.get("accept-encoding", "")) is not None
    headers = {
        "ETag": zipped if is_zipped else plain,
        "Vary": "Accept-Encoding",
        REVISION: str(view.snapshot.revision),
        **REVALIDATE,
    }
    if holds(if_none_match, plain) or holds(if_none_match, zipped):
        return unchanged(headers)
    if is_zipped:
        headers["Content-Encoding"] = "gzip"
    body = await (view.zipped() if is_zipped else view.body())
    return Response(content=body, headers=headers, media_type=media_type)


def unchanged(headers: Mapping[str, str]) -> Response[Any]:
    """Answer that the client has the current state already."""
    return Response(content=b"", status_code=304, headers=headers)


def link(request: Request[Any, Any, Any], cursor: str | None) -> dict[str, str]:
    """Make the header that leads to the next page, if there is one."""
    if cursor is None:
        return {}
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"))
    query = [(name, value) for name, value in asked if name != "cursor"]
    url = f"{request.scope['path']}?{urlencode([*query, ('cursor', cursor)])}"
    return {"Link": f'<{url}>; rel="next"'}

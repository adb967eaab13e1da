"""How answers are shaped: bodies, tags, links between pages, 304."""

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, Response
from msgspec import UNSET, Struct, UnsetType

from argmap.api.reply import JSON, Reply
from argmap.model import Count
from argmap.service.desk import Desk
from argmap.service.items import ANY
from argmap.service.views import LEVEL, View

T = TypeVar("T")
S = TypeVar("S", bound=Struct)

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
    return Reply(content=data, headers=headers, media_type=JSON)


async def derived(
    request: Request[Any, Any, Any],
    view: View,
    if_none_match: str | None,
    media_type: str = JSON,
) -> Response[Any]:
    """Answer with what follows from a map, by gzip to clients that accept that.

    Or with 304 if the client has it already, in whatever encoding.
    """
    revision = {REVISION: str(view.snapshot.revision)}
    headers, is_zipped = _wanted(request, view.etag)
    if _is_known(view.etag, if_none_match):
        return unchanged(headers | revision)
    body = await (view.zipped() if is_zipped else view.body())
    return _encoded(body, headers | revision, media_type, is_zipped=is_zipped)


def fixed(
    request: Request[Any, Any, Any],
    content: bytes,
    if_none_match: str | None,
    media_type: str,
    **headers: str,
) -> Response[Any]:
    """Answer with what is the same for as long as the server runs, as `derived` does.

    *headers* go beside those that say so, with ``_`` for ``-``.
    """
    tag, zipped = _packed(content)
    named, is_zipped = _wanted(request, tag)
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    if _is_known(tag, if_none_match):
        return unchanged(named)
    body = zipped if is_zipped else content
    return _encoded(body, named, media_type, is_zipped=is_zipped)


@lru_cache(64)
def _packed(content: bytes) -> tuple[str, bytes]:
    """Make the tag of what does not change, and its bytes by gzip."""
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    return tag, gzip.compress(content, LEVEL, mtime=0)


def _wanted(request: Request[Any, Any, Any], tag: str) -> tuple[dict[str, str], bool]:
    """Say what is sent of a state of that tag, and whether by gzip."""
    is_zipped = _GZIP.search(request.headers.get("accept-encoding", "")) is not None
    sent = _zipped_tag(tag) if is_zipped else tag
    return {"ETag": sent, "Vary": "Accept-Encoding", **REVALIDATE}, is_zipped


def _is_known(tag: str, if_none_match: str | None) -> bool:
    return holds(if_none_match, tag) or holds(if_none_match, _zipped_tag(tag))


def _zipped_tag(tag: str) -> str:
    return f'{tag[:-1]}-gzip"'


def _encoded(
    body: bytes, headers: dict[str, str], media_type: str, *, is_zipped: bool
) -> Response[Any]:
    if is_zipped:
        headers["Content-Encoding"] = "gzip"
    return Reply(content=body, headers=headers, media_type=media_type)


def unchanged(headers: Mapping[str, str]) -> Response[Any]:
    """Answer that the client has the current state already."""
    return Reply(content=b"", status_code=304, headers=headers)


def link(request: Request[Any, Any, Any], cursor: str | None) -> dict[str, str]:
    """Make the header that leads to the next page, if there is one."""
    if cursor is None:
        return {}
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"))
    query = [(name, value) for name, value in asked if name != "cursor"]
    url = f"{request.scope['path']}?{urlencode([*query, ('cursor', cursor)])}"
    return {"Link": f'<{url}>; rel="next"'}

"""How an answer leaves: a status, headers, a body, and nothing to look for beside."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types.asgi_types import RawHeadersList

T = TypeVar("T")

JSON: Final = "application/json"

_BODILESS: Final = (204, 304)


class Reply(Response[T]):
    """Litestar's response without cookies, tasks and encoders, of which there are none.

    *content* is sent as it is if it is of bytes, as UTF-8 if it is text, and else as
    msgspec writes it in JSON. To look for what is never there takes Litestar longer
    than to read an item and show it.
    """

    def __init__(
        self,
        content: T,
        *,
        status_code: int | None = None,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
    ) -> None:
        self.content = content
        self.status_code = status_code
        self.headers = dict(headers or {})
        self.media_type = media_type

    def to_asgi_response(
        self,
        *_: Any,
        media_type: str | None = None,
        status_code: int | None = None,
        **__: Any,
    ) -> ASGIResponse:
        """Make what is sent; the endpoint's own status and type fill in."""
        status = self.status_code or status_code or 200
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in self.headers.items()
        ]
        if status in _BODILESS:
            return _Sent(status, headers, b"")
        body = _encoded(self.content)
        type_ = self.media_type or media_type or JSON
        if type_.startswith("text/"):
            type_ += "; charset=utf-8"
        headers += [
            (b"content-type", type_.encode("latin-1")),
            (b"content-length", b"%d" % len(body)),
        ]
        return _Sent(status, headers, body)


class _Sent(ASGIResponse):
    """Litestar's, which sends it, made of headers that are written already."""

    __slots__ = ("_headers",)

    def __init__(self, status: int, headers: RawHeadersList, body: bytes) -> None:
        self.status_code, self._headers, self.body = status, headers, body
        self.is_head_response, self.background = False, None

    def encode_headers(self) -> RawHeadersList:
        return self._headers


def _encoded(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    return msgspec.json.encode(content)

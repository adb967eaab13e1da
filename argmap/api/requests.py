"""What holds for every request before its endpoint sees it: strict, not lax.

Litestar decodes bodies laxly (``"0.5"`` is a number to it, text/plain is JSON) and
ignores query parameters that nobody declared. Here a body is read by argmap's own
strict decoder, straight to the type that the endpoint names; a parameter that is
unknown or repeated is refused, and so is a request for a media type that the endpoint
cannot give.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, cast, get_args, get_origin
from urllib.parse import parse_qsl

from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import MediaType, ParamType
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg
from litestar.routes import HTTPRoute
from litestar.types import HTTPReceiveMessage

from argmap.api.answers import Page
from argmap.api.callers import admit, desk_of
from argmap.api.errors import (
    BodyTooSlow,
    MalformedParameter,
    NotAcceptable,
    NotSupported,
    UnknownParameter,
    UnsupportedMediaType,
)
from argmap.api.parameters import FIELDS
from argmap.api.reply import JSON, Reply
from argmap.errors import Malformed, TooLarge
from argmap.model.codec import decode
from argmap.service.desk import Desk

LARGE: Final = 100_000
"""Bytes that take a millisecond to decode; more are decoded beside the event loop."""


_REPEATABLE: Final = frozenset({"PUT", "PATCH", "DELETE"})
_CONDITIONS: Final = ("If-Match", "If-None-Match")
_CHARSETS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_PLAIN: Final = "identity"


class StrictRequest(Request[Any, Any, State]):
    """A request whose body is read strictly, and that knows the desk.

    An endpoint that reads another media type than JSON lists those that it knows as
    ``reads``.
    """

    _whole: bytes | None = None  # once it has been read, which Litestar asks for twice

    @property
    def desk(self) -> Desk:
        """What use cases work with; Litestar would take 16 µs to inject it."""
        desk: Desk = self.app.state.desk
        if desk.settings.auth:  # or it is an error: nobody is let in by mistake
            return desk_of(self)
        return desk

    async def body(self) -> bytes:
        """Read the body, if it is of the right type and size, and there in time."""
        if self._whole is None:
            self._check_type()
            self._whole = await self._read()
        return self._whole

    def _check_type(self) -> None:
        reads: tuple[str, ...] = self.route_handler.opt.get("reads", (JSON,))
        if self.headers.get("content-type") not in reads:  # as it is nearly always
            media_type, options = self.content_type
            media_type = media_type.lower()
            if media_type not in reads:
                raise UnsupportedMediaType(
                    f"the body's Content-Type is {media_type or 'missing'}; "
                    f"send {' or '.join(reads)}"
                )
            if (charset := options.get("charset", "utf-8").lower()) not in _CHARSETS:
                raise UnsupportedMediaType(f"the body is in {charset}; send UTF-8")
        if (coding := self.headers.get("content-encoding", _PLAIN).lower()) != _PLAIN:
            raise UnsupportedMediaType(f"the body is coded as {coding}; send it plain")

    async def _read(self) -> bytes:
        seconds = self.desk.settings.max_body_seconds
        try:
            async with asyncio.timeout(seconds):
                body = await self._received()
        except TimeoutError:
            detail = f"the body was not there after {seconds:g} seconds"
            raise BodyTooSlow(detail, headers={"Connection": "close"}) from None
        if not body:
            raise Malformed("the body is empty")
        return body

    async def _received(self) -> bytes:
        limit = self.route_handler.resolve_request_max_body_size() or 0
        size, received, more = self.content_length or 0, 0, True
        parts: list[bytes] = []
        while more and size <= limit:
            message = cast("HTTPReceiveMessage", await self.receive())
            if message["type"] == "http.disconnect":
                raise Malformed("the connection ended before the body did")
            parts.append(message["body"])
            received += len(message["body"])
            size, more = max(size, received), message.get("more_body", False)
        if size > limit:
            raise TooLarge("the body", size, limit)
        return b"".join(parts)

    async def json(self) -> Any:
        """Decode the body to what the endpoint's ``data`` is."""
        field = self.route_handler.parsed_data_field
        body, type_ = await self.body(), field.annotation if field else Any
        if len(body) < LARGE:
            return decode(body, type_)
        return await self.desk.work(decode, body, type_)


async def check(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """Refuse what no endpoint may be asked for; answer OPTIONS.

    Litestar's own answer to OPTIONS leaves methods out where a path has several routes.

    Raises:
        NotAcceptable: None of the accepted media types is what the endpoint gives.
        NotSupported: An Idempotency-Key with anything but a POST, or a condition
            that a POST would not heed.
        NotFoundException: The path has an empty part.
        MalformedParameter: A query parameter that is no text is written as none is,
            or one is there twice.
        UnknownParameter: A query parameter that the endpoint does not have.

    And what `argmap.api.callers.admit` raises, where callers have keys.
    """
    if b"//" in request.scope["raw_path"]:  # which the router takes for one
        raise NotFoundException
    handler = request.route_handler
    if "OPTIONS" in handler.http_methods:
        return _options(request)
    desk: Desk = request.app.state.desk
    if desk.settings.auth:
        await admit(request, desk)
    if request.method in _REPEATABLE and "idempotency-key" in request.headers:
        raise NotSupported(
            "Idempotency-Key is for POST; a PUT may be repeated as it is, and If-Match "
            "keeps a PATCH or a DELETE from being done twice: leave it out"
        )
    if request.method == "POST":
        _check_conditions(request)
    if accept := ", ".join(request.headers.getall("accept", ())):
        media_type = media_type_of(handler)
        if not _accepts(accept, media_type):
            raise NotAcceptable(f"this endpoint gives {media_type} only, not {accept}")
    if query := request.scope["query_string"]:
        _check_query(query, handler)
    return None


def _check_conditions(request: Request[Any, Any, Any]) -> None:
    """Refuse conditions that a POST does not heed, if it writes.

    What can be done twice has an Idempotency-Key: what has none only computes.
    """
    sent = [name for name in _CONDITIONS if name in request.headers]
    if not sent:
        return
    fields = request.route_handler.parsed_fn_signature.parameters.values()
    known = {getattr(field.kwarg_definition, "name", None) for field in fields}
    for name in sent:
        if "Idempotency-Key" in known and name not in known:
            raise NotSupported(
                f"{name} is not heeded here: leave it out; in a change set "
                "(POST …/changes) an operation has the member `if` instead"
            )


def media_type_of(handler: HTTPRouteHandler) -> str:
    """Say what an endpoint gives."""
    given = handler.media_type
    return str(given.value if isinstance(given, MediaType) else given) or JSON


def _options(request: Request[Any, Any, Any]) -> Response[bytes]:
    path = request.scope["path_template"]
    routes = (r for r in request.app.routes if isinstance(r, HTTPRoute))
    methods = {m for r in routes if r.path_format == path for m in r.methods}
    allow = ", ".join(sorted(methods))
    return Reply(content=b"", status_code=204, headers={"Allow": allow})


def _check_query(query: bytes, handler: HTTPRouteHandler) -> None:
    known = query_parameters(handler)
    # An endpoint whose parameters depend on the rule lists how those begin.
    prefixes: tuple[str, ...] = handler.opt.get("open_query", ())
    seen: set[str] = set()
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        what = {"parameter": name}
        if name in seen:
            detail = f"the query parameter {name!r} is given twice; give it once"
            raise MalformedParameter(detail, extra=what)
        if name not in known and not (prefixes and name.startswith(prefixes)):
            there = ", ".join(sorted(known)) or "none"
            detail = f"there is no query parameter {name!r} here; there is {there}"
            raise UnknownParameter(detail, extra=what)
        if (shape := known.get(name)) and not shape.pattern.fullmatch(value):
            # Litestar reads 3.0 as 3, 1 as true, and null as if nothing had been sent.
            raise MalformedParameter(
                f"{name} is {value!r}, no {shape.noun}", extra=what
            )
        seen.add(name)


class Shape(NamedTuple):
    """How a query writes what is no text."""

    noun: str
    pattern: re.Pattern[str]


_SHAPES: Final[Mapping[Any, Shape]] = {
    bool: Shape("true or false", re.compile("true|false")),
    int: Shape(
        "whole number as JSON has it, such as 7", re.compile("-?(0|[1-9][0-9]*)")
    ),
    float: Shape(
        "number as JSON has it, such as 0.7",
        re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"),
    ),
}
_WORD: Final = Shape("word that is known here", re.compile("(?is:(?!null$).*)"))


def query_parameters(handler: HTTPRouteHandler) -> Mapping[str, Shape | None]:
    """List an endpoint's query parameters, and the shapes of those that are no text.

    An endpoint whose ``fields`` are not members of its answer, but of what is in it,
    lists those as ``members``.
    """
    known: Mapping[str, Shape | None] | None = handler.opt.get("query_parameters")
    if known is None:
        known = handler.opt["query_parameters"] = {
            (wire_name := marker.name or name): (
                _list_of(
                    handler.opt.get("members")
                    or members(handler.parsed_fn_signature.return_type.annotation)
                )
                if wire_name == FIELDS
                else _shape(field.annotation)
            )
            for name, field in handler.parsed_fn_signature.parameters.items()
            if isinstance(marker := field.kwarg_definition, ParameterKwarg)
            and marker.param_type is ParamType.QUERY
        }
    return known


def members(shape: Any) -> tuple[str, ...]:
    """List the members of the items that an endpoint answers with."""
    while get_origin(shape) in (Response, Page):
        (shape,) = get_args(shape)
    names: tuple[str, ...] = shape.__struct_encode_fields__
    return names


def _list_of(names: Iterable[str]) -> Shape:
    one = f"({'|'.join(names)})"
    return Shape(
        f"list of members that are here: {', '.join(names)}",
        re.compile(f"^{one}(,{one})*$"),
    )


def _shape(annotation: Any) -> Shape | None:
    kinds = {annotation, *get_args(annotation)}
    if str in kinds:
        return None
    return next((_SHAPES[kind] for kind in _SHAPES if kind in kinds), _WORD)


def _accepts(accept: str, media_type: str) -> bool:
    """Say whether a header Accept lets a media type pass.

    >>> _accepts("text/html, */*;q=0.8", JSON), _accepts("application/json;q=0", JSON)
    (True, False)
    """
    if accept in ("*/*", media_type):
        return True
    whole = f"{media_type.partition('/')[0]}/*"
    # The more exact a range, the more it counts: a refusal of JSON outweighs */*.
    quality: dict[str, float] = {}
    for part in accept.split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        quality[name.lower()] = _quality(options)
    for name in (media_type, whole, "*/*"):
        if name in quality:
            return quality[name] > 0
    return False


def _quality(options: list[str]) -> float:
    for option in options:
        name, _, value = option.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0

"""From errors to statuses and problem documents (RFC 9457): the only place that knows.

Every answer that is no success is ``application/problem+json``, the framework's own
refusals too. A problem has a ``code``, which is public and stable, a ``type`` made of
it, a ``pointer`` (RFC 6901) where one place in the request is to blame, and the facts
of the error as members. What has no class under `argmap.errors` because only HTTP can
be wrong about it is a `Refusal`.
"""

import logging
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from msgspec import UNSET, Meta, Struct, UnsetType

from argmap import errors
from argmap.api.reply import Reply
from argmap.errors import ArgmapError, Fault, InvalidMap, PluginFault
from argmap.model.allowed import wording
from argmap.service.figures import PLUGIN_FAULTS

MEDIA_TYPE = "application/problem+json"

STATUSES: Mapping[type[ArgmapError], int] = {
    errors.AddressInUse: 503,
    errors.AlreadyExists: 409,
    errors.AlreadySaid: 422,
    errors.BadMove: 422,
    errors.Cancelled: 503,
    errors.DuplicateKey: 409,
    errors.Exists: 412,
    errors.Fault: 422,
    errors.Forbidden: 403,
    errors.InUse: 409,
    errors.InvalidMap: 422,
    errors.InvalidParameters: 422,
    errors.InvalidText: 400,
    errors.Malformed: 400,
    errors.KeyReused: 422,
    errors.LastOwner: 409,
    errors.NotFound: 404,
    errors.NotInstalled: 501,
    errors.NotSaid: 422,
    errors.OutOfTurn: 422,
    errors.Lossy: 422,
    errors.PictureTooLarge: 422,
    errors.PluginClash: 502,
    errors.PluginFault: 502,
    errors.PluginTooSlow: 504,
    errors.PreconditionRequired: 428,
    errors.RevertBlocked: 409,
    errors.Stale: 412,
    errors.StorageFull: 507,
    errors.TooDeep: 422,
    errors.TooLarge: 413,
    errors.TooLate: 422,
    errors.TooSlow: 504,
    errors.Unauthorized: 401,
    errors.Unavailable: 503,
    errors.UnderWay: 409,
    errors.WrongSide: 422,
    errors.WrongText: 422,
}
"""By class; a class that is not listed has the status of the one above it."""

RETRY_AFTER = 2
"""Seconds: what an answer of 503 tells the client to wait."""

FAULTS: Final = 100
"""How many of the faults of a map an answer lists: nobody mends more by reading."""

_OF_CODE: Final[Mapping[str, type[ArgmapError]]] = {
    kind.code: kind for kind in (errors.Malformed, errors.NotFound)
}
"""Codes that refusals of HTTP share with argmap's own: one code, one title."""

_OTHER: Final = ("refused", "The request was refused.", None)

logger = logging.getLogger("argmap.api")


class FaultDocument(Struct, frozen=True, kw_only=True):
    """One of several things that are wrong."""

    code: str
    detail: str
    pointer: str


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457), with the facts of the error as further members.

    ``pointer`` is a JSON Pointer into the request's body, or into what a query chooses
    of a rule, as a body would; ``parameter`` the name of the query or path parameter
    that is to blame. ``faults`` lists everything that is wrong
    with a map, up to a hundred things; ``fault_count`` says how many there are.
    """

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    code: str
    pointer: str | UnsetType = UNSET
    parameter: str | UnsetType = UNSET
    faults: tuple[FaultDocument, ...] | UnsetType = UNSET
    fault_count: int | UnsetType = UNSET


Document = Annotated[
    dict[str, Any], Meta(extra_json_schema={"$ref": "#/components/schemas/Problem"})
]
"""A problem with all its facts, which no Struct could list."""


class Refusal(HTTPException):
    """Something in a request that only HTTP can be wrong about."""

    code: ClassVar[str]


class UnknownParameter(Refusal):
    """A query parameter that the endpoint does not have."""

    status_code, code = 400, "unknown-parameter"


class MalformedParameter(Refusal):
    """A query parameter is of another type than the endpoint reads, or there twice."""

    status_code, code = 400, "malformed"


class NotSupported(Refusal):
    """A header asks for something that this server does not do."""

    status_code, code = 400, "not-supported"


class ForeignOrigin(Refusal):
    """A write that a page of another origin has sent."""

    status_code, code = 403, "foreign-origin"


class BodyTooSlow(Refusal):
    """The body takes too long to arrive."""

    status_code, code = 408, "body-too-slow"


class ForeignHost(Refusal):
    """A request that was meant for another host."""

    status_code, code = 421, "foreign-host"


class NotAcceptable(Refusal):
    """The client accepts no media type that the endpoint can give."""

    status_code, code = 406, "not-acceptable"


class TooManyRequests(Refusal):
    """The caller has sent more requests than one may."""

    status_code, code = 429, "too-many-requests"


class UnsupportedMediaType(Refusal):
    """The body is of a media type that the endpoint cannot read."""

    status_code, code = 415, "unsupported-media-type"


def status_of(error: ArgmapError | type[ArgmapError]) -> int:
    """Say with which HTTP status an error is answered.

    Of several faults, their common status; 422 if they have none.

    >>> status_of(errors.Unknown("claim", "tram")), status_of(errors.StorageFull())
    (422, 507)
    """
    if isinstance(error, InvalidMap):
        statuses = {status_of(fault) for fault in error.faults}
        return statuses.pop() if len(statuses) == 1 else STATUSES[InvalidMap]
    kind = error if isinstance(error, type) else type(error)
    return next(STATUSES[base] for base in kind.__mro__ if base in STATUSES)


def type_uri(code: str) -> str:
    """Name a code as a URI that means the same for ever."""
    return f"urn:argmap:problem:{code}"


def problem(error: ArgmapError, place: str = "") -> Document:
    """Make the problem document of an error; *place* is put before its pointer.

    One fault speaks for itself; several are an ``invalid-map`` that lists them.

    >>> problem(errors.NotFound("claim", "tram"))["kind"]
    'claim'
    """
    if isinstance(error, PluginFault):
        _note(error)
    if not isinstance(error, InvalidMap):
        document = {**_members(error, status_of(error)), **_facts(error)}
    else:
        first = error.faults[0]
        more = len(error.faults) - 1
        top = error if more else first
        document = {
            **_members(top, status_of(error)),
            "detail": first.detail + (f" (and {more} more)" if more else ""),
            "pointer": first.pointer,
            "faults": [_fault(fault) for fault in error.faults[:FAULTS]],
            "fault_count": len(error.faults),
        }
    if place:
        document["pointer"] = place + document.get("pointer", "")
    return document


def _note(fault: PluginFault) -> None:
    PLUGIN_FAULTS.add(fault.plugin, fault.code)
    facts = {"plugin": fault.plugin, "code": fault.code, "detail": fault.detail}
    logger.warning("plugin fault", extra=facts)


def document(error: Exception) -> Document:
    """Make the problem document of whatever was raised; what nobody foresaw is logged.

    >>> document(KeyError("tram"))["code"]
    'internal'
    """
    if isinstance(error, ArgmapError):
        return problem(error)
    logger.error("unforeseen", exc_info=error)
    return _refusal(HTTPException(status_code=500))


def response(
    error: Exception, request: Request[Any, Any, Any] | None = None
) -> Response[bytes]:
    """Answer with an error's problem document.

    What nobody foresaw is logged, and told to the client as no more than that.
    """
    headers: dict[str, str] = {}
    if isinstance(error, HTTPException) and error.status_code < 500:
        body = _refusal(error, request)
        headers.update(error.headers or {})
    else:
        body = document(error)
        if request and request.method == "GET" and body.get("pointer"):
            body["parameter"] = _parameter(body["pointer"])
            if not isinstance(error, errors.InvalidParameters):
                del body["pointer"]  # a query is no document; a rule's choices are
        if body["status"] == STATUSES[errors.Unavailable]:
            headers["Retry-After"] = str(RETRY_AFTER)
        if isinstance(error, errors.Unauthorized):
            headers["WWW-Authenticate"] = "Bearer"
        if isinstance(error, errors.TooSlow) and request and _can_be_job(request):
            body["detail"] += "; or have a job do it: send Prefer: respond-async"
    return Reply(
        content=msgspec.json.encode(body),
        status_code=body["status"],
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def _handle(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    return response(error, request)


HANDLERS: ExceptionHandlersMap = {
    ArgmapError: _handle,
    HTTPException: _handle,
    Exception: _handle,
}


def _members(error: ArgmapError, status: int) -> dict[str, Any]:
    detail = getattr(error, "detail", None) or str(error)
    return _document(error.code, title(type(error)), status, detail)


def _document(code: str, title: str, status: int, detail: str) -> dict[str, Any]:
    # What a client sent may hold half a surrogate pair, which no UTF-8 has.
    detail = detail.encode("utf-8", "replace").decode()
    return {
        "type": type_uri(code),
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }


def _facts(error: ArgmapError) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(error).items()
        if name not in ("detail", "code") and not name.startswith("_")
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "detail": fault.detail, **_facts(fault)}


def title(kind: type[Exception]) -> str:
    """Say in a sentence what errors of a class, or of its code, are about."""
    kind = _OF_CODE.get(getattr(kind, "code", ""), kind)
    return (kind.__doc__ or "").partition("\n")[0].replace("``", "")


# What Litestar says; it has the name nowhere else.
_MISSING: Final = re.compile(r"Missing required query parameter '([^']+)'")


_FRAMEWORK: Mapping[int, tuple[str, str, str | None]] = {
    400: (errors.Malformed.code, title(errors.Malformed), None),
    404: (
        errors.NotFound.code,
        title(errors.NotFound),
        "there is nothing at this path; see /openapi.json",
    ),
    405: (
        "method-not-allowed",
        "What is at this path does not know the method.",
        "the header Allow lists the methods that it knows",
    ),
    500: ("internal", "Something went wrong inside argmap.", "see the server's log"),
}
"""Litestar's own refusals: code, title and, if Litestar's will not do, detail."""


def _refusal(
    error: HTTPException, request: Request[Any, Any, Any] | None = None
) -> dict[str, Any]:
    if isinstance(error, Refusal):
        document = _document(
            error.code, title(type(error)), error.status_code, error.detail
        )
        return document | (error.extra if isinstance(error.extra, dict) else {})
    code, heading, detail = _FRAMEWORK.get(error.status_code, _OTHER)
    if missing := _MISSING.match(error.detail):
        name = missing[1]
        document = _document(code, heading, error.status_code, f"{name}: is required")
        return document | {"parameter": name}
    wrong = error.extra if isinstance(error, ValidationException) else None
    if not request or not isinstance(wrong, list):
        return _document(code, heading, error.status_code, detail or error.detail)
    faults = [_parameter_fault(request, one) for one in wrong]
    said = "; ".join(f"{name}: {message}" for name, message in faults)
    document = _document(code, heading, error.status_code, said)
    return document | {"parameter": faults[0][0]}


def _parameter(pointer: str) -> str:
    """Name the query parameter that a pointer into what was asked for means.

    A body has targets, a query one.

    >>> _parameter("/cursor"), _parameter("/parameters/k"), _parameter("/targets/0")
    ('cursor', 'param.k', 'target')
    """
    place, *steps = pointer.split("/")[1:]
    if place == "targets":
        return "target"
    prefix = {"parameters": "param", "options": "option"}.get(place, place)
    return ".".join([prefix, *steps])


def _can_be_job(request: Request[Any, Any, Any]) -> bool:
    return "prefer" in request.route_handler.parsed_fn_signature.parameters


def _parameter_fault(
    request: Request[Any, Any, Any], fault: dict[str, str]
) -> tuple[str, str]:
    """Name the parameter that Litestar finds at fault, and say what is wrong."""
    argument, message = fault.get("key", ""), fault["message"]
    field = request.route_handler.parsed_fn_signature.parameters.get(argument)
    if field is None:
        return argument, message
    name = getattr(field.kwarg_definition, "name", None) or argument
    return name, wording(message, field.annotation)

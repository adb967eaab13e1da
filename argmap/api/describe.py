"""The OpenAPI 3.1 document of an application, from its endpoints and nothing else.

Litestar's own would lose what makes a document exact (additionalProperties, bounds
of items, discriminators) and knows nothing of problem documents. So operations are
read off the handlers here, and components come from msgspec, in one call.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from inspect import Parameter, cleandoc, signature
from types import NoneType
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg, RawBody
from litestar.routes import HTTPRoute
from msgspec import Meta

from argmap import errors
from argmap.api.answers import REVISION, Page
from argmap.api.callers import needs
from argmap.api.components import Components, Schema, markdown
from argmap.api.errors import (
    BodyTooSlow,
    ForeignHost,
    ForeignOrigin,
    NotAcceptable,
    NotSupported,
    Refusal,
    TooManyRequests,
    UnknownParameter,
    UnsupportedMediaType,
    status_of,
)
from argmap.api.examples import PARAMETERS
from argmap.api.jobs import JobOut
from argmap.api.once import REPLAYED
from argmap.api.parameters import FIELDS, Once
from argmap.api.reply import JSON
from argmap.api.requests import media_type_of, query_parameters
from argmap.errors import ArgmapError
from argmap.model.items import END
from argmap.service.views import VERSION

OPENAPI: Final = "3.1.0"

DESCRIPTION: Final = """\
Lists are pages: `items`, and `next`, which is sent as `cursor` to go on.

Every item has an ETag, made of its `rev`. What changes or removes what is there names
it as `If-Match`: without it the answer is 428, with one that is no longer right 412.
A PUT may be repeated, with the header that it had: where what it asks for is there
already, the answer is 200. So may a POST that has an `Idempotency-Key`. A change set is
sent with POST and names what it changes as it goes along: the member `if` of an
operation.

Every write makes one new revision of its map, which `Argmap-Revision` tells and
`…/changes` lists. With `at` a map answers as of a revision.

A server that asks for API keys answers 401 to one that is no good, 403 to who may know
of a map and not do this with it, and to all others as if the map were not there.

Whatever fails is answered with `application/problem+json` (RFC 9457), whose `code` is
stable."""

OPEN_QUERY: Final = "x-open-query"
"""How further query parameters begin, whose names depend on the rule or the format."""

_PAGE: Final = re.compile(rb"Page(?:_|\[)(\w+?)Out(?:_|\])")


def describe(app: Litestar) -> bytes:
    """Write the OpenAPI document of an application, alike for alike endpoints."""
    components = Components()
    paths: dict[str, dict[str, Any]] = {}
    tags: dict[str, str] = {}
    for path, method, handler in sorted(endpoints(app), key=lambda each: each[:2]):
        paths.setdefault(path, {})[method] = _operation(path, handler, components)
        # The types know a handler as a function; it is a method of its controller.
        controller = type(getattr(handler.fn, "__self__")).__doc__ or ""  # noqa: B009
        for tag in handler.resolve_tags():
            tags.setdefault(tag, markdown(controller))
    document = {
        "openapi": OPENAPI,
        "info": {
            "title": "argmap",
            "summary": "Argument maps in, verdicts out.",
            "description": DESCRIPTION,
            "version": VERSION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": tags[name]} for name in sorted(tags)],
        "paths": paths,
        "components": {**components.all(), "securitySchemes": {_KEY: _SCHEME}},
    }
    data = _PAGE.sub(rb"\1Page", msgspec.json.encode(document))
    # What a pattern needs in Python is a matter of course in ECMA's, and RE2 has none.
    data = data.replace(msgspec.json.encode(END)[1:-1], b"$")
    return msgspec.json.format(data, indent=2) + b"\n"


def endpoints(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """List path, method in lower case and handler of all that is part of the API."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS" and handler.resolve_include_in_schema():
                    yield route.path_format, method.lower(), handler


def _operation(path: str, handler: HTTPRouteHandler, components: Components) -> Schema:
    summary, _, rest = cleandoc(handler.fn.__doc__ or "").partition("\n")
    hints = get_type_hints(handler.fn, include_extras=True)
    markers = _parameters(hints)
    # An endpoint that has two paths has one of them for the suffix of the format.
    is_second = len(handler.paths) > 1 and path.endswith(".json")
    operation: Schema = {
        "operationId": f"{handler.operation_id}{'Json' if is_second else ''}",
        "tags": handler.resolve_tags(),
        "summary": markdown(summary),
        "description": markdown(rest or summary),
    }
    if markers:
        operation["parameters"] = [
            _parameter(name, annotation, handler, components)
            for name, annotation in markers.items()
        ]
    if "open_query" in handler.opt:
        operation[OPEN_QUERY] = list(handler.opt["open_query"])
    if body := _body(handler, hints, components):
        operation["requestBody"] = body
    operation["security"] = _security(handler)
    operation["responses"] = {
        **_successes(handler, hints, components),
        **_failures(handler, hints, components),
    }
    return operation


def _security(handler: HTTPRouteHandler) -> list[dict[str, list[str]]]:
    """Say whether an API key can be done without: on loopback, and of public maps."""
    key: dict[str, list[str]] = {_KEY: []}
    return [key] if needs(handler) == "admin" else [key, {}]


_KEY: Final = "key"
_SCHEME: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "amk_…",
    "description": "An API key. A server on loopback may ask for none; elsewhere who "
    "has none may read public maps.",
}


def _parameters(hints: dict[str, Any]) -> dict[str, Any]:
    return {
        name: annotation
        for name, annotation in hints.items()
        if get_origin(annotation) is Annotated and _marker(annotation)
    }


def _marker(annotation: Any) -> ParameterKwarg | None:
    found = (m for m in get_args(annotation)[1:] if isinstance(m, ParameterKwarg))
    return next(found, None)


def _parameter(
    name: str,
    annotation: Any,
    handler: HTTPRouteHandler,
    components: Components,
) -> Schema:
    marker = _marker(annotation)
    assert marker is not None
    default = signature(handler.fn).parameters[name].default
    type_ = get_args(annotation)[0]
    if NoneType in get_args(type_):  # null cannot be sent; it stands for nothing
        (type_,) = (one for one in get_args(type_) if one is not NoneType)
    bounds = {
        bound: value
        for bound in ("ge", "gt", "le", "lt", "pattern", "min_length", "max_length")
        if (value := getattr(marker, bound)) is not None
    }
    wire_name = marker.name or name
    if wire_name == FIELDS and (listed := query_parameters(handler)[FIELDS]):
        bounds["pattern"] = listed.pattern.pattern
    example = PARAMETERS.get(wire_name)
    if isinstance(example, str) and not re.search(bounds.get("pattern", ""), example):
        example = None
    extra = {} if default in (None, Parameter.empty) else {"default": default}
    meta = Meta(**bounds, extra_json_schema=extra)
    return {
        "name": wire_name,
        "in": marker.param_type.value,
        "required": default is Parameter.empty,
        "description": marker.description,
        "schema": components.schema(Annotated[type_, meta]),
        **({} if example is None else {"example": example}),
    }


def _body(
    handler: HTTPRouteHandler, hints: dict[str, Any], components: Components
) -> Schema | None:
    if "data" in hints:
        schema = components.schema(get_args(hints["data"])[0])
        return {"required": True, "content": {JSON: {"schema": schema}}}
    if RawBody in hints.values():
        return {
            "required": True,
            "content": {
                media_type: _raw(handler, media_type, components, {})
                for media_type in handler.opt["reads"]
            },
        }
    return None


def _raw(
    handler: HTTPRouteHandler, media_type: str, components: Components, text: Schema
) -> dict[str, Schema]:
    """Say what is known of a body that is a file, by its media type.

    An endpoint that knows more of a media type says so as ``shapes``, one that streams
    what data its ``events`` have.
    """
    if events := handler.opt.get("events"):
        kinds = [_event(name, type_, components) for name, type_ in events.items()]
        return {"schema": {"description": "One event.", "anyOf": kinds}}
    shape = handler.opt.get("shapes", {}).get(media_type)
    if shape is not None:
        return {"schema": components.schema(shape)}
    if text and not media_type.endswith("json"):
        return {"schema": text}
    return {}


def _event(name: str, type_: Any, components: Components) -> Schema:
    """Describe one kind of server-sent event as OpenAPI 3.2 has them, but in 3.1."""
    data = {
        "type": "string",
        "contentMediaType": JSON,
        "contentSchema": components.schema(type_),
    }
    members = {"event": {"const": name}, "id": {"type": "string"}, "data": data}
    return {"type": "object", "properties": members, "required": ["event", "data"]}


def _successes(
    handler: HTTPRouteHandler, hints: dict[str, Any], components: Components
) -> dict[str, Schema]:
    shape = hints["return"]
    if get_origin(shape) is Response:
        (shape,) = get_args(shape)
    headers = _headers(hints, shape)
    content: Schema = {}
    if shape is not NoneType:
        media_type = media_type_of(handler)
        known = (
            _raw(handler, media_type, components, {"type": "string"})
            if shape is Any
            else {"schema": components.answer(shape, is_sparse="fields" in hints)}
        )
        content = {"content": {media_type: known}}
    successes: dict[str, Schema] = {}
    for status in handler.opt.get("statuses", (handler.status_code,)):
        created = {"Location": _LOCATION} if status == HTTPStatus.CREATED else {}
        successes[str(status)] = {
            "description": HTTPStatus(status).phrase,
            **({"headers": headers | created} if headers or created else {}),
            **content,
        }
    if "prefer" in hints:
        successes["202"] = {
            "description": "A job will do it.",
            "headers": {"Location": _LOCATION},
            "content": {JSON: {"schema": components.schema(JobOut)}},
        }
    if "if_none_match" in hints:
        successes["304"] = {"description": "What the client has still holds."}
    return successes


_LOCATION: Final = {
    "description": "Where what was made is.",
    "schema": {"type": "string", "format": "uri-reference"},
}


def _headers(hints: dict[str, Any], shape: Any) -> dict[str, Schema]:
    headers: dict[str, Schema] = {}
    if "map_key" in hints and shape is not NoneType:
        headers[REVISION] = {
            "description": "The revision of the map.",
            "schema": {"type": "integer", "minimum": 1},
        }
    if "if_none_match" in hints or "if_match" in hints:
        headers["ETag"] = {
            "description": "What to send as If-Match or If-None-Match.",
            "schema": {"type": "string"},
        }
    if Once in hints.values():
        headers[REPLAYED] = {
            "description": "That this was answered before, and is not done again.",
            "schema": {"const": "true"},
        }
    if get_origin(shape) is Page and "cursor" in hints:
        headers["Link"] = {
            "description": 'The next page, as rel="next".',
            "schema": {"type": "string"},
        }
    return headers


def _failures(
    handler: HTTPRouteHandler, hints: dict[str, Any], components: Components
) -> dict[str, Schema]:
    """Say with which problems an endpoint can answer, from what it takes."""
    causes: list[type[ArgmapError | Refusal]] = [
        errors.Malformed,
        UnknownParameter,
        NotAcceptable,
        ForeignHost,
        TooManyRequests,
        errors.Unauthorized,
        errors.Unavailable,
        *handler.opt.get("errors", ()),
    ]
    if handler.http_methods != {"GET"}:
        causes += [ForeignOrigin, errors.StorageFull]
        if "map_key" in hints:
            causes += [errors.Forbidden]
    if not handler.http_methods <= {"GET", "POST"} or Once in hints.values():
        causes += [NotSupported]
    if Once in hints.values():
        causes += [errors.KeyReused, errors.UnderWay]
    if "data" in hints or RawBody in hints.values():
        causes += [errors.TooLarge, BodyTooSlow, UnsupportedMediaType]
    if "map_key" in hints or "rule" in hints or "rule_name" in hints:
        causes += [errors.NotFound]
    if "prefer" in hints:
        causes += [errors.TooSlow]
    if "if_match" in hints:
        causes += [errors.PreconditionRequired, errors.Stale]
    if "absent" in hints:
        causes += [errors.Exists]
    by_status: dict[int, list[type[ArgmapError | Refusal]]] = {}
    for cause in causes:
        status = (
            status_of(cause) if issubclass(cause, ArgmapError) else cause.status_code
        )
        by_status.setdefault(status, []).append(cause)
    return {
        str(status): components.failure(causes)
        for status, causes in sorted(by_status.items())
    }

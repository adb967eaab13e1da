"""The OpenAPI 3.1 document of an application, from its endpoints and nothing else.

Litestar's own would lose what makes a document exact (additionalProperties, bounds
of items, discriminators) and knows nothing of problem documents. So operations are
read off the handlers here, and components come from msgspec, in one call.
"""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from inspect import Parameter, cleandoc, signature
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg, RawBody
from litestar.routes import HTTPRoute
from msgspec import Meta

from argmap import errors
from argmap.api.answers import JSON, REVISION, Page
from argmap.api.errors import (
    MEDIA_TYPE,
    BodyTooSlow,
    FaultDocument,
    ForeignHost,
    ForeignOrigin,
    NotAcceptable,
    NotSupported,
    Problem,
    Refusal,
    UnknownParameter,
    UnsupportedMediaType,
    status_of,
    title,
)
from argmap.api.jobs import JobOut
from argmap.api.once import REPLAYED
from argmap.api.parameters import Once
from argmap.api.requests import media_type_of
from argmap.errors import ArgmapError
from argmap.service.views import VERSION

Schema = dict[str, Any]

OPENAPI: Final = "3.1.0"

_SCHEMAS: Final = "#/components/schemas/"
_PAGE: Final = re.compile(rb"Page(?:_|\[)(\w+?)Out(?:_|\])")

_OPEN: Final = {Problem.__name__, FaultDocument.__name__}
"""What has the facts of an error as further members."""

_ONE_OF: Final = {
    "Add": ("source", "passage", "claim", "relation"),
    "Move": ("source", "passage", "claim", "relation"),
    "Remove": ("source", "passage", "claim", "relation"),
    "Replace": ("map", "source", "passage", "claim", "relation"),
    "Target": ("claim", "relation"),
}
"""Bodies that have exactly one of these members, which a Struct cannot say."""


class _Components:
    """What a document speaks of: types, filled in once all are known, and failures."""

    def __init__(self) -> None:
        self._types: list[Any] = [Problem]
        self._places: list[Schema] = [{}]
        self._failures: dict[str, Schema] = {}

    def schema(self, type_: Any) -> Schema:
        """Give the schema of a type; it is filled in by `all`."""
        if get_origin(type_) in (Union, UnionType) and NoneType not in get_args(type_):
            return {"anyOf": [self.schema(one) for one in get_args(type_)]}
        place: Schema = {}
        self._types.append(type_)
        self._places.append(place)
        return place

    def failure(self, causes: Iterable[type[ArgmapError | Refusal]]) -> Schema:
        """Give the answer to several errors of one status."""
        titles = {cause.code: title(cause) for cause in causes}
        name = ".".join(titles)
        self._failures[name] = {
            "description": "\n\n".join(f"`{c}`: {t}" for c, t in titles.items()),
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}},
        }
        return {"$ref": f"#/components/responses/{name}"}

    def all(self) -> Schema:
        """Fill in all schemas, and give the components that are referred to."""
        schemas, components = msgspec.json.schema_components(
            self._types, ref_template=_SCHEMAS + "{name}"
        )
        for place, schema in zip(self._places, schemas, strict=True):
            place.update(schema)
        exact = {name: _exact(name, schema) for name, schema in components.items()}
        return {
            "responses": dict(sorted(self._failures.items())),
            "schemas": dict(sorted(exact.items())),
        }


def describe(app: Litestar) -> bytes:
    """Write the OpenAPI document of an application, alike for alike endpoints."""
    components = _Components()
    paths: dict[str, dict[str, Any]] = {}
    tags: dict[str, str] = {}
    for path, method, handler in sorted(endpoints(app), key=lambda each: each[:2]):
        paths.setdefault(path, {})[method] = _operation(path, handler, components)
        controller = type(getattr(handler.fn, "__self__")).__doc__ or ""  # noqa: B009
        for tag in handler.resolve_tags():
            tags.setdefault(tag, _markdown(controller))
    document = {
        "openapi": OPENAPI,
        "info": {
            "title": "argmap",
            "summary": "Argument maps in, verdicts out.",
            "version": VERSION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": tags[name]} for name in sorted(tags)],
        "paths": paths,
        "components": components.all(),
    }
    data = _PAGE.sub(rb"\1Page", msgspec.json.encode(document))
    return msgspec.json.format(data, indent=2) + b"\n"


def endpoints(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """List path, method in lower case and handler of everything that can be called."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS":
                    yield route.path_format, method.lower(), handler


def _operation(path: str, handler: HTTPRouteHandler, components: _Components) -> Schema:
    summary, _, rest = cleandoc(handler.fn.__doc__ or "").partition("\n")
    hints = get_type_hints(handler.fn, include_extras=True)
    markers = _parameters(hints)
    # An endpoint that has two paths has one of them for the suffix of the format.
    is_second = len(handler.paths) > 1 and path.endswith(".json")
    operation: Schema = {
        "operationId": f"{handler.operation_id}{'Json' if is_second else ''}",
        "tags": handler.resolve_tags(),
        "summary": _markdown(summary),
        "description": _markdown(rest or summary),
    }
    if markers:
        operation["parameters"] = [
            _parameter(name, annotation, handler, components)
            for name, annotation in markers.items()
        ]
    if body := _body(handler, hints, components):
        operation["requestBody"] = body
    operation["responses"] = {
        **_successes(handler, hints, components),
        **_failures(handler, hints, components),
    }
    return operation


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
    name: str, annotation: Any, handler: HTTPRouteHandler, components: _Components
) -> Schema:
    marker = _marker(annotation)
    assert marker is not None
    default = signature(handler.fn).parameters[name].default
    type_ = get_args(annotation)[0]
    if NoneType in get_args(type_):  # null cannot be sent; it stands for nothing
        (type_,) = (one for one in get_args(type_) if one is not NoneType)
    bounds = {
        bound: value
        for bound in ("ge", "le", "pattern", "min_length", "max_length")
        if (value := getattr(marker, bound)) is not None
    }
    extra = {} if default in (None, Parameter.empty) else {"default": default}
    meta = Meta(**bounds, extra_json_schema=extra)
    return {
        "name": marker.name or name,
        "in": marker.param_type.value,
        "required": default is Parameter.empty,
        "description": marker.description,
        "schema": components.schema(Annotated[type_, meta]),
    }


def _body(
    handler: HTTPRouteHandler, hints: dict[str, Any], components: _Components
) -> Schema | None:
    if "data" in hints:
        schema = components.schema(get_args(hints["data"])[0])
        return {"required": True, "content": {JSON: {"schema": schema}}}
    if RawBody in hints.values():
        return {
            "required": True,
            "content": {media_type: {} for media_type in handler.opt["reads"]},
        }
    return None


def _successes(
    handler: HTTPRouteHandler, hints: dict[str, Any], components: _Components
) -> dict[str, Schema]:
    shape = hints["return"]
    if get_origin(shape) is Response:
        (shape,) = get_args(shape)
    headers = _headers(hints, shape)
    content = {}
    if shape is not NoneType:
        media_type = media_type_of(handler)
        content = {"content": {media_type: {"schema": components.schema(shape)}}}
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
    handler: HTTPRouteHandler, hints: dict[str, Any], components: _Components
) -> dict[str, Schema]:
    """Say with which problems an endpoint can answer, from what it takes."""
    causes: list[type[ArgmapError | Refusal]] = [
        errors.Malformed,
        UnknownParameter,
        NotAcceptable,
        ForeignHost,
        errors.Unavailable,
        *handler.opt.get("errors", ()),
    ]
    if handler.http_methods != {"GET"}:
        causes += [ForeignOrigin, errors.StorageFull]
    if not handler.http_methods <= {"GET", "POST"}:
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


def _exact(name: str, schema: Schema) -> Schema:
    """Say of a component what a Struct has no words for."""
    if schema.get("type") == "object" and "properties" in schema:
        schema["additionalProperties"] = name in _OPEN
    for member in schema.get("properties", {}).values():
        if member.get("default") == "" and "pattern" in member:
            del member["default"]  # no key: it is derived
    if "description" in schema:
        schema["description"] = _markdown(schema["description"])
    if members := _ONE_OF.get(name):
        for member in members:
            (one,) = (
                each
                for each in schema["properties"][member]["anyOf"]
                if each != {"type": "null"}
            )
            schema["properties"][member] = one
        schema["oneOf"] = [{"required": [member]} for member in members]
    return schema


def _markdown(text: str) -> str:
    return text.strip().replace("``", "`")

"""The components of the OpenAPI document: all that its operations speak of.

Schemas come from msgspec, in one call, and are then made exact: what a Struct has no
words for is added here, and an example, where `argmap.api.examples` has one.
"""

import re
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from argmap.api.answers import Page
from argmap.api.errors import MEDIA_TYPE, FaultDocument, Problem, Refusal, title
from argmap.api.examples import EXAMPLES
from argmap.errors import ArgmapError

Schema = dict[str, Any]

_SCHEMAS: Final = "#/components/schemas/"

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


class Components:
    """What a document speaks of: types, filled in once all are known, and failures."""

    def __init__(self) -> None:
        self._types: list[Any] = [Problem]
        self._places: list[Schema] = [{}]
        self._failures: dict[str, Schema] = {}
        self._sparse: set[type[Struct]] = set()

    def schema(self, type_: Any) -> Schema:
        """Give the schema of a type; it is filled in by `all`."""
        if get_origin(type_) in (Union, UnionType) and NoneType not in get_args(type_):
            return {"anyOf": [self.schema(one) for one in get_args(type_)]}
        place: Schema = {}
        self._types.append(type_)
        self._places.append(place)
        return place

    def answer(self, shape: Any, *, is_sparse: bool) -> Schema:
        """Give the schema of an answer, which may be asked for with fewer members."""
        whole = self.schema(shape)
        if not is_sparse:
            return whole
        is_page = get_origin(shape) is Page
        item = get_args(shape)[0] if is_page else shape
        self._sparse.add(item)
        name = _sparse_page_name(item) if is_page else _sparse_name(item)
        return {"anyOf": [whole, {"$ref": _SCHEMAS + name}]}

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
        for item in self._sparse:
            exact |= _sparse(item, exact)
        return {
            "responses": dict(sorted(self._failures.items())),
            "schemas": dict(sorted(exact.items())),
        }


def _exact(name: str, schema: Schema) -> Schema:
    """Say of a component what a Struct has no words for."""
    if schema.get("type") == "object" and "properties" in schema:
        schema["additionalProperties"] = name in _OPEN
    for member in schema.get("properties", {}).values():
        if member.get("default") == "" and "pattern" in member:
            del member["default"]  # no key: it is derived
    if "description" in schema:
        schema["description"] = markdown(schema["description"])
    if members := _ONE_OF.get(name):  # null is as good as absent
        schema["oneOf"] = [
            {"required": [member], "properties": {member: {"not": {"type": "null"}}}}
            for member in members
        ]
    if name in EXAMPLES:
        schema["examples"] = [EXAMPLES[name]]
    return schema


def _sparse_name(item: type[Struct]) -> str:
    return f"{item.__name__.removesuffix('Out')}Fields"


def _sparse_page_name(item: type[Struct]) -> str:
    return f"{_sparse_name(item)}Page"


def _sparse(item: type[Struct], exact: Mapping[str, Schema]) -> dict[str, Schema]:
    """Describe an item of which some members are left, and pages of such."""
    name = _sparse_name(item)
    few = {**exact[item.__name__], "title": name, "required": []}
    few["description"] = f"Those members of {item.__name__} that `fields` names."
    few.pop("examples", None)
    sparse = {name: few}
    whole = next((exact[p] for p in exact if re.fullmatch(_page_of(item), p)), None)
    if whole is not None:
        page = _sparse_page_name(item)
        items = {"type": "array", "items": {"$ref": _SCHEMAS + name}}
        properties = {**whole["properties"], "items": items}
        sparse[page] = {**whole, "title": page, "properties": properties}
    return sparse


def _page_of(item: type[Struct]) -> str:
    return rf"Page\W?_?{item.__name__}_?\W?"


def markdown(text: str) -> str:
    """Make of a docstring what a document says."""
    return cleandoc(text).replace("``", "`")

"""Every place of every body that takes a text, as the API's document has it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from argmap.api.openapi import document

DOCUMENT: Final[dict[str, Any]] = msgspec.json.decode(document())
JSON: Final = "application/json"
ARGMAP: Final = "application/vnd.argmap+json"

NAME: Final = "{name}"
"""The step that stands for the name of a member of free data, not for its value."""

_DEPTH: Final = 14
_LIKE: Final = {  # what fits a pattern, by how that begins
    "^[a-z0-9]": "quiet",
    r"^\$?[a-z0-9]": "quiet",
    "^[0-9]{4}": "2024",
    "^[0-9a-f]{64}": "0" * 64,
}


class Step(NamedTuple):
    """One step into a body: a member, an entry, one of several shapes."""

    kind: str
    name: str | int = 0


class Field(NamedTuple):
    """A place that takes a text, in what one operation is sent."""

    operation: str
    method: str
    path: str
    media_type: str
    steps: tuple[Step, ...]
    is_verbatim: bool

    def __str__(self) -> str:
        """Name it by operation and place."""
        inner = ".".join(str(s.name) for s in self.steps if s.kind != "shape")
        return f"{self.operation}:{inner}"


def fields() -> Iterator[Field]:
    """List the places of all bodies, each once."""
    seen: set[str] = set()
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            for media_type in (JSON, ARGMAP):
                if (schema := content.get(media_type, {}).get("schema")) is None:
                    continue
                name = operation["operationId"]
                for steps, is_verbatim in _texts(schema, (), verbatim=False):
                    found = Field(name, method, path, media_type, steps, is_verbatim)
                    if str(found) not in seen:
                        seen.add(str(found))
                        yield found


def body(field: Field, text: Any) -> Any:
    """Make a body with a text in one place and whatever it must have else."""
    content = DOCUMENT["paths"][field.path][field.method]["requestBody"]["content"]
    return _built(content[field.media_type]["schema"], field.steps, text)


@cache
def _component(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][reference.split("/")[-1]]
    return found


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return _component(schema["$ref"]) if "$ref" in schema else schema


def _texts(
    schema: Mapping[str, Any], steps: tuple[Step, ...], *, verbatim: bool
) -> Iterator[tuple[tuple[Step, ...], bool]]:
    schema = _resolved(schema)
    if len(steps) > _DEPTH:
        return
    for index, shape in enumerate(schema.get("anyOf", ())):
        yield from _texts(shape, (*steps, Step("shape", index)), verbatim=verbatim)
    if schema.get("type") == "string" and "enum" not in schema:
        yield steps, verbatim
    elif schema.get("type") == "array":
        yield from _texts(schema["items"], (*steps, Step("entry")), verbatim=verbatim)
    elif schema.get("type") == "object":
        members = schema.get("properties", {})
        for name, inner in members.items():
            is_own = schema.get("title", "").startswith("Source")
            kept = verbatim or (is_own and name in ("text", "url"))
            yield from _texts(inner, (*steps, Step("member", name)), verbatim=kept)
        if not members:
            yield (*steps, Step("member", "free")), True
            yield (*steps, Step("member", NAME)), True


def _built(schema: Mapping[str, Any], steps: tuple[Step, ...], text: Any) -> Any:
    schema = _resolved(schema)
    if not steps:
        return text
    (kind, name), rest = steps[0], steps[1:]
    if kind == "shape":
        return _built(schema["anyOf"][int(name)], rest, text)
    if kind == "entry":
        return [_built(schema["items"], rest, text)]
    if "properties" not in schema:
        return {text: 1} if name == NAME else {name: text}
    return _least(schema) | {name: _built(schema["properties"][name], rest, text)}


def _least(schema: Mapping[str, Any]) -> Any:
    """Make the least that a schema allows."""
    schema = _resolved(schema)
    if "anyOf" in schema:
        return _least(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "string":
            fit = (
                v for k, v in _LIKE.items() if schema.get("pattern", "").startswith(k)
            )
            return next(fit, "A text.")
        case "array":
            return [_least(schema["items"])] * schema.get("minItems", 0)
        case "object":
            members = schema.get("properties", {})
            return {name: _least(members[name]) for name in schema.get("required", ())}
        case "integer" | "number":
            return schema.get("minimum", 0)
    return False

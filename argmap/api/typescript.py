"""TypeScript types of the OpenAPI document: its bodies, and what each operation takes.

``Schemas`` has every component by name; ``Operations`` has, by operationId, the method,
the URL, the parameters by where they go, the body, and the answers by status. That is
all that a typed client needs, and less than a generator for any document has to know.
"""

from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Any, Final

import msgspec

from argmap.api.describe import OPEN_QUERY

Schema = Mapping[str, Any]

_HEAD: Final = """\
// The types of argmap's API: made of argmap.openapi.json, not to be edited.

"""
_PRIMITIVES: Final = {
    "boolean": "boolean",
    "integer": "number",
    "null": "null",
    "number": "number",
    "string": "string",
}
_REFERENCE: Final = "#/components/schemas/"
_RESPONSE: Final = "#/components/responses/"
_PLACES: Final = ("path", "query", "header")


def typescript(document: bytes) -> bytes:
    """Write the types of an OpenAPI document, as a declaration file.

    Bounds and patterns have no counterpart, and are left to the server.
    """
    read = msgspec.json.decode(document)
    return "".join((_HEAD, *_schemas(read), "\n", *_operations(read))).encode()


def _schemas(document: Schema) -> Iterator[str]:
    yield "export interface Schemas {\n"
    for name, schema in document["components"]["schemas"].items():
        yield _comment(schema.get("description", ""), "  ")
        yield f"  {_name(name)}: {_type(schema, '  ')};\n"
    yield "}\n"


def _operations(document: Schema) -> Iterator[str]:
    responses = document["components"]["responses"]
    yield "export interface Operations {\n"
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield _comment(operation["summary"], "  ")
            yield f"  {operation['operationId']}: {{\n"
            yield f"    method: {dumps(method.upper())};\n"
            yield f"    url: {dumps(path)};\n"
            for place in _PLACES:
                found = (
                    each
                    for each in operation.get("parameters", ())
                    if each["in"] == place
                )
                prefixes = operation.get(OPEN_QUERY, ()) if place == "query" else ()
                yield f"    {place}: {_parameters(found, prefixes)};\n"
            body = operation.get("requestBody", {"content": {}})["content"]
            yield f"    body: {_contents(body) if body else 'undefined'};\n"
            yield "    answers: {\n"
            for status, answer in operation["responses"].items():
                known = answer.get("$ref", "").removeprefix(_RESPONSE)
                content = (responses[known] if known else answer).get("content", {})
                yield f"      {status}: {_contents(content) or 'undefined'};\n"
            yield "    };\n  };\n"
    yield "}\n"


def _parameters(found: Iterable[Schema], prefixes: Iterable[str]) -> str:
    """Give the type of the parameters that go to one place; some only begin so."""
    members = [
        f"{_name(each['name'])}{'' if each['required'] else '?'}: "
        f"{_type(each['schema'], '      ')}"
        for each in found
    ]
    members += [
        f"[name: `{prefix}${{string}}`]: string | number | boolean"
        for prefix in prefixes
    ]
    return f"{{ {'; '.join(members)} }}" if members else "Record<never, never>"


def _contents(content: Schema) -> str:
    """Give the type of a body, whichever media type it has."""
    types = {
        _type(each["schema"], "      ") if "schema" in each else "unknown"
        for each in content.values()
    }
    return "unknown" if "unknown" in types else " | ".join(sorted(types))


def _type(schema: Schema, indent: str) -> str:
    """Give the type of whatever a schema describes."""
    if "$ref" in schema:
        return f"Schemas[{dumps(schema['$ref'].removeprefix(_REFERENCE))}]"
    if "const" in schema:
        return dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(dumps, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(_type(one, indent) for one in schema["anyOf"])
    if "oneOf" in schema:
        return _one_of(schema, indent)
    match schema.get("type"):
        case "array":
            item = _type(schema.get("items", {}), indent)
            return f"({item})[]" if " " in item else f"{item}[]"
        case "object":
            return _object(schema, indent)
        case None:
            return "unknown"
        case primitive:
            return _PRIMITIVES[primitive]


def _one_of(schema: Schema, indent: str) -> str:
    """Give the type of an object that has exactly one of some members."""
    choices = [one["required"][0] for one in schema["oneOf"]]
    rest = {n: s for n, s in schema["properties"].items() if n not in choices}
    shapes = []
    for choice in choices:
        chosen = {choice: _without_null(schema["properties"][choice])}
        others = {n: {"type": "null"} for n in choices if n != choice}
        required = [choice, *schema.get("required", ())]
        one = {"properties": rest | chosen | others, "required": required}
        shapes.append(_object(one, indent))
    return " | ".join(shapes)


def _without_null(schema: Schema) -> Schema:
    (one,) = (each for each in schema["anyOf"] if each != {"type": "null"})
    known: Schema = one
    return known


def _object(schema: Schema, indent: str) -> str:
    members, extra = schema.get("properties", {}), schema.get("additionalProperties")
    if not members:
        value = _type(extra, indent) if isinstance(extra, dict) else "unknown"
        return f"Record<string, {value}>"
    required = schema.get("required", ())
    lines = []
    for name, member in members.items():
        lines.append(_comment(member.get("description", ""), indent + "  "))
        mark = "" if name in required else "?"
        lines.append(
            f"{indent}  {_name(name)}{mark}: {_type(member, indent + '  ')};\n"
        )
    if extra is True:
        lines.append(f"{indent}  [fact: string]: unknown;\n")
    return f"{{\n{''.join(lines)}{indent}}}"


def _name(name: str) -> str:
    return name if name.isidentifier() else dumps(name)


def _comment(text: str, indent: str) -> str:
    if not text:
        return ""
    lines = text.replace("*/", "*\\/").splitlines()
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"

"""The OpenAPI document as one page of HTML, to be read without a script.

Operations come by tag, each with its parameters, body, answers and an example; then all
schemas. Everything refers to everything by anchors: ``#addClaim``, ``#ClaimIn``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from json import dumps
from typing import Any, Final

import msgspec

from argmap.api.describe import OPEN_QUERY
from argmap.api.page import STATIC

Schema = Mapping[str, Any]

_REFERENCE: Final = "#/components/schemas/"
_RESPONSE: Final = "#/components/responses/"
_CODE: Final = re.compile(r"`([^`]+)`")
_BOUNDS: Final = {
    "minimum": "≥ {}",
    "exclusiveMinimum": "> {}",
    "maximum": "≤ {}",
    "exclusiveMaximum": "< {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "like {}",
    "default": "default {}",
}


def manual(document: bytes) -> str:
    """Write the page of an OpenAPI document, as HTML."""
    return "\n".join(_page(msgspec.json.decode(document)))


def _page(document: Schema) -> Iterator[str]:
    info = document["info"]
    by_tag: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            (tag, *_) = operation["tags"]
            by_tag.setdefault(tag, []).append((method.upper(), path, operation))
    title = f"{escape(info['title'])} {escape(info['version'])}: the API"
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f'<link rel="stylesheet" href="{STATIC}/docs.css"></head>'
    yield '<body><nav aria-label="Contents"><a class="skip" href="#api">To the text</a>'
    for tag in document["tags"]:
        links = (
            _item(o["operationId"], o["summary"]) for _, _, o in by_tag[tag["name"]]
        )
        yield f"<h2>{_link(_tag_id(tag['name']), tag['name'])}</h2>"
        yield f"<ul>{''.join(links)}</ul>"
    schemas = document["components"]["schemas"]
    yield f"<h2>{_link('schemas', 'schemas')}</h2>"
    yield f"<ul>{''.join(_item(name, name) for name in schemas)}</ul></nav>"
    yield f'<main id="api"><h1>{title}</h1><p>{escape(info["summary"])} '
    yield 'For machines: <a href="/openapi.json">openapi.json</a>.</p>'
    yield _prose(info["description"])
    for tag in document["tags"]:
        yield f'<section id="{_tag_id(tag["name"])}"><h2>{escape(tag["name"])}</h2>'
        yield _prose(tag["description"])
        for method, path, operation in by_tag[tag["name"]]:
            yield from _operation(method, path, operation, document)
        yield "</section>"
    yield '<section id="schemas"><h2>schemas</h2>'
    for name, schema in schemas.items():
        yield from _schema(name, schema)
    yield "</section></main></body></html>"


def _operation(
    method: str, path: str, operation: Schema, document: Schema
) -> Iterator[str]:
    yield f'<article id="{operation["operationId"]}">'
    yield f'<h3><span class="method">{method}</span> <code>{escape(path)}</code></h3>'
    yield _prose(operation["summary"])
    if operation["description"] != operation["summary"]:
        yield _prose(operation["description"])
    parameters = [_parameter(each) for each in operation.get("parameters", ())]
    parameters += [
        (f"<code>{prefix}…</code>", "query", "as the rule or the format says", "")
        for prefix in operation.get(OPEN_QUERY, ())
    ]
    if parameters:
        yield _table(("parameter", "in", "type", "meaning"), parameters)
    for media_type, given in operation.get("requestBody", {"content": {}})[
        "content"
    ].items():
        yield f"<p>Body: <code>{media_type}</code> {_type(given.get('schema', {}))}</p>"
        yield from _example(given.get("schema", {}), document)
    responses = document["components"]["responses"]
    answers = [
        _answer(status, responses.get(answer.get("$ref", "")[len(_RESPONSE) :], answer))
        for status, answer in operation["responses"].items()
    ]
    yield _table(("status", "meaning", "body"), answers)
    yield "</article>"


def _parameter(parameter: Schema) -> tuple[str, ...]:
    mark = "" if parameter["required"] else ' <span class="quiet">optional</span>'
    meaning = _prose(parameter["description"])
    if "example" in parameter:
        meaning += f"<p>Example: <code>{escape(str(parameter['example']))}</code></p>"
    return (
        f"<code>{parameter['name']}</code>{mark}",
        parameter["in"],
        _type(parameter["schema"]),
        meaning,
    )


def _answer(status: str, answer: Schema) -> tuple[str, ...]:
    bodies = (
        f"<code>{media_type}</code> {_type(given.get('schema', {}))}"
        for media_type, given in answer.get("content", {}).items()
    )
    headers = "".join(
        f"<p><code>{name}</code>: {_inline(header['description'])}</p>"
        for name, header in answer.get("headers", {}).items()
    )
    return status, _prose(answer["description"]) + headers, "<br>".join(bodies)


def _example(schema: Schema, document: Schema) -> Iterator[str]:
    name = schema.get("$ref", "").removeprefix(_REFERENCE)
    known = document["components"]["schemas"].get(name, {})
    for example in known.get("examples", ()):
        yield f"<pre>{escape(dumps(example, indent=2, ensure_ascii=False))}</pre>"


def _schema(name: str, schema: Schema) -> Iterator[str]:
    yield f'<article id="{name}"><h3>{name}</h3>'
    yield _prose(schema.get("description", ""))
    members = schema.get("properties", {})
    rows = [
        (
            f"<code>{escape(member)}</code>"
            + ("" if member in schema.get("required", ()) else _OPTIONAL),
            _type(known),
            _prose(known.get("description", "")),
        )
        for member, known in members.items()
    ]
    if rows:
        yield _table(("member", "type", "meaning"), rows)
    if "oneOf" in schema:
        one_of = ", ".join(
            f"<code>{one['required'][0]}</code>" for one in schema["oneOf"]
        )
        yield f"<p>Exactly one of {one_of}.</p>"
    for example in schema.get("examples", ()):
        yield f"<pre>{escape(dumps(example, indent=2, ensure_ascii=False))}</pre>"
    yield "</article>"


_OPTIONAL: Final = ' <span class="quiet">optional</span>'


def _type(schema: Schema) -> str:
    """Say in words what a schema lets pass."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return _link(name, name)
    if "anyOf" in schema:
        kind = " or ".join(_type(one) for one in schema["anyOf"])
    elif "enum" in schema:
        kind = ", ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    elif "const" in schema:
        kind = f"<code>{escape(str(schema['const']))}</code>"
    elif "contentSchema" in schema:
        kind = f"JSON of {_type(schema['contentSchema'])}"
    elif members := schema.get("properties"):
        named = (f"<code>{escape(n)}</code> {_type(m)}" for n, m in members.items())
        kind = f"object ({', '.join(named)})"
    elif schema.get("type") == "array":
        kind = f"list of {_type(schema.get('items', {}))}"
    else:
        kind = schema.get("type", "anything")
    bounds = (
        escape(words.format(schema[bound]))
        for bound, words in _BOUNDS.items()
        if schema.get(bound) is not None
    )
    return ", ".join((kind, *bounds))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th scope=col>{each}</th>" for each in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows
    )
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _prose(text: str) -> str:
    paragraphs = (part for part in text.split("\n\n") if part)
    return "".join(f"<p>{_inline(part)}</p>" for part in paragraphs)


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _item(anchor: str, text: str) -> str:
    return f"<li>{_link(anchor, text)}</li>"


def _link(anchor: str, text: str) -> str:
    return f'<a href="#{anchor}">{_inline(text)}</a>'


def _tag_id(name: str) -> str:
    return f"tag-{name}"

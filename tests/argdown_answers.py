"""What Argdown's reference parser says of a document, beside what is said here.

The reference keeps a space where data, tags or a line break follow a text, and tells
the last character of a mark instead of the one after it.
"""

import re
from typing import Any

from argmap.errors import Malformed
from argmap.formats.argdown.build import build
from argmap.formats.argdown.inline import Range
from argmap.formats.argdown.model import Conclusion, Member, Model, Node, Section, Thing
from argmap.formats.argdown.parser import parse
from argmap.formats.argdown.residue import MEMBER
from argmap.model import slug

Answer = dict[str, Any]

_NAMES = {"link": "url", "tag": "tag"}
_TYPES = {"statement": "equivalence-class"}


def ours(source: str, mode: str | None = None) -> Answer:
    """Say what a document says, or where it is wrong."""
    try:
        document = parse(source.replace("\r\n", "\n"))
        if mode is not None:
            document.frontmatter = {"model": {"mode": mode}}
        return _said(build(document))
    except Malformed as error:
        return {"error": str(error).partition(":")[0]}


def meaning(source: str) -> Answer:
    """Say what a document says whatever its layout, order and made-up titles.

    A statement is known by its text; only a title that is not made of it counts.
    """
    model = build(parse(source))
    names = {t: _words(x) or t for t, x in model.statements.items()}
    names_of_arguments = {
        title: " ∴ ".join(names[step.title] for step in argument.steps) or title
        for title, argument in model.arguments.items()
    }

    def name(node: Node) -> tuple[str, str, int]:
        known = names if node.type == "statement" else names_of_arguments
        return node.type, known[node.title], node.conclusion

    return {
        "frontmatter": {k: v for k, v in model.frontmatter.items() if k != MEMBER},
        "statements": {
            names[t]: _meant(t, x, names[t]) for t, x in model.statements.items()
        },
        "arguments": {
            names_of_arguments[t]: (
                *_meant(t, x, t)[1:],
                [(names[step.title], *_step(step)[3:]) for step in x.steps],
            )
            for t, x in model.arguments.items()
        },
        "relations": {
            (r.type, name(r.source), name(r.target)) for r in model.relations
        },
        "sections": [_section(section) for section in model.sections],
    }


def _words(thing: Thing) -> str:
    return thing.canonical.content.plain if thing.canonical else ""


def _meant(title: str, thing: Thing, words: str) -> tuple[Any, ...]:
    stem = re.sub(r"-\d+\Z", "", title)
    is_made_up = not thing.has_title or slug(words, ()).startswith(stem)
    said = {m.content.markup or m.content.plain for m in thing.definitions}
    tags = sorted(thing.tags)
    data = {name: value for name, value in thing.data.items() if name != MEMBER}
    return None if is_made_up else title, said - {""}, tags, data


def theirs(answer: Answer, errors: list[Answer]) -> Answer:
    """Say the same of a golden answer or a probe."""
    if errors:
        first = errors[0]
        return {"error": f"line {first['line']}, column {first['column']}"}
    return {
        "statements": {t: _their_thing(x) for t, x in answer["statements"].items()},
        "arguments": {
            t: _their_thing(x) | {"pcs": [_their_step(s) for s in x.get("pcs", ())]}
            for t, x in answer["arguments"].items()
        },
        "relations": [_their_relation(r) for r in answer["relations"]],
        "sections": [_their_section(s) for s in answer["sections"]],
    }


def _said(model: Model) -> Answer:
    return {
        "statements": {t: _thing(x) for t, x in model.statements.items()},
        "arguments": {
            t: _thing(x) | {"pcs": [_step(s) for s in x.steps]}
            for t, x in model.arguments.items()
        },
        "relations": [
            (r.type, *_node(r.source), *_node(r.target)) for r in model.relations
        ],
        "sections": [_section(s) for s in model.sections],
    }


def _thing(thing: Thing) -> Answer:
    members = [_member(member) for member in thing.members]
    return {"members": members, "tags": list(thing.tags), "data": thing.data}


def _member(member: Member) -> Answer:
    return {
        "text": member.content.text.strip(),
        "role": member.role,
        "is_reference": member.is_reference,
        "data": member.data or {},
        "tags": list(member.content.tags),
        "ranges": [_range(mark) for mark in member.content.ranges],
    }


def _range(mark: Range) -> Answer:
    shown: Answer = {"type": mark.type, "start": mark.start, "stop": mark.end - 1}
    if mark.target is not None:
        shown[_NAMES.get(mark.type, "title")] = mark.target
    return shown


def _step(step: Any) -> tuple[Any, ...]:
    inferred = (step.rules, step.data or {}) if isinstance(step, Conclusion) else ()
    return step.title, step.member.content.text.strip(), step.member.role, *inferred


def _node(node: Node) -> tuple[str, str, int | None]:
    at = node.conclusion if node.type == "inference" else None
    return _TYPES.get(node.type, node.type), node.title, at


def _section(section: Section) -> tuple[Any, ...]:
    inner = [_section(child) for child in section.children]
    return section.id, section.level, section.content.text.strip(), inner


def _their_thing(thing: Answer) -> Answer:
    return {
        "members": [_their_member(member) for member in thing["members"]],
        "tags": thing.get("tags", []),
        "data": thing.get("data", {}),
    }


def _their_member(member: Answer) -> Answer:
    return {
        "text": (member.get("text") or "").strip(),
        "role": member.get("role"),
        "is_reference": member.get("isReference", False),
        "data": member.get("data") or {},
        "tags": member.get("tags", []),
        "ranges": member.get("ranges", []),
    }


def _their_step(step: Answer) -> tuple[Any, ...]:
    inferred: tuple[Any, ...] = ()
    if inference := step.get("inference"):
        rules = inference.get("inferenceRules", inference.get("rules"))
        inferred = (rules, inference.get("data") or {})
    return step["title"], (step.get("text") or "").strip(), step["role"], *inferred


def _their_relation(relation: Answer) -> tuple[Any, ...]:
    """Read either form: a probe names its ends by type."""
    if isinstance(relation["from"], dict):
        ((from_type, source),) = relation["from"].items()
        ends = dict(relation["to"])
        at = ends.pop("conclusionIndex", None)
        ((to_type, target),) = ends.items()
        type_ = relation["type"]
    else:
        from_type, source = relation["fromType"], relation["from"]
        to_type, target = relation["toType"], relation["to"]
        at, type_ = relation.get("conclusionIndex"), relation["relationType"]
    return type_, from_type, source, None, to_type, target, at


def _their_section(section: Answer) -> tuple[Any, ...]:
    inner = [_their_section(child) for child in section["children"]]
    return section["id"], section["level"], section["title"], inner

"""Who says what in a dialogue of locutions, as AIF has it."""

from collections.abc import Iterator
from typing import Any

from argmap.formats.graphs import Object
from argmap.model.text import tidied

_LONGEST = 100  # characters of a name before a colon


def speakers(document: Any) -> dict[str, str]:
    """Find for each claim's node the one who asserts it, if it is one.

    A locution (L) asserts what an illocution (YA) from it leads to. Its speaker is the
    participant whom ``locutions`` names, or who is named before its text's first colon.
    """
    if not isinstance(document, dict):
        return {}
    texts: dict[str, Any] = {}
    roles: dict[str, Any] = {}
    for node in _objects(document.get("nodes")):
        id_ = str(node.get("nodeID"))
        roles[id_] = node.get("type")
        if roles[id_] == "L":
            texts[id_] = node.get("text")
    if not texts:
        return {}
    spoken: dict[str, set[str]] = {}  # by illocution, the locutions that lead to it
    ways: list[tuple[str, str]] = []
    for edge in _objects(document.get("edges")):
        start, end = str(edge.get("fromID")), str(edge.get("toID"))
        if roles.get(start) == "L" and roles.get(end) == "YA":
            spoken.setdefault(end, set()).add(start)
        elif roles.get(start) == "YA" and roles.get(end) == "I":
            ways.append((start, end))
    names = dict(_names(document))
    said: dict[str, set[str]] = {}
    for illocution, claim in ways:
        for locution in spoken.get(illocution, ()):
            if name := names.get(locution) or _before_colon(texts[locution]):
                said.setdefault(claim, set()).add(name)
    return {claim: who.pop() for claim, who in said.items() if len(who) == 1}


def _names(document: Object) -> Iterator[tuple[str, str]]:
    """Name the participants of locutions that one participant alone has uttered."""
    people = {}
    for person in _objects(document.get("participants")):
        parts = [str(person.get(part) or "") for part in ("firstname", "surname")]
        if name := " ".join(" ".join(parts).split()):
            people[str(person.get("participantID"))] = tidied(name)[:500]
    uttered: dict[str, set[str]] = {}
    for locution in _objects(document.get("locutions")):
        who_spoke = people.get(str(locution.get("personID")))
        if who_spoke is not None:
            uttered.setdefault(str(locution.get("nodeID")), set()).add(who_spoke)
    for node_id, who in uttered.items():
        if len(who) == 1:
            yield node_id, next(iter(who))


def _before_colon(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    name, colon, _ = text[:_LONGEST].partition(" : ")
    return tidied(name).strip() if colon else ""


def _objects(value: Any) -> Iterator[Object]:
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                yield each

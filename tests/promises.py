"""What the API promises of maps, as dicts: short, slow, independent of what it tests.

A map is its header and its items as JSON, by kind and key, in order. Operations are
done to a copy, one after another; what is wrong is a set of statuses, and a map that is
refused is never looked at again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

Item = dict[str, Any]
Ref = tuple[str, str]
"""A kind and a key; a passage's is ``source/passage``."""

_CITING: Final[Item] = {"passages": [], "data": {}}
DEFAULTS: Final[dict[str, Item]] = {
    "map": {
        "title": "",
        "description": "",
        "language": None,
        "targets": [],
        "data": {},
    },
    "source": {
        "authors": [],
        "publisher": None,
        "published_on": None,
        "accessed_on": None,
        "url": None,
        "language": None,
        "credibility": None,
        "sha256": None,
        "length": None,
        "text": None,
        "data": {},
    },
    "passage": {
        "sha256": None,
        "paragraph": None,
        "page": None,
        "orphaned": False,
        "data": {},
    },
    "citation": {"stance": "asserts", "attributed_to": None},
    "claim": {
        "wordings": [],
        "kind": "claim",
        "base_score": None,
        "speaker": None,
        "tags": [],
        "implicit": False,
        **_CITING,
    },
    "relation": {"weight": 1.0, "scheme": None, "asks": None, **_CITING},
}
KINDS: Final = ("source", "passage", "claim", "relation")


def whole(kind: str, item: Mapping[str, Any]) -> Item:
    """Give an item the members that it was sent, or written, without."""
    return deepcopy({**DEFAULTS[kind], **item})


@dataclass
class State:
    """A map as it is at one revision."""

    header: Item
    items: dict[str, dict[str, Item]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )

    def find(self, ref: Ref) -> Item | None:
        """Look an item up."""
        return self.header if ref[0] == "map" else self.items[ref[0]].get(ref[1])


@dataclass
class Outcome:
    """What comes of a change set: another state, and what is wrong with it."""

    state: State
    touched: set[Ref] = field(default_factory=set)
    faults: set[int] = field(default_factory=set)
    refs: list[Ref] = field(default_factory=list)


def perform(
    state: State, operations: Sequence[Item], keys: Sequence[str] | None = None
) -> Outcome:
    """Do operations to a copy. *keys* are those that the server has given, in order."""
    done = Outcome(deepcopy(state))
    names: dict[str, str] = {}
    removed: set[Ref] = set()
    for index, operation in enumerate(operations):
        given = None if keys is None else keys[index]
        _STEPS[operation["op"]](done, _renamed(operation, names), given, names, removed)
    done.faults |= set(_faults(done.state, removed))
    brought = {ref for ref in done.touched if ref[0] not in ("map", "passage")}
    for ref in brought:
        if state.find(ref) is None and done.state.find(ref) is None:
            done.touched.discard(ref)  # it came and went within the change set
    return done


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Put the keys of what was added before in place of its ``$name``."""
    if isinstance(value, dict):
        return {name: _renamed(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def ref_of(operation: Item) -> Ref:
    """Say which item an operation names; one to be added may have no key yet."""
    kind = next(kind for kind in ("map", *KINDS) if kind in operation)
    named = operation[kind]
    if kind == "passage":
        return kind, f"{named['source']}/{named.get('key', named.get('passage', ''))}"
    return kind, named.get("key", "") if isinstance(named, dict) else named


def _add(
    done: Outcome, operation: Item, given: str | None, names: dict[str, str], *_: Any
) -> None:
    kind = ref_of(operation)[0]
    item = dict(operation[kind])
    source = item.pop("source") if kind == "passage" else None
    own = item.get("key", "")
    if own == "" or own.startswith("$"):
        key = given or f"new-{len(done.refs)}"
        if own:
            names[own] = key
        item["key"] = key
    ref = kind, f"{source}/{item['key']}" if source else item["key"]
    done.refs.append(ref)
    shelf = done.state.items[kind]
    before = operation.get("before")
    prefix = f"{source}/" if source else ""
    if source is not None and source not in done.state.items["source"]:
        done.faults.add(422)
    elif ref[1] in shelf:
        done.faults.add(409)
    elif before is not None and prefix + before not in shelf:
        done.faults.add(422)
    else:
        shelf[ref[1]] = _measured(done.state, ref, whole(kind, item))
        _place(shelf, ref[1], None if before is None else prefix + before)
        _touch(done, ref)


def _replace(done: Outcome, operation: Item, *_: Any) -> None:
    ref = ref_of(operation)
    done.refs.append(ref)
    old = done.state.find(ref)
    if old is None:
        done.faults.add(422)
        return
    values = operation["set"]
    new = {**old, **deepcopy(values)}
    if ref[0] == "passage" and values.get("spans", old["spans"]) != old["spans"]:
        new["sha256"] = values.get("sha256")
    new = _measured(done.state, ref, new)
    if new != old:
        old.update(new)
        _touch(done, ref)


def _remove(done: Outcome, operation: Item, _: Any, __: Any, removed: set[Ref]) -> None:
    ref = ref_of(operation)
    done.refs.append(ref)
    if done.state.find(ref) is None:
        done.faults.add(422)
        return
    going = _parts(done.state, ref)
    if operation.get("cascade"):
        while more := {
            ("relation", key)
            for key, relation in done.state.items["relation"].items()
            if ("relation", key) not in going and _needs(relation) & going
        }:
            going |= more
        _let_go(done, going)
    for gone in going:
        _touch(done, gone)
        del done.state.items[gone[0]][gone[1]]
    removed |= going


def _move(done: Outcome, operation: Item, *_: Any) -> None:
    ref = ref_of(operation)
    done.refs.append(ref)
    kind, key = ref
    before = operation.get("before")
    if before is not None and kind == "passage":
        before = f"{key.partition('/')[0]}/{before}"
    shelf = done.state.items[kind]
    if key not in shelf or (before is not None and before not in shelf):
        done.faults.add(422)
        return
    peers = [k for k in shelf if _home(kind, k) == _home(kind, key)]
    was = list(peers)
    if before != key:
        _place(shelf, key, before)
    if [k for k in shelf if k in set(was)] != was:
        _touch(done, ref)


_STEPS: Final[dict[str, Callable[..., None]]] = {
    "add": _add,
    "replace": _replace,
    "remove": _remove,
    "move": _move,
}


def _home(kind: str, key: str) -> str:
    return key.partition("/")[0] if kind == "passage" else ""


def _place(shelf: dict[str, Item], key: str, before: str | None) -> None:
    order = [each for each in shelf if each != key]
    order.insert(len(order) if before is None else order.index(before), key)
    items = {each: shelf[each] for each in order}
    shelf.clear()
    shelf.update(items)


def _touch(done: Outcome, ref: Ref) -> None:
    done.touched.add(ref)
    if ref[0] == "passage":
        done.touched.add(("source", ref[1].partition("/")[0]))


def _parts(state: State, ref: Ref) -> set[Ref]:
    inside = {
        ("passage", key)
        for key in state.items["passage"]
        if ref[0] == "source" and key.startswith(f"{ref[1]}/")
    }
    return {ref, *inside}


def _needs(relation: Item) -> set[Ref]:
    target = {(kind, key) for kind, key in relation["target"].items() if key}
    return target | {("claim", premise) for premise in relation["premises"]}


def _let_go(done: Outcome, going: set[Ref]) -> None:
    """Take out of what stays all that refers to what goes."""
    header = done.state.header
    targets = [key for key in header["targets"] if ("claim", key) not in going]
    if targets != header["targets"]:
        header["targets"] = targets
        _touch(done, ("map", header["key"]))
    for kind in ("claim", "relation"):
        for key, item in done.state.items[kind].items():
            if (kind, key) in going:
                continue
            old = deepcopy(item)
            item["passages"] = [r for r in item["passages"] if _cited(r) not in going]
            asks = item.get("asks")
            if asks and ("relation", asks["relation"]) in going:
                item["asks"] = None
            if item != old:
                _touch(done, (kind, key))


def _cited(reference: Item) -> Ref:
    return "passage", f"{reference['source']}/{reference['passage']}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _measured(state: State, ref: Ref, item: Item) -> Item:
    """Give a source or a passage the hashes that it lacks and that can be known."""
    if ref[0] == "source" and item["text"] is not None:
        item["sha256"] = item["sha256"] or _hash(item["text"])
        item["length"] = len(item["text"])
    if ref[0] == "passage" and item["sha256"] is None:
        source = state.items["source"].get(ref[1].partition("/")[0], {})
        if (text := source.get("text")) is not None:
            parts = [text[span["start"] : span["end"]] for span in item["spans"]]
            item["sha256"] = _hash("\0".join(parts))
    return item


def _faults(state: State, removed: set[Ref]) -> Iterator[int]:
    """Yield the status of whatever may not be in a map."""

    def missing(ref: Ref) -> Iterator[int]:
        if state.find(ref) is None:
            yield 409 if ref in removed else 422

    for target in state.header["targets"]:
        yield from missing(("claim", target))
    if len(set(state.header["targets"])) < len(state.header["targets"]):
        yield 409
    for kind in ("claim", "relation"):
        for item in state.items[kind].values():
            for reference in item["passages"]:
                yield from missing(_cited(reference))
    for relation in state.items["relation"].values():
        yield from _faults_of(state, relation, missing)
    for key, passage in state.items["passage"].items():
        source = state.items["source"].get(key.partition("/")[0], {})
        previous = 0
        for span in passage["spans"]:
            last = source.get("length")
            is_inside = last is None or span["end"] <= last
            if not (previous <= span["start"] < span["end"] and is_inside):
                yield 422
            previous = max(previous, span["end"])


def _faults_of(
    state: State, relation: Item, missing: Callable[[Ref], Iterator[int]]
) -> Iterator[int]:
    for ref in _needs(relation):
        yield from missing(ref)
    if relation["asks"]:
        yield from missing(("relation", relation["asks"]["relation"]))
    premises, target = relation["premises"], relation["target"]
    if len(set(premises)) < len(premises):
        yield 409
    if target.get("claim") in premises:
        yield 422
    to_relation = target.get("relation") is not None
    if relation["kind"] in (("rebut", "rephrase") if to_relation else ("undercut",)):
        yield 422
    seen: set[str] = set()
    at: Item | None = relation
    while at is not None and at["target"].get("relation"):
        if at["key"] in seen:
            yield 422
            return
        seen.add(at["key"])
        at = state.items["relation"].get(at["target"]["relation"])

"""A batch of operations on its way: names resolved, keys derived, faults collected."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from msgspec import json
from msgspec.structs import asdict, fields, replace

from argmap.errors import DuplicateKey, Fault, InUse, InvalidKey, Malformed, Unknown
from argmap.model.codec import convert
from argmap.model.draft import Draft, own_key
from argmap.model.items import Claim, Header, ItemKind, Map, Passage, Relation, Source
from argmap.model.keys import is_key, slug
from argmap.model.limits import Place, own_faults
from argmap.model.operations import (
    Add,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
)
from argmap.model.operations import item as item_of
from argmap.model.order import Ordered
from argmap.model.passages import hashed, measured
from argmap.model.pointer import pointer
from argmap.model.text import tidied
from argmap.model.uses import Item, Ref, needs, renamed, without
from argmap.model.validate import Placed, faults_of, passage_faults

_MEMBERS: dict[type, dict[str, Any]] = {
    type_: {field.name: field.type for field in fields(type_)}
    for type_ in (Header, Source, Passage, Claim, Relation)
}
_MEMBERS[Map] = _MEMBERS[Header]
_ANCHOR = ("spans", "sha256")
"""What says where a passage is, and which words stand there."""
_EDITION = "; another text is a new edition: PUT …/text?edition=new"
_TYPES: dict[ItemKind, type[Item]] = {
    "source": Source,
    "passage": Passage,
    "claim": Claim,
    "relation": Relation,
}


class Batch:
    """Operations done one after another to a draft of a map."""

    def __init__(self, map: Map, operations: Sequence[Operation]) -> None:
        self.draft = Draft(map)
        self._operations = operations
        self._names: dict[str, str] = {}
        self._taken: dict[str, set[str]] = {}
        self._faults: list[Fault] = []
        self._origins: dict[Ref, dict[str, str]] = {}
        self._removed: dict[Ref, str] = {}
        self._refused: set[Ref] = set()
        self._texts: set[str] = set()

    def do(self, index: int, operation: Operation) -> None:
        """Do one operation; what is wrong with it is kept for `faults`."""
        at = f"/operations/{index}"
        match operation:
            case Add():
                self._add(operation, at)
            case Replace():
                self._replace(operation, at)
            case Remove():
                self._remove(operation, at)
            case Move():
                self._move(operation, at)

    def _add(self, operation: Add, at: str) -> None:
        kind, given = item_of(operation)
        at_item = f"{at}/{kind}"
        source = self._name(given.source) if isinstance(given, NewPassage) else None
        item = self._arranged(given, source, at_item)
        ref: Ref = (kind, item.key if source is None else f"{source}/{item.key}")
        self._faults += own_faults(item, at_item.__add__)
        shelf = self.draft.shelf(ref)
        before = operation.before and self._name(operation.before)
        if shelf is None:
            self._faults.append(Unknown("source", source or "", f"{at_item}/source"))
        elif not is_key(item.key):
            self._refused.add(ref)
        elif item.key in shelf:
            detail = f"there is a {kind} {item.key!r} already; take another key"
            self._faults.append(DuplicateKey(detail, f"{at_item}/key"))
        elif before is not None and before not in shelf:
            self._refused.add(ref)
            self._faults.append(Unknown(kind, before, f"{at}/before"))
        else:
            self.draft.add(ref, item, before)
            self._origins[ref] = {"": at_item}

    def _arranged(self, given: Any, source: str | None, at: str) -> Any:
        """Give a new item its key, its normal form and the hashes it lacks."""
        key = given.key
        if key == "" or key.startswith("$"):
            key = self._derived(given, source)
            if given.key in self._names:
                detail = f"{given.key!r} names two items of this batch"
                self._faults.append(DuplicateKey(detail, f"{at}/key"))
            elif given.key:
                self._names[given.key] = key
        if isinstance(given, NewPassage):
            members = asdict(given)
            del members["source"]
            given = Passage(**members)
        item = tidied(self._resolved(replace(given, key=key)))
        if isinstance(item, Source):
            return measured(item)
        if isinstance(item, Passage):
            document = self.draft.find(("source", source or ""))
            return hashed(item, document.text if isinstance(document, Source) else None)
        return item

    def _replace(self, operation: Replace, at: str) -> None:
        ref, old = self._existing(operation, at)
        if old is None:
            return
        types, values = _MEMBERS[type(old)], {}
        for name, value in operation.set.items():
            at_value = f"{at}/set{pointer([name])}"
            if name not in types or (ref[0] == "source" and name == "passages"):
                raise Malformed(f"a {ref[0]} has no member {name!r} to set", at_value)
            values[name] = convert(value, types[name], at_value)
        if values.get("key", old.key) != old.key:
            detail = f"{ref[0]} {old.key!r} keeps its key; add another instead"
            self._faults.append(InvalidKey(detail, f"{at}/set/key"))
            return
        new = self._rehashed(ref, old, values)
        faults = own_faults(new, f"{at}/set".__add__, values)
        changed = [
            name
            for name in _MEMBERS[type(old)]
            if (faults and name in values)
            or not _is_same(getattr(old, name), getattr(new, name))
        ]
        if "spans" in changed and "sha256" not in changed:
            changed.append("sha256")  # the record must not depend on the text then
        self._faults += faults
        if isinstance(old, Source) and old.text is not None and "text" in changed:
            self._texts.add(f"{at}/set/text")
        if changed:
            self.draft.replace(ref, new, changed)
            origins = self._origins.setdefault(ref, {})
            origins |= dict.fromkeys(changed, f"{at}/set") | {"/": at}

    def _rehashed(self, ref: Ref, old: Any, values: dict[str, Any]) -> Any:
        """Make the new item: in normal form, hashed anew where that is called for."""
        if isinstance(old, Passage):
            if values.get("spans", old.spans) != old.spans:
                values.setdefault("sha256", None)
            if any(n in values and values[n] != getattr(old, n) for n in _ANCHOR):
                values.setdefault("orphaned", False)  # it speaks of the text that is
            document = self.draft.find(("source", ref[1].partition("/")[0]))
            text = document.text if isinstance(document, Source) else None
            return hashed(tidied(replace(old, **values)), text)
        if isinstance(old, Source) and None not in (old.text, values.get("text")):
            # Another text for one; a text where only its hash was known must be that.
            values = {"sha256": None, "length": None, **values}
        new = tidied(self._resolved(replace(old, **values)))
        if isinstance(new, Source):
            kept = new.passages
            return replace(measured(replace(new, passages=())), passages=kept)
        return new

    def _remove(self, operation: Remove, at: str) -> None:
        ref, item = self._existing(operation, at)
        if item is None:
            return
        parts = self.draft.parts(ref)
        going = self._cascade(parts) if operation.cascade else []
        for gone in [*reversed(going), ref]:
            self.draft.remove(gone)
        for gone in [*going, *parts]:
            self._removed[gone] = at
            self._origins.pop(gone, None)

    def _cascade(self, parts: Sequence[Ref]) -> list[Ref]:
        """Let go of what goes wherever that can be; list what must go with it."""
        uses = self.draft.uses()
        going = dict.fromkeys(parts)
        waiting = list(parts)
        while waiting:
            for user in uses.of(waiting.pop()):
                if user not in going and needs(self._item(user), going):
                    going[user] = None
                    waiting.append(user)
        users = [user for ref in going for user in uses.of(ref) if user not in going]
        for user in dict.fromkeys(users):
            old = self._item(user)
            new = without(old, going)
            changed = [
                n for n in _MEMBERS[type(old)] if getattr(old, n) != getattr(new, n)
            ]
            self.draft.replace(user, new, changed)
        return [ref for ref in going if ref not in parts]

    def _move(self, operation: Move, at: str) -> None:
        ref, item = self._existing(operation, at)
        if item is None:
            return
        before = operation.before and self._name(operation.before)
        shelf = self.draft.shelf(ref)
        if before is not None and (shelf is None or before not in shelf):
            self._faults.append(Unknown(ref[0], before, f"{at}/before"))
        else:
            self.draft.move(ref, before)

    def faults(self, map_: Map) -> list[Fault]:
        """List every fault: of the operations, and of the map that they make."""
        faults = [*self._faults, *self._dangling()]
        for fault in self._shared(map_):
            is_told = isinstance(fault, Unknown) and (
                (ref := (fault.kind, fault.key)) in self._removed
                or ref in self._refused
            )
            if not is_told:
                faults.append(fault)
        if not is_key(map_.key):
            faults.append(InvalidKey(f"{map_.key!r} is no key of a map"))
        return faults

    def _dangling(self) -> Iterator[Fault]:
        """Yield the removals that leave references to what they remove."""
        gone = {
            ref: at for ref, at in self._removed.items() if not self.draft.find(ref)
        }
        if not gone:
            return
        uses, users = self.draft.uses(), dict[str, dict[str, None]]()
        for ref, at in gone.items():
            for user in uses.of(ref):
                users.setdefault(at, {})[_path(user)] = None
        for at, paths in users.items():
            detail = "still used by " + ", ".join(list(paths)[:10])
            more = f" and {len(paths) - 10} more" if len(paths) > 10 else ""
            hint = "; change those first, or remove with cascade"
            yield InUse(detail + more + hint, at, tuple(paths))

    def _shared(self, map_: Map) -> list[Fault]:
        """List what is wrong around the items that were added or replaced."""
        items: list[Placed] = []
        faults: list[Fault] = []
        for ref in self._origins:
            item = self.draft.find(ref)
            if isinstance(item, Passage):
                source = map_.sources[ref[1].partition("/")[0]]
                if ("source", source.key) not in self._origins:
                    faults += passage_faults(source, item, self._place(ref))
            elif isinstance(item, Source):
                source = map_.sources[item.key]
                items.append((source, self._place_in(source)))
            elif item is not None:
                items.append((item, self._place(ref)))
        found = faults_of(map_, items, is_own_known=True)
        return faults + [self._told(fault) for fault in found]

    def _told(self, fault: Fault) -> Fault:
        """Say of a passage that another text of its source has not got what to do."""
        if fault.pointer not in self._texts:
            return fault
        return type(fault)(fault.detail + _EDITION, fault.pointer)

    def _place(self, ref: Ref) -> Place:
        """Point to the operation that gave an item the member in question."""
        origins = self._origins[ref]

        def place(path: str) -> str:
            at = origins.get(path.split("/")[1], origins.get(""))
            return origins["/"] if at is None else at + path

        return place

    def _place_in(self, source: Source) -> Place:
        """Point to where a source or, within it, a passage came from."""
        place = self._place(("source", source.key))

        def place_in(path: str) -> str:
            parts = path.split("/", 3)
            if parts[1] == "passages":
                passage = source.passages[int(parts[2])]
                ref: Ref = ("passage", f"{source.key}/{passage.key}")
                if ref in self._origins:
                    return self._place(ref)(f"/{parts[3]}")
                if "text" in self._origins["source", source.key]:
                    return place("/text")
            return place(path)

        return place_in

    def _existing(self, operation: Replace | Remove | Move, at: str) -> tuple[Ref, Any]:
        """Find what an operation names; that there is no such thing is a fault."""
        kind, named = item_of(operation)
        if isinstance(named, PassagePath):
            key = f"{self._name(named.source)}/{self._name(named.passage)}"
        else:
            key = self._name(named)
        ref: Ref = (kind, key)
        item = self.draft.find(ref)
        if item is None and ref not in self._refused:
            self._faults.append(Unknown(kind, key, f"{at}/{kind}"))
        return ref, item

    def _item(self, ref: Ref) -> Item:
        item = self.draft.find(ref)
        assert item is not None
        return item

    def _name(self, key: str) -> str:
        return self._names.get(key, key)

    def _resolved(self, item: Any) -> Any:
        return renamed(item, self._name) if self._names else item

    def _derived(self, item: Any, source: str | None) -> str:
        """Derive a key that no item of the map or the batch has, or had."""
        kind = next(name for name, type_ in _TYPES.items() if isinstance(item, type_))
        shelf = self.draft.shelf((kind, f"{source}/"))
        if len(self._operations) == 1 and shelf is not None:
            return self._free(item, shelf)  # nothing else could have had one
        taken = self._keys(kind, source)
        key = self._free(item, taken)
        taken.add(key)
        return key

    def _free(self, item: Any, taken: Ordered[Any] | set[str]) -> str:
        if isinstance(item, Claim):
            return slug(item.text, taken)
        if isinstance(item, Source):
            return slug(item.title, taken, fallback="source")
        letter = "r" if isinstance(item, Relation) else "p"
        numbers = count(len(taken) + 1)
        return next(k for n in numbers if (k := f"{letter}{n}") not in taken)

    def _keys(self, kind: ItemKind, source: str | None) -> set[str]:
        """Return the keys beside which an item needs one of its own."""
        scope = f"{kind}/{source}"
        if scope not in self._taken:
            shelf = self.draft.shelf((kind, f"{source}/"))
            added = (
                getattr(op, kind) for op in self._operations if isinstance(op, Add)
            )
            self._taken[scope] = {item.key for item in shelf or ()}
            self._taken[scope] |= {
                own_key(ref) for ref in self._removed if ref[0] == kind
            }
            self._taken[scope] |= {new.key for new in added if new and is_key(new.key)}
        return self._taken[scope]


def _is_same(old: Any, new: Any) -> bool:
    """Compare as JSON does: in Python, true equals 1."""
    if old is new or old != new:
        return old is new
    return not isinstance(old, dict) or _canonical(old) == _canonical(new)


def _canonical(data: dict[str, Any]) -> bytes:
    return json.encode(data, order="deterministic")


def _path(ref: Ref) -> str:
    """Name a user of something by its path below the map."""
    return "targets" if ref[0] == "map" else f"{ref[0]}s/{ref[1]}"

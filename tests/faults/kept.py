"""A map of the server's as the client has it, and as files and bodies show it."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from promises import KINDS, Item, Ref, State, whole


@dataclass
class Kept:
    """A map of the server's, as this file has it, with all that it was."""

    key: str
    state: State = field(repr=False)
    revision: int
    revs: dict[Ref, int] = field(repr=False)
    history: dict[int, State] = field(default_factory=dict, repr=False)

    def note(self, state: State, touched: set[Ref]) -> None:
        """Make a revision."""
        self.revision += 1
        self.state = state
        present = {(kind, key) for kind in KINDS for key in state.items[kind]}
        self.revs |= dict.fromkeys(touched, self.revision)
        here = {*present, ("map", self.key)}
        self.revs = {ref: rev for ref, rev in self.revs.items() if ref in here}
        self.history[self.revision] = deepcopy(state)


def status_of(faults: set[int]) -> int:
    """Give the common status of several faults, or 422."""
    return faults.copy().pop() if len(faults) == 1 else 422


def exported(state: State) -> Item:
    """Write a map as its export does, every default said."""
    items = deepcopy(state.items)
    for key, passage in items["passage"].items():
        source = items["source"][key.partition("/")[0]]
        source.setdefault("passages", []).append(passage)
    return {
        "map": state.header,
        "sources": list(items["source"].values()),
        "claims": list(items["claim"].values()),
        "relations": list(items["relation"].values()),
    }


def read(file: Item) -> Item:
    """Say the defaults of an export, too."""

    def citing(item: Item) -> Item:
        item["passages"] = [whole("citation", each) for each in item["passages"]]
        return item

    sources = []
    for source in file.get("sources", []):
        passages = [whole("passage", each) for each in source.pop("passages", [])]
        sources.append(whole("source", source))
        if passages:
            sources[-1]["passages"] = passages
    return {
        "map": whole("map", file["map"]),
        "sources": sources,
        "claims": [citing(whole("claim", each)) for each in file.get("claims", [])],
        "relations": [
            citing(whole("relation", each)) for each in file.get("relations", [])
        ],
    }


def bare(item: Item) -> Item:
    """Leave of an item what both its body and its file have."""
    target = {k: v for k, v in item.get("target", {}).items() if v is not None}
    more = {"target": target} if target else {}
    body = item | more
    names = ("rev", "passages") if "credibility" in item else ("rev",)
    is_source = "credibility" in item
    return {
        name: value
        for name, value in body.items()
        if name not in names and not (is_source and name == "text")
    }


def mixed(before: State, now: State, ref: Ref) -> list[Item | None]:
    """List what an item may be once a change is undone: as it was, or mixed."""
    was, is_ = before.find(ref), now.find(ref)
    if was is None or is_ is None:
        return [was, is_]
    names = [name for name in was if was[name] != is_[name]]
    return [
        {**is_, **{name: was[name] for i, name in enumerate(names) if bits >> i & 1}}
        for bits in range(2 ** len(names))
    ]


def named(ref: Ref) -> Any:
    """Name an item as operations do."""
    if ref[0] != "passage":
        return ref[1]
    source, _, key = ref[1].partition("/")
    return {"source": source, "passage": key}

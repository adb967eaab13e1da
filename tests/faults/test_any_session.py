"""Whatever a client does, the API answers as a few dicts do, and keeps what they keep.

Planted once each and found: a history that left the newest operation out, a PATCH that
ignored If-Match, a cascade that left the questions asked, a receipt that was kept for
what had been refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings
from promises import DEFAULTS, KINDS, Item, Ref, State, perform, ref_of, whole

BASE: Final = "/api/v1/maps"
WORDS: Final = ("tram", "bus", "noise", "money", "été")
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "claim": ("a", "b", "c", "d"),
    "relation": ("r1", "r2", "r3"),
    "source": ("s", "t"),
    "passage": ("p", "q"),
}
NOBODY: Final = "nobody"
SESSIONS: Final = count(1)

rarely = st.sampled_from([False] * 7 + [True])
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
scores = st.sampled_from([None, 0.0, 0.25, 1.0])
tags = st.sampled_from(["right", "right", "right", "*", "stale", None])
free = st.sampled_from([{}, {}, {"votes": [1, None]}])


def keys(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*KEYS[kind], *KEYS[kind], NOBODY])


references = st.lists(
    st.fixed_dictionaries(
        {"source": keys("source"), "passage": keys("passage")},
    ).map(lambda each: {"stance": "asserts", "attributed_to": None, **each}),
    max_size=1,
)
targets = keys("claim").map(lambda key: {"claim": key}) | keys("relation").map(
    lambda key: {"relation": key}
)
spans = st.lists(st.integers(0, 14), min_size=2, max_size=4).map(
    lambda ends: [
        {"start": a, "end": b} for a, b in zip(ends[::2], ends[1::2], strict=False)
    ]
)
MEMBERS: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "map": {
        "title": texts,
        "targets": st.lists(keys("claim"), max_size=2),
        "data": free,
    },
    "claim": {
        "text": texts,
        "wordings": st.lists(texts, max_size=1),
        "base_score": scores,
        "tags": st.sampled_from([[], ["x"]]),
        "passages": references,
        "data": free,
    },
    "relation": {
        "kind": st.sampled_from(["support", "rebut", "undercut", "rephrase"]),
        "premises": st.lists(keys("claim"), min_size=1, max_size=2),
        "target": targets,
        "weight": st.sampled_from([0.0, 0.5, 1.0]),
        "asks": st.none()
        | keys("relation").map(lambda key: {"relation": key, "question": "So?"}),
        "passages": references,
    },
    "source": {"title": texts, "credibility": scores, "data": free},
    "passage": {"spans": spans, "page": st.sampled_from([None, 3]), "data": free},
}
REQUIRED: Final = {
    "map": (),
    "claim": ("text",),
    "relation": ("kind", "premises", "target"),
    "source": ("title",),
    "passage": ("spans",),
}


def bodies(kind: str, *, is_patch: bool = False) -> st.SearchStrategy[Item]:
    """Draw the members of an item, all that it needs or, of a patch, some."""
    of = MEMBERS[kind]
    needed = () if is_patch else REQUIRED[kind]
    optional = {name: of[name] for name in of if name not in needed}
    return st.fixed_dictionaries({name: of[name] for name in needed}, optional=optional)


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
    return faults.copy().pop() if len(faults) == 1 else 422


def exported(state: State) -> Item:
    """Write a map as its export does, every default said."""
    items = deepcopy(state.items)
    for key, passage in items["passage"].items():
        source = items["source"][key.partition("/")[0]]
        source.setdefault("passages", []).append(passage)
    return {
        "map": state.header,
        **{f"{kind}s": list(items[kind].values()) for kind in KINDS[::2]},
        "relations": list(items["relation"].values()),
    }


def read(file: Item) -> Item:
    """Say the defaults of an export, too."""

    def citing(item: Item) -> Item:
        plain = {"stance": "asserts", "attributed_to": None}
        item["passages"] = [{**plain, **each} for each in item["passages"]]
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


class Session(RuleBasedStateMachine):
    """A client, a server and what the server has promised."""

    client: TestClient[Any]

    def __init__(self) -> None:
        super().__init__()
        number = next(SESSIONS)
        self.names = [f"m{number}", f"n{number}"]
        self.maps: dict[str, Kept] = {}
        self.gone: dict[str, int] = {}
        self.receipts: dict[str, tuple[str, str, Any, Any]] = {}
        self.changed: set[str] = set()
        self._make(self.names[0], "PUT")

    @invariant()
    def what_is_there_is_what_was_promised(self) -> None:
        for key in self.changed:
            answer = self.client.get(f"{BASE}/{key}/export.json")
            if key not in self.maps:
                assert answer.status_code == 404
                continue
            kept = self.maps[key]
            assert read(answer.json()) == exported(kept.state)
            assert answer.headers["argmap-revision"] == str(kept.revision)
        self.changed.clear()

    def teardown(self) -> None:
        for kept in self.maps.values():
            self._list(kept)
            for revision, state in kept.history.items():
                url = f"{BASE}/{kept.key}/export.json?at={revision}"
                assert read(self.client.get(url).json()) == exported(state)

    # Whole maps.

    @rule(which=st.integers(0, 1), method=st.sampled_from(["PUT", "POST"]))
    def make(self, which: int, method: str) -> None:
        if self.names[which] not in self.maps:
            self._make(self.names[which], method)

    def _make(self, key: str, method: str) -> None:
        body = {"key": key, "title": "A map"}
        url = BASE if method == "POST" else f"{BASE}/{key}"
        answer = self.client.request(method, url, json=body)
        assert answer.status_code == 201, answer.text
        self._begin(key, State({"key": key, **whole("map", {"title": "A map"})}))

    def _begin(self, key: str, state: State) -> None:
        kept = Kept(key, state, self.gone.get(key, 0), {})
        present = {(kind, name) for kind in KINDS for name in state.items[kind]}
        kept.note(state, {*present, ("map", key)})
        self.maps[key] = kept
        self.changed.add(key)

    @rule(drawn=st.data(), tag=tags)
    def delete(self, drawn: st.DataObject, tag: str | None) -> None:
        if len(self.maps) < 2:
            return
        kept = drawn.draw(st.sampled_from(list(self.maps.values())))
        sent = self._tag(tag, kept.revision)
        answer = self.client.delete(f"{BASE}/{kept.key}", headers=sent)
        expected = {None: 428, "stale": 412}.get(tag, 204)
        assert answer.status_code == expected
        if expected == 204:
            self.gone[kept.key] = kept.revision
            del self.maps[kept.key]
        self.changed.add(kept.key)

    @rule(drawn=st.data())
    def fork(self, drawn: st.DataObject) -> None:
        kept = drawn.draw(st.sampled_from(list(self.maps.values())))
        at = drawn.draw(st.sampled_from([None, *kept.history, 10_000]))
        key = drawn.draw(st.sampled_from(self.names))
        body = {"key": key} | ({} if at is None else {"at": at})
        answer = self.client.post(f"{BASE}/{kept.key}/fork", json=body)
        if at == 10_000:
            assert answer.status_code == 404
        elif key in self.maps:
            assert answer.status_code == 409
        else:
            assert answer.status_code == 201, answer.text
            state = deepcopy(kept.history[at or kept.revision])
            of = {"map": kept.key, "revision": at or kept.revision}
            state.header["data"] = {**state.header["data"], "forked_from": of}
            state.header["key"] = key
            self._begin(key, state)

    # Items.

    @rule(
        drawn=st.data(),
        kind=st.sampled_from(["claim", "claim", "relation", "source", "passage"]),
        is_named=st.booleans(),
        is_once=rarely,
    )
    def add(
        self, drawn: st.DataObject, kind: str, is_named: bool, is_once: bool
    ) -> None:
        kept = self._any(drawn)
        body = drawn.draw(bodies(kind))
        if kind == "source":
            body |= drawn.draw(st.sampled_from([{}, {"text": "The tram, been"}]))
        if is_named:
            body["key"] = drawn.draw(st.sampled_from(KEYS[kind]))
        source = drawn.draw(keys("source")) if kind == "passage" else None
        url = self._shelf(kept, kind, source)
        if source is not None and source not in kept.state.items["source"]:
            assert self.client.post(url, json=body).status_code == 404
            return
        at = {} if source is None else {"source": source}
        operation = {"op": "add", kind: {**body, **at}}
        headers = self._once(drawn) if is_once else {}
        self._write(kept, "POST", url, body, [operation], headers, good=201)

    @rule(drawn=st.data(), kind=st.sampled_from(["map", *KINDS]), tag=tags)
    def patch(self, drawn: st.DataObject, kind: str, tag: str | None) -> None:
        kept = self._any(drawn)
        body = drawn.draw(bodies(kind, is_patch=True))
        ref, url = self._one(drawn, kept, kind)
        early = self._refused_early(kept, ref, tag)
        headers = self._tag(tag, kept.revs.get(ref, 1))
        operation = {"op": "replace", kind: _named(ref), "set": body}
        self._write(kept, "PATCH", url, body, [operation], headers, early=early)

    @rule(drawn=st.data(), kind=st.sampled_from(["map", *KINDS]), tag=tags)
    def put(self, drawn: st.DataObject, kind: str, tag: str | None) -> None:
        kept = self._any(drawn)
        ref, url = self._one(drawn, kept, kind)
        old = kept.state.find(ref)
        body = drawn.draw(bodies(kind))
        if old is not None and kind != "source" and drawn.draw(rarely):
            body = {name: v for name, v in old.items() if name not in HIDDEN}
        whole_ = whole(kind, body)
        for name in ("text", "orphaned"):
            if kind in ("source", "passage"):
                whole_.pop(name, None)
        if kind == "source" and old is not None:
            whole_ |= {"sha256": old["sha256"], "length": old["length"]}
        early = None
        source = ref[1].partition("/")[0]
        if (kind == "passage" and source not in kept.state.items["source"]) or (
            old is None and tag is not None
        ):
            early = 404
        elif old is not None:
            operation: Item = {"op": "replace", kind: _named(ref), "set": whole_}
            outcome = perform(kept.state, [operation])
            is_same = not outcome.touched and not outcome.faults
            if not (tag is None and (is_same or outcome.faults)):
                early = self._refused_early(kept, ref, tag)
        if old is None:
            at = {"source": source} if kind == "passage" else {}
            own = ref[1].rpartition("/")[2]
            operation = {"op": "add", kind: {**body, **at, "key": own}}
        good = 201 if old is None else 200
        headers = self._tag(tag, kept.revs.get(ref, 1))
        self._write(kept, "PUT", url, body, [operation], headers, early, good)

    @rule(drawn=st.data(), kind=st.sampled_from(KINDS), tag=tags, cascade=st.booleans())
    def remove(
        self, drawn: st.DataObject, kind: str, tag: str | None, cascade: bool
    ) -> None:
        kept = self._any(drawn)
        ref, url = self._one(drawn, kept, kind)
        early = self._refused_early(kept, ref, tag)
        headers = self._tag(tag, kept.revs.get(ref, 1))
        operation = {"op": "remove", kind: _named(ref), "cascade": cascade}
        url += f"?cascade={str(cascade).lower()}"
        self._write(kept, "DELETE", url, None, [operation], headers, early, 204)

    # Several operations, and the history.

    @rule(drawn=st.data(), size=st.integers(1, 4), is_once=rarely)
    def batch(self, drawn: st.DataObject, size: int, is_once: bool) -> None:
        kept = self._any(drawn)
        operations = [self._operation(drawn, kept, n) for n in range(size)]
        early = None
        for operation in operations:
            if operation["op"] in ("replace", "remove") and "if" not in operation:
                early = 428 if ref_of(operation) in kept.revs else early
        for operation in operations:
            ref, sent = ref_of(operation), operation.get("if", "*")
            if sent != "*" and early is None:
                if ref not in kept.revs:
                    early = 404
                elif sent != f"r{kept.revs[ref]}":
                    early = 412
        body = {"operations": operations, "message": "all at once"}
        headers = self._once(drawn) if is_once else {}
        url = f"{BASE}/{kept.key}/changes"
        self._write(kept, "POST", url, body, operations, headers, early)

    def _operation(self, drawn: st.DataObject, kept: Kept, number: int) -> Item:
        kind = drawn.draw(st.sampled_from(KINDS))
        op = drawn.draw(st.sampled_from(["add", "add", "replace", "remove", "move"]))
        ref, _ = self._one(drawn, kept, kind)
        own = ref[1].rpartition("/")[2]
        if op == "add":
            at = {"source": ref[1].partition("/")[0]} if kind == "passage" else {}
            key = drawn.draw(st.sampled_from([own, own, "", f"$n{number}"]))
            body = drawn.draw(bodies(kind))
            if kind == "relation" and number and drawn.draw(st.booleans()):
                body["premises"] = [f"$n{number - 1}"]
            item = {**body, **at} | ({"key": key} if key else {})
            return {"op": op, kind: item} | self._before(drawn, kind)
        operation: Item = {"op": op, kind: _named(ref)}
        if op == "move":
            return operation | self._before(drawn, kind)
        if op == "replace":
            operation["set"] = drawn.draw(bodies(kind, is_patch=True))
        elif drawn.draw(st.booleans()):
            operation["cascade"] = True
        tag = drawn.draw(tags)
        if tag is not None:
            rev = kept.revs.get(ref, 1)
            sent = {"right": f"r{rev}", "stale": f"r{rev + 50}"}.get(tag, "*")
            operation["if"] = sent
        return operation

    def _before(self, drawn: st.DataObject, kind: str) -> Item:
        return {"before": drawn.draw(keys(kind))} if drawn.draw(rarely) else {}

    @rule(drawn=st.data())
    def undo_the_newest(self, drawn: st.DataObject) -> None:
        """What was done last is always undone, deletions with all that they took."""
        kept = self._any(drawn)
        first = min(kept.history)
        if kept.revision == first:
            return
        answer = self._revert(kept, kept.revision)
        assert answer.status_code == 200, answer.text
        before = kept.history[kept.revision - 1]
        if exported(before) != exported(kept.state):
            kept.note(deepcopy(before), set())
            self._learn_revs(kept)
        assert answer.json()["revision"] == kept.revision

    @rule(drawn=st.data())
    def undo_an_older_one(self, drawn: st.DataObject) -> None:
        """What a change did not touch, undoing it does not either; or it is refused."""
        kept = self._any(drawn)
        revision = drawn.draw(st.sampled_from([*kept.history, 10_000]))
        answer = self._revert(kept, revision)
        if revision == 10_000:
            assert answer.status_code == 404
            return
        assert answer.status_code in (200, 409), answer.text
        self.changed.add(kept.key)
        if answer.status_code == 409 or answer.json()["revision"] == kept.revision:
            return
        assert answer.json()["revision"] == kept.revision + 1
        self._learn(kept, revision)

    def _revert(self, kept: Kept, revision: int) -> Any:
        self.changed.add(kept.key)
        return self.client.post(f"{BASE}/{kept.key}/changes/{revision}/revert")

    def _learn(self, kept: Kept, undone: int) -> None:
        """Take the server's word for what a revert made, where it may have a say."""
        file = read(self.client.get(f"{BASE}/{kept.key}/export.json").json())
        state = State(file["map"])
        for source in file["sources"]:
            key = source["key"]
            for passage in source.pop("passages", []):
                state.items["passage"][f"{key}/{passage['key']}"] = passage
            state.items["source"][key] = source
        for kind in ("claim", "relation"):
            state.items[kind] = {item["key"]: item for item in file[f"{kind}s"]}
        after = kept.history[undone]
        blank = State({**DEFAULTS["map"], "key": kept.key})
        before = kept.history.get(undone - 1, blank)
        for kind in KINDS:
            for key in {*kept.state.items[kind], *state.items[kind]}:
                ref = kind, key
                if before.find(ref) == after.find(ref):
                    assert state.find(ref) == kept.state.find(ref), ref
                else:
                    assert state.find(ref) in _mixed(before, kept.state, ref), ref
        assert not perform(state, []).faults
        kept.note(state, set())
        self._learn_revs(kept)

    def _learn_revs(self, kept: Kept) -> None:
        for kind, key, item in self._listed(kept):
            kept.revs[kind, key] = item["rev"]
        header = self.client.get(f"{BASE}/{kept.key}").json()
        kept.revs["map", kept.key] = header["rev"]
        self.changed.add(kept.key)

    # Reading.

    @rule(drawn=st.data())
    def look_up(self, drawn: st.DataObject) -> None:
        self._list(self._any(drawn))

    @rule(drawn=st.data(), word=st.sampled_from(WORDS))
    def search(self, drawn: st.DataObject, word: str) -> None:
        kept = self._any(drawn)
        url = f"/api/v1/search?q={word}&map={kept.key}&limit=500"
        found = {each["key"] for each in self.client.get(url).json()["items"]}
        claims = kept.state.items["claim"].values()
        said = {c["key"]: [c["text"], *c["wordings"]] for c in claims}
        assert found == {
            key for key, all_ in said.items() if any(word in t.split() for t in all_)
        }

    @rule(drawn=st.data())
    def read_the_past(self, drawn: st.DataObject) -> None:
        kept = self._any(drawn)
        revision, state = drawn.draw(st.sampled_from(list(kept.history.items())))
        kind = drawn.draw(st.sampled_from(KINDS))
        ref, url = self._one(drawn, kept, kind)
        answer = self.client.get(f"{url}?at={revision}")
        item = state.find(ref)
        assert answer.status_code == (404 if item is None else 200)
        if item is not None:
            assert _bare(answer.json()) == _bare(item)
        assert self.client.get(f"{url}?at={kept.revision + 1}").status_code == 404

    @rule(drawn=st.data(), is_same=st.booleans())
    def ask_again(self, drawn: st.DataObject, is_same: bool) -> None:
        """A request of the same key gets the stored answer; another is refused."""
        if not self.receipts:
            return
        key = drawn.draw(st.sampled_from(list(self.receipts)))
        method, url, body, told = self.receipts[key]
        headers = {"Idempotency-Key": key}
        sent = body if is_same else {**body, "key": "another"}
        answer = self.client.request(method, url, json=sent, headers=headers)
        if is_same:
            assert (answer.status_code, answer.content) == told
            assert answer.headers["idempotency-replayed"] == "true"
        elif answer.status_code != 400:  # a batch has no key
            assert answer.status_code == 422
            assert answer.json()["code"] == "key-reused"
        self.changed |= self.maps.keys()

    # How it is asked.

    def _any(self, drawn: st.DataObject) -> Kept:
        maps = list(self.maps.values())
        return maps[0] if len(maps) == 1 else drawn.draw(st.sampled_from(maps))

    def _once(self, drawn: st.DataObject) -> dict[str, str]:
        return {"Idempotency-Key": f"{self.names[0]}-{len(self.receipts)}"}

    def _tag(self, tag: str | None, rev: int) -> dict[str, str]:
        sent = {"right": f'"r{rev}"', "stale": f'"r{rev + 50}"', "*": "*"}
        return {} if tag is None else {"If-Match": sent[tag]}

    def _refused_early(self, kept: Kept, ref: Ref, tag: str | None) -> int | None:
        if kept.state.find(ref) is None:
            return 404
        return {None: 428, "stale": 412}.get(tag)

    def _shelf(self, kept: Kept, kind: str, source: str | None) -> str:
        inside = f"/sources/{source}" if source else ""
        return f"{BASE}/{kept.key}{inside}/{kind}s"

    def _one(self, drawn: st.DataObject, kept: Kept, kind: str) -> tuple[Ref, str]:
        """Draw an item that may be there, and say where it is."""
        if kind == "map":
            return ("map", kept.key), f"{BASE}/{kept.key}"
        key = drawn.draw(keys(kind))
        if kind != "passage":
            return (kind, key), f"{self._shelf(kept, kind, None)}/{key}"
        source = drawn.draw(keys("source"))
        url = f"{self._shelf(kept, kind, source)}/{key}"
        return (kind, f"{source}/{key}"), url

    def _write(
        self,
        kept: Kept,
        method: str,
        url: str,
        body: Any,
        operations: list[Item],
        headers: dict[str, str],
        early: int | None = None,
        good: int = 200,
    ) -> None:
        """Ask, and see that status, revision and state are those of the dicts."""
        content = {} if body is None else {"json": body}
        answer = self.client.request(method, url, headers=headers, **content)
        self.changed.add(kept.key)
        outcome = perform(kept.state, operations)
        expected = {early}
        if early is None:
            expected = {status_of(outcome.faults)} if outcome.faults else {good}
            if outcome.faults and len(operations) > 1:
                expected = {409, 422}  # once something is wrong, what follows may be
        assert answer.status_code in expected, (expected, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            return
        told = None if method == "DELETE" else answer.json()
        if method == "POST":
            items = [told] if "items" not in told else told["items"]
            given = [item["key"].rpartition("/")[2] for item in items]
            outcome = perform(kept.state, operations, given)
            assert not outcome.faults
        if outcome.touched:
            kept.note(outcome.state, outcome.touched)
        assert answer.headers["argmap-revision"] == str(kept.revision)
        if "etag" in answer.headers:
            rev = kept.revs[outcome.refs[0]]
            assert answer.headers["etag"] == f'"r{rev}"'
        elif told:
            shown = [(item["kind"], item["key"], item["rev"]) for item in told["items"]]
            wanted = [
                (kind, key, kept.revs.get((kind, key))) for kind, key in outcome.refs
            ]
            assert shown == wanted
        if once := headers.get("Idempotency-Key"):
            told_ = answer.status_code, answer.content
            self.receipts[once] = method, url, body, told_

    def _listed(self, kept: Kept) -> Iterator[tuple[str, str, Item]]:
        shelves = [(kind, None) for kind in ("claim", "relation", "source")]
        shelves += [("passage", key) for key in kept.state.items["source"]]
        for kind, source in shelves:
            url = f"{self._shelf(kept, kind, source)}?limit=500"
            for item in self.client.get(url).json()["items"]:
                key = f"{source}/{item['key']}" if source else item["key"]
                yield kind, key, item

    def _list(self, kept: Kept) -> None:
        """See that the lists have every item, as it is, with its revision."""
        seen = {}
        for kind, key, item in self._listed(kept):
            seen[kind, key] = item["rev"]
            found = kept.state.find((kind, key))
            assert found is not None
            assert _bare(item) == _bare(found)
        seen["map", kept.key] = self.client.get(f"{BASE}/{kept.key}").json()["rev"]
        assert seen == kept.revs


HIDDEN: Final = ("rev", "text", "orphaned", "sha256", "length")


def _bare(item: Item) -> Item:
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


def _named(ref: Ref) -> Any:
    if ref[0] != "passage":
        return ref[1]
    source, _, key = ref[1].partition("/")
    return {"source": source, "passage": key}


def _mixed(before: State, now: State, ref: Ref) -> list[Item | None]:
    """List what an item may be once a change is undone: as it was, or mixed with now."""
    was, is_ = before.find(ref), now.find(ref)
    if was is None or is_ is None:
        return [was, is_]
    names = [name for name in was if was[name] != is_[name]]
    return [
        {**is_, **{name: was[name] for i, name in enumerate(names) if bits >> i & 1}}
        for bits in range(2 ** len(names))
    ]


@contextmanager
def served() -> Iterator[TestClient[Any]]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'argmap.db'}"
        with TestClient(
            create_app(Settings(database_url=url)), base_url="http://127.0.0.1:8000"
        ) as client:
            yield client


def play(sessions: int, steps: int) -> None:
    chosen = settings(
        max_examples=sessions,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    with served() as client:
        machine = type("Playing", (Session,), {"client": client})
        run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.faults
def test_a_hundred_sessions_are_answered_as_promised() -> None:
    play(100, 30)


@pytest.mark.full
def test_thousands_of_sessions_are_answered_as_promised() -> None:
    play(5_000, 100)

"""Whatever a client does, the API answers as a few dicts do, and keeps what they keep.

Planted once each and found: an If-Match that was ignored, a past that was the present,
another request that got a stored answer, cascades that left map targets, passages or
questions asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from argmap.api.app import create_app
from argmap.settings import Settings
from faults.direct import Direct, direct
from faults.drawn import ADDED, KEYS, WORDS, bodies, keys, rarely, tags
from faults.forms import forms
from faults.kept import Kept, bare, exported, named
from faults.sessions import BASE, Asking
from promises import KINDS, Item, perform, ref_of, whole


class Session(Asking):
    """A client, a server and what the server has promised."""

    @initialize(is_blank=rarely)
    def begin(self, is_blank: bool) -> None:
        """Put the items that most sessions begin with into the map."""
        if is_blank:
            return
        (kept,) = self.maps.values()
        operations: list[Item] = [{"op": "add", kind: item} for kind, item in ADDED]
        aim = {"op": "replace", "map": kept.key, "set": {"targets": ["b"]}, "if": "*"}
        body = {"operations": [*operations, aim]}
        url = f"{BASE}/{kept.key}/changes"
        self._write(kept, "POST", url, body, body["operations"], {})

    # Whole maps.

    @precondition(lambda self: len(self.maps) < len(self.names))
    @rule(which=st.integers(0, 1), method=st.sampled_from(["PUT", "POST"]))
    def make(self, which: int, method: str) -> None:
        """Make a map where there is none."""
        if self.names[which] not in self.maps:
            self._make(self.names[which], method)

    @precondition(lambda self: len(self.maps) > 1)
    @rule(drawn=st.data(), tag=tags)
    def delete(self, drawn: st.DataObject, tag: str | None) -> None:
        """Delete one of two maps."""
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
        """Copy a map as it is or was."""
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
        is_once=st.booleans(),
    )
    def add(
        self, drawn: st.DataObject, kind: str, is_named: bool, is_once: bool
    ) -> None:
        """Add an item."""
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
        headers = self._once() if is_once else {}
        self._write(kept, "POST", url, body, [operation], headers, good=201)

    @rule(drawn=st.data(), kind=st.sampled_from(["map", *KINDS]), tag=tags)
    def patch(self, drawn: st.DataObject, kind: str, tag: str | None) -> None:
        """Change some members of an item."""
        kept = self._any(drawn)
        body = drawn.draw(bodies(kind, is_patch=True))
        ref, url = self._one(drawn, kept, kind)
        early = self._refused_early(kept, ref, tag)
        headers = self._tag(tag, kept.revs.get(ref, 1))
        operation = {"op": "replace", kind: named(ref), "set": body}
        self._write(kept, "PATCH", url, body, [operation], headers, early=early)

    @rule(drawn=st.data(), kind=st.sampled_from(["map", *KINDS]), tag=tags)
    def put(self, drawn: st.DataObject, kind: str, tag: str | None) -> None:
        """Make an item, replace it, or send what is there."""
        kept = self._any(drawn)
        ref, url = self._one(drawn, kept, kind)
        old = kept.state.find(ref)
        body = drawn.draw(bodies(kind))
        if old is not None and kind != "source" and drawn.draw(rarely):
            body = {name: v for name, v in old.items() if name != "orphaned"}
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
            operation: Item = {"op": "replace", kind: named(ref), "set": whole_}
            outcome = perform(kept.state, [operation])
            is_same = not outcome.touched and not outcome.faults
            if not (is_same or (tag is None and outcome.faults)):
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
        """Remove an item, with what could not stand without it or not."""
        kept = self._any(drawn)
        ref, url = self._one(drawn, kept, kind)
        early = self._refused_early(kept, ref, tag)
        headers = self._tag(tag, kept.revs.get(ref, 1))
        operation = {"op": "remove", kind: named(ref), "cascade": cascade}
        url += f"?cascade={str(cascade).lower()}"
        self._write(kept, "DELETE", url, None, [operation], headers, early, 204)

    # Several operations, and the history.

    @rule(drawn=st.data(), size=st.integers(1, 4), is_once=st.booleans())
    def batch(self, drawn: st.DataObject, size: int, is_once: bool) -> None:
        """Do several things at once."""
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
        headers = self._once() if is_once else {}
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
        operation: Item = {"op": op, kind: named(ref)}
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
        """Undo what was done last: always possible, deletions with all they took."""
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
        """Undo an older change; what that did not touch, its undoing does not."""
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

    # Reading.

    @rule(drawn=st.data())
    def look_up(self, drawn: st.DataObject) -> None:
        """List all items."""
        self._list(self._any(drawn))

    @rule(drawn=st.data(), word=st.sampled_from(WORDS))
    def search(self, drawn: st.DataObject, word: str) -> None:
        """Look for a word."""
        kept = self._any(drawn)
        url = f"/api/v1/search?q={quote(word)}&map={kept.key}&limit=500"
        found = {each["key"] for each in self.client.get(url).json()["items"]}
        claims = kept.state.items["claim"].values()
        said = {c["key"]: [c["text"], *c["wordings"]] for c in claims}
        assert found == {
            key for key, all_ in said.items() if any(word in t.split() for t in all_)
        }

    @rule(drawn=st.data())
    def read_the_past(self, drawn: st.DataObject) -> None:
        """Read an item as it was, and as it will be."""
        kept = self._any(drawn)
        revision, state = drawn.draw(st.sampled_from(list(kept.history.items())))
        kind = drawn.draw(st.sampled_from(KINDS))
        ref, url = self._one(drawn, kept, kind)
        answer = self.client.get(f"{url}?at={revision}")
        item = state.find(ref)
        assert answer.status_code == (404 if item is None else 200)
        if item is not None:
            assert bare(answer.json()) == bare(item)
        assert self.client.get(f"{url}?at={kept.revision + 1}").status_code == 404

    @precondition(lambda self: self.receipts)
    @rule(drawn=st.data(), is_same=st.booleans())
    def ask_again(self, drawn: st.DataObject, is_same: bool) -> None:
        """Send a request again: the stored answer; another of its key is refused."""
        key = drawn.draw(st.sampled_from(list(self.receipts)))
        method, url, body, told = self.receipts[key]
        headers = {"Idempotency-Key": key}
        name = "message" if "operations" in body else "key"
        sent = body if is_same else {**body, name: "another"}
        answer = self.client.request(method, url, json=sent, headers=headers)
        if is_same:
            assert (answer.status_code, answer.content) == told
            assert answer.headers["idempotency-replayed"] == "true"
        else:
            assert answer.status_code == 422
            assert answer.json()["code"] == "key-reused"
        self.changed |= self.maps.keys()


@contextmanager
def served() -> Iterator[Direct]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'argmap.db')}"
        with direct(create_app(Settings(database_url=url))) as client:
            yield client


@pytest.mark.parametrize(("sessions", "steps"), forms((100, 30), (5_000, 100)))
def test_any_session_is_answered_as_promised(sessions: int, steps: int) -> None:
    chosen = settings(
        max_examples=sessions,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    with served() as client:
        machine = type("Playing", (Session,), {"client": client})
        run_state_machine_as_test(machine, settings=chosen)

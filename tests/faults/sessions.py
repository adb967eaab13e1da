"""A client that asks, and holds every answer against what was promised."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from faults.direct import Direct
from faults.drawn import keys
from faults.kept import Kept, bare, exported, mixed, read, status_of
from promises import DEFAULTS, KINDS, Item, Ref, State, perform, whole

BASE: Final = "/api/v1/maps"
SESSIONS: Final = count(1)


class Asking(RuleBasedStateMachine):
    """A client, a server and what the server has promised."""

    client: Direct

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
        """Export what has been written to, or was refused."""
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
        """List all items, and export all that has ever been."""
        for kept in self.maps.values():
            self._list(kept)
            for revision, state in kept.history.items():
                url = f"{BASE}/{kept.key}/export.json?at={revision}"
                assert read(self.client.get(url).json()) == exported(state)

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

    # How it is asked.

    def _any(self, drawn: st.DataObject) -> Kept:
        maps = list(self.maps.values())
        return maps[0] if len(maps) == 1 else drawn.draw(st.sampled_from(maps))

    def _once(self) -> dict[str, str]:
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
        told: Any = answer.json() if answer.content else None
        given = None
        if method == "POST" and answer.status_code < 400:
            items = told.get("items", [told])
            given = [item["key"].rpartition("/")[2] for item in items]
        outcome = perform(kept.state, operations, given)
        expected = {early}
        if early is None:
            expected = {status_of(outcome.faults)} if outcome.faults else {good}
            if outcome.faults and len(operations) > 1:
                expected = {409, 422}  # once something is wrong, what follows may be
        assert answer.status_code in expected, (expected, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            return
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
        shelves: list[tuple[str, str | None]]
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
            assert bare(item) == bare(found)
        seen["map", kept.key] = self.client.get(f"{BASE}/{kept.key}").json()["rev"]
        assert seen == kept.revs

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
                    assert state.find(ref) in mixed(before, kept.state, ref), ref
        assert not perform(state, []).faults
        kept.note(state, set())
        self._learn_revs(kept)

    def _learn_revs(self, kept: Kept) -> None:
        for kind, key, item in self._listed(kept):
            kept.revs[kind, key] = item["rev"]
        header = self.client.get(f"{BASE}/{kept.key}").json()
        kept.revs["map", kept.key] = header["rev"]
        self.changed.add(kept.key)

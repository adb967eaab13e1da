"""Events: each revision once and in order, whoever comes, leaves or is slow."""

import time
from collections.abc import Iterator
from itertools import count
from threading import Thread
from typing import Any

import pytest
from litestar.testing import TestClient

from listening import Listener, listening, send
from servers import ask, free_port, serving

MAPS = "/api/v1/maps"
LISTENERS = 25
BEAT = 0.2
EMPTY: dict[str, list[str]] = {
    "sources": [],
    "passages": [],
    "claims": [],
    "relations": [],
}
_numbers = count(1)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, port = tmp_path_factory.mktemp("events"), free_port()
    settings = f"max_listeners = {LISTENERS}\nheartbeat_seconds = {BEAT}\n"
    (folder / "argmap.toml").write_text(settings)
    with serving("serve", port=port, folder=folder):
        ask(port, "/health")
        yield port


@pytest.fixture
def city(port: int) -> str:
    """Make a map, and give its path."""
    key = f"city-{next(_numbers)}"
    assert send(port, "POST", MAPS, {"key": key})[0] == 201
    return f"{MAPS}/{key}"


def say(port: int, path: str, *keys: str) -> None:
    for key in keys:
        claim = {"key": key, "text": f"A claim: {key}."}
        assert send(port, "POST", f"{path}/claims", claim)[0] == 201


def change(port: int, path: str, *operations: dict[str, Any]) -> None:
    status, body, _ = send(port, "POST", f"{path}/changes", {"operations": operations})
    assert status == 200, body


def test_an_event_says_what_a_revision_has_changed_and_removed(
    port: int, city: str
) -> None:
    relation = {"kind": "rebut", "premises": ["cost"], "target": {"claim": "tram"}}
    source = {"key": "report", "title": "Report", "text": "It is quiet."}
    passage = {"source": "report", "key": "p1", "spans": [{"start": 0, "end": 5}]}
    with listening(port, f"{city}/events") as listener:
        say(port, city, "tram", "cost")
        change(
            port,
            city,
            {"op": "add", "relation": {"key": "r1", **relation}},
            {"op": "replace", "claim": "tram", "set": {"base_score": 1}, "if": "*"},
            {"op": "add", "claim": {"key": "brief", "text": "For a moment."}},
            {"op": "remove", "claim": "brief", "if": "*"},
        )
        change(port, city, {"op": "add", "source": source})
        change(port, city, {"op": "add", "passage": passage})
        change(
            port, city, {"op": "remove", "claim": "cost", "cascade": True, "if": "*"}
        )
        send(port, "PATCH", city, {"title": "Trams"}, If_Match="*")
        events = listener.events()
        told = [next(events) for _ in range(7)]

    assert [(name, body["revision"]) for name, body in told] == [
        ("revision", revision) for revision in range(2, 9)
    ]
    both, made, on, cut, header = (body for _, body in told[2:])
    assert both["changed"] == EMPTY | {"claims": ["tram"], "relations": ["r1"]}
    assert made["changed"] == EMPTY | {"sources": ["report"]}
    assert on["changed"] == EMPTY | {"sources": ["report"], "passages": ["report/p1"]}
    assert (cut["changed"], cut["removed"]) == (
        EMPTY,
        EMPTY | {"claims": ["cost"], "relations": ["r1"]},
    )
    assert (header["header"], header["changed"]) == (True, EMPTY)
    assert not any(body["is_first"] for _, body in told)


def test_whoever_comes_back_has_missed_nothing_and_hears_nothing_twice(
    port: int, city: str
) -> None:
    heard, last = [], 0
    for number in range(5):
        with listening(port, f"{city}/events?since=1", last or None) as listener:
            say(port, city, f"a{number}", f"b{number}")
            heard += listener.revisions(1 if number % 2 else 2)
            last = listener.id or 0
        say(port, city, f"c{number}")
    with listening(port, f"{city}/events", last) as listener:
        heard += listener.revisions(16 - last)

    assert heard == list(range(2, 17))


def test_without_a_place_a_stream_begins_with_what_comes_next(
    port: int, city: str
) -> None:
    say(port, city, "early")
    with listening(port, f"{city}/events") as listener:
        assert (listener.id, listener.answer.getheader("Argmap-Revision")) == (2, "2")
        say(port, city, "late")

        assert listener.revisions(1) == [3]


def test_a_stream_without_events_says_that_it_is_alive(port: int, city: str) -> None:
    with listening(port, f"{city}/events") as listener:
        start, blocks = time.monotonic(), listener.blocks()
        beats = [next(blocks) for _ in range(3)]

        assert beats == [{"": "alive"}] * 3
        assert 2.5 * BEAT < time.monotonic() - start < 10 * BEAT + 1


def test_the_last_event_says_that_the_map_is_gone(port: int, city: str) -> None:
    with listening(port, f"{city}/events") as listener:
        say(port, city, "tram")
        send(port, "DELETE", city, If_Match="*")

        assert [name for name, _ in listener.events()] == ["revision", "deleted"]
    assert send(port, "GET", f"{city}/events")[0] == 404


def test_a_map_that_was_made_anew_is_told_to_be_another(port: int, city: str) -> None:
    key = city.rpartition("/")[2]
    with listening(port, f"{city}/events") as listener:
        send(port, "DELETE", city, If_Match="*")
        assert send(port, "PUT", city, {"key": key})[0] == 201

        assert next(listener.events()) == ("deleted", {"map": key, "revision": 1})
    with listening(port, f"{city}/events", last=1) as listener:
        name, body = next(listener.events())

    assert (name, body["revision"], body["is_first"]) == ("revision", 2, True)


def test_of_a_large_import_no_more_than_a_thousand_items_are_listed(
    port: int, city: str
) -> None:
    key = f"{city.rpartition('/')[2]}-large"
    claims = [{"key": f"c{i}", "text": f"Claim {i}."} for i in range(1500)]
    file = {"format": "argmap/1", "map": {"key": key}, "claims": claims}
    assert send(port, "POST", "/api/v1/imports", file)[0] == 201
    with listening(port, f"{MAPS}/{key}/events?since=0") as listener:
        _, body = next(listener.events())

    assert (body["is_first"], body["is_whole"], body["header"]) == (True, False, True)
    assert 900 < len(body["changed"]["claims"]) <= 1000


@pytest.mark.parametrize(
    ("query", "last", "detail"),
    [
        ("?since=x", None, "since is 'x', no whole number as JSON has it, such as 7"),
        ("?since=-1", None, "since: expected `int` >= 0"),
        ("", "r1", "Last-Event-ID"),
        ("", "1" * 16, "Last-Event-ID"),
        ("", "", "Last-Event-ID"),
    ],
)
def test_what_is_no_place_is_refused(
    client: TestClient, common: str, query: str, last: str | None, detail: str
) -> None:
    headers = {} if last is None else {"Last-Event-ID": last}
    answer = client.get(f"{common}/events{query}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert answer.json()["parameter"] == ("Last-Event-ID" if headers else "since")
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize(("query", "last"), [("?since=7", None), ("", "7")])
def test_a_place_that_has_not_been_yet_is_not_found(
    client: TestClient, common: str, query: str, last: str | None
) -> None:
    headers = {} if last is None else {"Last-Event-ID": last}
    answer = client.get(f"{common}/events{query}", headers=headers)

    assert (answer.status_code, answer.json()["kind"]) == (404, "revision")


def test_head_says_what_a_stream_would_and_ends(port: int, city: str) -> None:
    status, body, headers = send(port, "HEAD", f"{city}/events")

    assert (status, body) == (200, None)
    assert headers["content-type"].startswith("text/event-stream")


def test_too_many_listeners_are_sent_away_until_one_leaves(
    port: int, city: str
) -> None:
    listeners = [Listener(port, f"{city}/events") for _ in range(LISTENERS)]
    for each in listeners:
        next(each.blocks())
    status, body, headers = send(port, "GET", f"{city}/events")
    assert (status, body["code"]) == (503, "unavailable")
    assert int(headers["retry-after"]) > 0

    for each in listeners:
        each.close()
    deadline = time.monotonic() + 10
    while (late := Listener(port, f"{city}/events")).answer.status == 503:
        late.close()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert late.answer.status == 200
    late.close()


def test_a_listener_that_does_not_read_holds_up_neither_writers_nor_others(
    port: int, city: str
) -> None:
    asleep = Listener(port, f"{city}/events?since=1")
    with listening(port, f"{city}/events") as awake:
        for _ in range(4):  # more than sockets keep
            names = [f"w{next(_numbers)}" for _ in range(900)]
            operations = [
                {"op": "add", "claim": {"key": name, "text": name}} for name in names
            ]
            removals = [{"op": "remove", "claim": name, "if": "*"} for name in names]
            change(port, city, *operations)
            change(port, city, *removals)
        assert awake.revisions(8) == list(range(2, 10))

    assert asleep.revisions(8) == list(range(2, 10))
    asleep.close()


def test_each_of_many_listeners_hears_each_revision_once_and_in_order(
    port: int, city: str
) -> None:
    listeners = [Listener(port, f"{city}/events?since=1") for _ in range(20)]
    heard: list[list[int]] = []
    threads = [
        Thread(target=lambda each=each: heard.append(each.revisions(20)))
        for each in listeners
    ]
    for thread in threads:
        thread.start()
    say(port, city, *(f"c{number}" for number in range(20)))
    for thread in threads:
        thread.join()
    for each in listeners:
        each.close()

    assert heard == [list(range(2, 22))] * 20

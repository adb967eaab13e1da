"""Clients that write over HTTP, remember what they were told, and ask again.

Each works alone, one request after another, and has keys and claims of its own: so it
knows what must be there. What it has sent and got no answer to, it sends again under
the same Idempotency-Key, before it goes on.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.client import HTTPException
from threading import Event, Thread
from typing import Any, NamedTuple

from faults.running import PATIENCE, Answer, Line, Server

API = "/api/v1"
KINDS = ("twins", "claim", "tally", "twins", "removal", "tally", "import")
TRY_AGAIN = (409, 503, 507)  # what may be otherwise in a moment
IMPORTED = 30  # claims of a map that is imported


class Wish(NamedTuple):
    """A request under a key, and how many operations it is in the map's history."""

    key: str
    map: str
    path: str
    body: bytes
    operations: int


class Promise(NamedTuple):
    """A wish that was granted, with the answer."""

    wish: Wish
    answer: Answer

    @property
    def revision(self) -> int:
        """The revision of the map that the server says it has made."""
        return int(self.answer.headers["argmap-revision"])


def word(key: str) -> str:
    """Make a word that only the claim of one key has.

    >>> word("a-1").isalpha()
    True
    """
    digits = sha256(key.encode()).hexdigest()[:16]
    return digits.translate(str.maketrans("0123456789", "ghijklmnop"))


def ask(line: Line, wish: Wish) -> Answer:
    """Send a wish, for the first time or again."""
    return line.ask("POST", wish.path, wish.body, Idempotency_Key=wish.key)


class Editor:
    """One client; *told* is called with each promise at once."""

    def __init__(
        self, name: str, map: str, told: Callable[[Promise], None] | None = None
    ) -> None:
        self.name, self.map = name, map
        self.wishes: list[Wish] = []
        self.promises: list[Promise] = []
        self.refusals: list[Answer] = []
        self._told = told
        self._unanswered: Wish | None = None
        self._twins: list[str] = []
        self._tally: tuple[int, str] | None = None  # how far, and the claim's revision

    @property
    def is_waiting(self) -> bool:
        """Whether the last request has had no answer."""
        return self._unanswered is not None

    def write(self, line: Line) -> bool:
        """Send the next request, or again the one that had no answer.

        Returns:
            Whether it was granted; if not, it is the one to be sent again.

        Raises:
            OSError, HTTPException: The server has gone.
        """
        wish = self._unanswered or self._next()
        self._unanswered = wish
        answer = ask(line, wish)
        if answer.status not in (200, 201):
            self.refusals.append(answer)
            assert answer.status in TRY_AGAIN, answer
            return False
        promise = Promise(wish, answer)
        if self._told:
            self._told(promise)
        self.promises.append(promise)
        self._unanswered = None
        if "-tally-" in wish.key:
            so_far = self._tally[0] if self._tally else 0
            self._tally = so_far + 1, f"r{promise.revision}"
        return True

    def write_on(self, port: int, stop: Event) -> None:
        """Write until told to stop, or until the server has gone."""
        with suppress(OSError, HTTPException), Line(port) as line:
            while not stop.is_set():
                if not self.write(line):
                    stop.wait(0.02)

    def _next(self) -> Wish:
        number = len(self.wishes)
        kind = KINDS[number % len(KINDS)]
        key = f"{self.name}-{kind}-{number}"
        of = f"{API}/maps/{self.map}"
        body: dict[str, Any]
        if kind == "import":
            body = {
                "format": "argmap/1",
                "map": {"key": key},
                "claims": [{"key": f"c{n}", "text": key} for n in range(IMPORTED)],
            }
            wish = Wish(key, key, f"{API}/imports?key={key}", _json(body), 0)
        elif kind == "claim":
            body = {"key": key, "text": f"Claim {word(key)}."}
            wish = Wish(key, self.map, f"{of}/claims", _json(body), 1)
        else:
            operations = self._operations(kind, key)
            body = {"message": key, "operations": operations}
            size = len(operations)
            wish = Wish(key, self.map, f"{of}/changes", _json(body), size)
        self.wishes.append(wish)
        return wish

    def _operations(self, kind: str, key: str) -> list[dict[str, Any]]:
        if kind == "removal":
            twins = self._twins.pop()
            return [
                {"op": "remove", "relation": f"{twins}-relation", "if": "*"},
                {"op": "remove", "claim": f"{twins}-twin", "if": "*"},
            ]
        if kind == "tally":
            tally = f"{self.name}-tally"
            if self._tally is None:
                return [{"op": "add", "claim": {"key": tally, "text": "How many?"}}]
            count, rev = self._tally
            to = {"data": {"count": count}}
            return [{"op": "replace", "claim": tally, "set": to, "if": rev}]
        self._twins.append(key)
        relation = {
            "key": f"{key}-relation",
            "kind": "support",
            "premises": [f"{key}-twin"],
            "target": {"claim": key},
        }
        return [
            {"op": "add", "claim": {"key": key, "text": f"Claim {word(key)}."}},
            {"op": "add", "claim": {"key": f"{key}-twin", "text": "The same."}},
            {"op": "add", "relation": relation},
            {"op": "replace", "map": self.map, "set": {"title": key}, "if": "*"},
        ]


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


@contextmanager
def writing(server: Server, editors: Sequence[Editor]) -> Iterator[None]:
    """Let editors write for as long as the block lasts, or the server."""
    stop = Event()
    threads = [
        Thread(target=editor.write_on, args=(server.port, stop)) for editor in editors
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def settle(server: Server, editors: Sequence[Editor]) -> None:
    """Have every request granted that has been sent.

    Raises:
        AssertionError: One is still refused when the time for all is over.
    """
    deadline = time.monotonic() + PATIENCE
    with server.line() as line:
        for editor in editors:
            while editor.is_waiting and not editor.write(line):
                refusal = editor.refusals[-1]
                assert time.monotonic() < deadline, f"{editor.name} gets {refusal}"
                time.sleep(0.02)


def make_maps(server: Server, *maps: str) -> None:
    """Make maps that are empty."""
    with server.line() as line:
        for map in maps:
            made = line.ask("POST", f"{API}/maps", _json({"key": map}))
            assert made.status == 201, made

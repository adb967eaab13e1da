"""Listening to a map's events on a real server, as a client without a browser does."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Listener:
    """One stream of events; ``id`` is the last that it was told."""

    def __init__(self, port: int, path: str, last: int | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        self._connection.request("GET", path, headers=headers)
        self.answer = self._connection.getresponse()
        self.id = last

    def blocks(self) -> Iterator[dict[str, str]]:
        """Give what comes, block by block, comments as the field with no name."""
        block: dict[str, str] = {}
        while line := self.answer.readline().decode():
            if line != "\n":
                name, _, value = line.rstrip("\n").partition(": ")
                block[name] = value
                continue
            if "id" in block:
                self.id = int(block["id"])
            yield block
            block = {}

    def events(self) -> Iterator[tuple[str, Any]]:
        """Give the events that come, and what data they have."""
        for block in self.blocks():
            if "data" in block:
                yield block["event"], json.loads(block["data"])

    def revisions(self, count: int) -> list[int]:
        """Wait for so many events, and say of which revisions they are."""
        found = self.events()
        return [next(found)[1]["revision"] for _ in range(count)]

    def close(self) -> None:
        """Go away."""
        self.answer.close()
        self._connection.close()


@contextmanager
def listening(port: int, path: str, last: int | None = None) -> Iterator[Listener]:
    """Listen, once the server has said from where on, and go away in the end."""
    listener = Listener(port, path, last)
    try:
        assert listener.answer.status == 200, listener.answer.read()
        assert next(listener.blocks())["id"]
        yield listener
    finally:
        listener.close()


def send(
    port: int, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, Any, dict[str, str]]:
    """Send one request; give status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    data = None if body is None else json.dumps(body)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, data, {"Content-Type": "application/json"} | sent)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    found = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, json.loads(text) if text else None, found

"""Bytes that no HTTP library would send, to a real server."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers import ask, free_port, serving

HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    with serving("serve", port=port, folder=tmp_path_factory.mktemp("wire")):
        ask(port, "/health")
        yield port


def exchange(port: int, request: bytes, *, half: bool = True) -> bytes:
    """Send bytes, and read what comes back until the server is done."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        if half and (b"Connection: close" not in request or b"Length: 99" in request):
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
        return answer


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /api/v1/maps HTTP/1.1\r\n" + HOST + b"\r\n", b"200"),
        (b"GET / HTTP/1.0\r\nConnection: close\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: a.org\r\nConnection: close\r\n\r\n", b"421"),
        (
            b"GET http://evil.example.org/api/v1/maps HTTP/1.1\r\n" + HOST + b"\r\n",
            None,
        ),
        (b"GET /api/v1/maps/%ff%fe HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps/%ed%a0%80 HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps/%zz HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps/\xff HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps?limit=\xff HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps?%ff=%ff HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/maps?&&&&;;== HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"GET /api/v1/../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", b"404"),
        (b"GET /api/v1/maps HTTP/1.1\r\n" + HOST + b"Accept: \xff\r\n\r\n", b"406"),
        (
            b"GET /api/v1/maps/x HTTP/1.1\r\n" + HOST + b"If-None-Match: \xff\r\n\r\n",
            b"404",
        ),
        (b"TRACE /api/v1/maps HTTP/1.1\r\n" + HOST + b"\r\n", b"405"),
        (b"BREW /api/v1/maps HTTP/1.1\r\n" + HOST + b"\r\n", b"405"),
        (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", None),
        (
            b"POST /api/v1/maps HTTP/1.1\r\n"
            + HOST
            + b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
            None,
        ),
        (
            b"POST /api/v1/maps HTTP/1.1\r\n"
            + HOST
            + b"Content-Type: \xff/\xff; charset=\r\nContent-Length: 2\r\n\r\n{}",
            b"415",
        ),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", None),
    ],
)
def test_odd_bytes_are_answered_and_the_server_goes_on(
    port: int, request_: bytes, status: bytes | None
) -> None:
    answer = exchange(port, request_)

    words = answer.split(b" ", 2)
    assert not answer or words[1] < b"500", answer
    if status is not None:
        assert words[1] == status, answer
    assert set(ask(port, "/health")) == {"version", "database"}


def test_a_body_too_large_is_refused_before_it_is_sent(port: int) -> None:
    head = (
        b"POST /api/v1/maps HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n"
    )

    answer = exchange(port, head + b" " * 1000)

    assert answer.split(b" ", 2)[1] == b"413"
    assert b'"code":"too-large"' in answer


def test_chunks_without_an_end_are_refused_at_the_limit(port: int) -> None:
    head = (
        b"POST /api/v1/maps HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head)
        sent = 0
        try:
            while sent < 64:
                connection.sendall(chunk)
                sent += 1
            answer = connection.recv(65_536)
        except (BrokenPipeError, ConnectionResetError):
            answer = b"HTTP/1.1 413 "

    assert answer.split(b" ", 2)[1] == b"413"


def test_a_body_that_does_not_arrive_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_MAX_BODY_SECONDS", "0.3")
    port = free_port()
    with serving("serve", port=port, folder=tmp_path):
        ask(port, "/health")
        answer = exchange(
            port,
            b"POST /api/v1/maps HTTP/1.1\r\n"
            b"Host: 127.0.0.1\r\n"
            b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
            half=False,
        )

    assert answer.split(b" ", 2)[1] == b"408"
    assert b'"code":"body-too-slow"' in answer


def test_head_has_the_length_of_get_and_the_connection_goes_on(port: int) -> None:
    head = b"HEAD /api/v1/rules HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    get = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"

    answer = exchange(port, head + get)

    first, _, rest = answer.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in first.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    assert length > 1000
    assert rest.startswith(b"HTTP/1.1 200")

"""Secrets are canaries: wherever they are sent, they are heard of nowhere.

Every operation of the API's document is called with a good key, with one that is none,
and with keys where none belongs. Then all that a server has said, written and started
is looked through. Planted and found: a line of the log with the request's headers,
libpq's words for a URL that it cannot read.
"""

import json
import sqlite3
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from argmap.cli import main
from faults.editors import API
from faults.faulty import RAISES, plugin
from faults.fields import DOCUMENT
from faults.running import Answer, Server
from processes import descendants
from servers import ARGMAP
from tram import TRAM

pytestmark = pytest.mark.faults

WRONG = "amk_" + "canary" * 7
PASSWORD = "canary-password"
PARTS = {
    "map": "tram",
    "claim": "build",
    "relation": "r1",
    "source": "council",
    "passage": "p1",
    "round": "final",
    "move": "m1",
    "key": "anna",
    "job": "none",
    "format": "argdown",
    "rule": "raises",
    "scheme": "practical-reasoning",
    "revision": "1",
}
NEEDED = {"q": "tram", "side": "con", "from": "1", "by": "source"}
SHOWN_ONCE = "createKey"


def operations(secret: str) -> Iterator[tuple[str, str, str]]:
    """List method, name and address of all that may be asked; what removes goes last.

    Each is followed by the same with a secret in the place of a part, and in the query.
    """
    found = []
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            name = operation["operationId"]
            if name == "listenToMap":  # which has no end
                continue
            asked = [
                f"{each['name']}={NEEDED[each['name']]}"
                for each in operation.get("parameters", ())
                if each["in"] == "query" and each.get("required")
            ]
            plain, spoilt = path, path
            for part, value in PARTS.items():
                plain = plain.replace(f"{{{part}}}", value)
                spoilt = spoilt.replace(f"{{{part}}}", quote(secret))
            address = f"{plain}?{'&'.join(asked)}"
            found += [
                (method.upper(), name, each)
                for each in (address, spoilt, f"{address}&access_token={secret}")
            ]
    return iter(sorted(found, key=lambda each: each[0] == "DELETE"))


def told(answer: Answer) -> str:
    """Give all that an answer says."""
    return f"{answer.headers} {answer.body.decode('utf-8', 'replace')}"


def ask(
    server: Server, method: str, path: str, body: bytes | None = None, **sent: str
) -> Answer:
    """Send a request on a line of its own, again if the server hung up on its body."""
    if body is None and method in ("POST", "PUT", "PATCH"):
        body = b'{"name": "Zoe", "text": 7}'
    for _ in range(10):
        with suppress(OSError, HTTPException), server.line() as line:
            return line.ask(method, path, body, **sent)
    raise AssertionError(f"no answer to {method} {path}")


def ask_all(server: Server, secret: str) -> list[str]:
    """Ask everything, in every right and wrong way, and give what is answered.

    What is sent as part of an address may come back, to whoever has sent it.
    """
    basic = b64encode(f"ada:{secret}".encode()).decode()
    found = []
    for method, name, path in operations(secret):
        right = {"Authorization": f"Bearer {secret}"}
        wrong = ({"Authorization": f"Basic {basic}"}, {"Cookie": f"key={secret}"})
        for sent in (right,) if secret in path else (right, *wrong):
            answer = ask(server, method, path, None, If_Match="*", **sent)
            assert answer.status < 500 or answer.status in (502, 504), told(answer)
            is_shown = name == SHOWN_ONCE and answer.status < 400
            if not is_shown and secret not in path.partition("?")[0]:
                found.append(told(answer))
    return found


def environments(pids: list[int]) -> str:
    """Give how processes were started, and with what, as others may see it."""
    return "".join(
        Path(f"/proc/{pid}/{name}").read_text("utf-8", "replace")
        for pid in pids
        for name in ("cmdline", "environ")
        if Path(f"/proc/{pid}").exists()
    )


@pytest.fixture
def server(tmp_path: Path) -> Server:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "raises.py").write_text(plugin("raises", RAISES["raises"][0]))
    chosen = {
        "ARGMAP_AUTH": "true",
        "ARGMAP_MAX_RATE": "0",
        "ARGMAP_LOG_LEVEL": "debug",
        "ARGMAP_LOG_REQUESTS": "all",
        "ARGMAP_PLUGINS_DIR": "plugins",
    }
    return Server(tmp_path, environment=chosen)


def test_a_key_is_heard_of_nowhere(server: Server, tmp_path: Path) -> None:
    make = ("keys", "create", "Ada", "--admin", "--database", server.database)
    made = subprocess.run([ARGMAP, *make], capture_output=True, text=True, check=True)
    secret = made.stdout.strip()
    admin = {"Authorization": f"Bearer {secret}"}
    with server:
        for what, body in (("keys", {"name": "Anna"}), ("imports", TRAM)):
            content = json.dumps(body).encode()
            done = ask(server, "POST", f"{API}/{what}", content, **admin)
            assert done.status == 201
        answers = ask_all(server, secret) + ask_all(server, WRONG)
        for path in ("/metrics", f"{API}/audit?limit=500", f"{API}/keys", "/health"):
            answers.append(told(ask(server, "GET", path, None, **admin)))
        started = environments([server.process.pid, *descendants(server.process.pid)])
        backup = ("db", "backup", "copy.db", "--database", server.database)
        subprocess.run([ARGMAP, *backup], check=True, cwd=tmp_path, capture_output=True)
        assert server.stop() == 0
    with sqlite3.connect(tmp_path / "argmap.db") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    files = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))

    assert "request" in server.said
    for canary in (secret, WRONG):
        assert [each for each in answers if canary in each] == []
        assert canary not in server.said
        assert canary not in started
        assert canary not in dump
        assert canary.encode() not in files
        assert canary not in made.stderr


URLS = [
    "postgresql://ada:{}@127.0.0.1:1/maps",
    "postgresql://127.0.0.1:1/maps?password={}",
    "postgresql://ada:{}@nowhere.invalid/maps",
    "postgresql://ada:{}@[maps",
    "postgresql://ada:{} @host/maps",
    "postgresql://ada:%zz{}@host/maps",
    "postgresql://host/maps?password=%zz{}",
    "postgresql:ada:{}@host/maps",
    "postgresql+psycopg://ada:{}@host/maps",
    "mysql://ada:{}@host/maps",
]
COMMANDS = [
    "maps",
    "db check",
    "db upgrade",
    "keys list",
    "settings",
    "copy-to sqlite:///other.db",
]


@pytest.mark.parametrize("url", URLS)
def test_the_password_of_a_database_is_said_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARGMAP_DATABASE_URL", url.format(PASSWORD))
    for command in COMMANDS:
        done = CliRunner().invoke(main, command.split())
        assert done.exit_code == (0 if command == "settings" else 1), done
        assert PASSWORD not in done.stdout + done.stderr + repr(done.exception)


def test_a_server_says_no_password(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="it did not start") as refusal:
        Server(tmp_path, database=URLS[0].format(PASSWORD)).start()

    assert "Connection refused" in str(refusal.value)
    assert PASSWORD not in str(refusal.value)

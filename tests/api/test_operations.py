"""What whoever runs a server sees of it: readiness, figures, log lines, a quiet end.

Planted and found: an end that drops what is in flight.
"""

import json
import logging
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar import get
from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families as families

from argmap.api.app import create_app
from argmap.settings import Settings
from listening import listening, send
from servers import ask, free_port, serving

MAPS = "/api/v1/maps"
IN_FLIGHT = 20

HANGS = """
import time
from argmap.plugin import Rule, hookimpl

def slow(graph):
    time.sleep(0.5)
    return graph.base_scores

def broken(graph):
    raise RuntimeError("no such luck")

@hookimpl
def argmap_rules():
    yield Rule("slow", "Slow", slow)
    yield Rule("broken", "Broken", broken)
"""


class Run(NamedTuple):
    """A server that was asked a few things and stopped; what it said on the way."""

    figures: str
    lines: list[dict[str, Any]]
    statuses: list[int]
    ready: list[int]
    events: list[str]
    code: int
    text: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Stop a server that has much to do, after all else has been asked of it."""
    folder, port = tmp_path_factory.mktemp("operations"), free_port()
    (folder / "rules").mkdir()
    (folder / "rules" / "mine.py").write_text(HANGS)
    (folder / "argmap.toml").write_text(
        'plugins_dir = "rules"\ntrust = ["mine.py"]\nlog_format = "json"\n'
        'log_requests = "all"\ndrain_seconds = 0.3\n'
    )
    with serving("serve", port=port, folder=folder) as server:
        ask(port, "/ready")
        send(port, "POST", MAPS, {"key": "city"})
        evaluate = f"{MAPS}/city/evaluations"
        send(port, "GET", f"{evaluate}?rule=broken&param.secret-in-a-query=1")
        send(port, "GET", f"{evaluate}?rule=broken", X_Request_ID="from-the-proxy")
        send(port, "GET", f"{evaluate}?rule=df-quad", Authorization="Bearer amk_secret")
        send(port, "GET", f"{evaluate}?rule=df-quad")
        send(port, "PROPFIND", "/nowhere")
        with (
            listening(port, f"{MAPS}/city/events") as listener,
            ThreadPoolExecutor(IN_FLIGHT) as threads,
        ):
            figures = _text(port, "/metrics")
            waiting = [
                threads.submit(
                    send, port, "GET", f"{evaluate}?rule=slow&option.margin=0.0{n:02}"
                )
                for n in range(IN_FLIGHT)
            ]
            time.sleep(0.3)  # so that they are there
            ready = [send(port, "GET", "/ready")[0]]
            server.send_signal(signal.SIGTERM)
            time.sleep(0.1)
            ready.append(send(port, "GET", "/ready")[0])
            events = [name for name, _ in listener.events()]
            statuses = [each.result()[0] for each in waiting]
        code = server.wait(timeout=20)
        assert server.stderr
        text = server.stderr.read()
    lines = [json.loads(line) for line in text.splitlines()]
    return Run(figures, lines, statuses, ready, events, code, text)


def _text(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        found: str = answer.read().decode()
    return found


def test_a_server_that_is_told_to_stop_answers_all_that_it_has_begun(run: Run) -> None:
    assert run.code == 0
    assert run.statuses == [200] * IN_FLIGHT
    assert run.ready == [200, 503]
    assert run.events == []
    said = [line["event"] for line in run.lines if line["logger"] == "argmap.server"]
    assert said == ["started", "stopping", "stopped"]


def test_figures_are_there_for_what_a_person_would_graph(run: Run) -> None:
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families(run.figures)
        for sample in family.samples
    }
    route = f"{MAPS}/{{map}}/evaluations"

    assert samples["argmap_request_seconds_count", *sorted(["GET", route, "200"])] == 2
    assert samples["argmap_request_seconds_count", *sorted(["GET", route, "502"])] == 1
    assert samples["argmap_request_seconds_count", "-", "404", "other"] == 1
    assert samples["argmap_evaluation_seconds_count", "df-quad"] == 1
    assert samples["argmap_plugin_faults_total", "mine", "plugin-fault"] == 1
    assert samples["argmap_cache_total", "answer", "hit"] >= 1
    assert samples["argmap_cache_total", "answer", "miss"] >= 1
    assert samples["argmap_write_group_size_count",] >= 1
    assert samples["argmap_writes_waiting",] == 0
    assert samples["argmap_listeners",] == 1
    assert samples["process_resident_memory_bytes",] > 1e6


def test_a_line_of_the_log_says_what_came_of_a_request_and_nothing_secret(
    run: Run,
) -> None:
    told = [line for line in run.lines if line["event"] == "request"]
    made = next(line for line in told if line["method"] == "POST")

    assert (made["route"], made["status"]) == (MAPS, 201)
    assert made["ms"] > 0
    assert made["bytes"] > 100
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]+", made["request"])
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", made["timestamp"]
    )
    assert "secret" not in run.text


def test_a_fault_of_a_plugin_is_told_with_the_request_that_met_it(run: Run) -> None:
    told = [line for line in run.lines if line["event"] == "plugin fault"]
    failed = [line for line in run.lines if line.get("status") == 502]

    assert [line["plugin"] for line in told] == ["mine"]
    assert "no such luck" in told[0]["detail"]
    assert [each["request"] for each in (*told, *failed)] == ["from-the-proxy"] * 2
    assert {line["level"] for line in (*told, *failed)} == {"warning"}


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[TestClient[Any]]:
    url = f"sqlite:///{tmp_path}/argmap.db"
    app = create_app(Settings(database_url=url, metrics=False))
    with TestClient(
        app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    ) as client:
        yield client


def test_figures_can_be_left_out(apart: TestClient[Any]) -> None:
    assert apart.get("/metrics").status_code == 404


def test_an_error_nobody_foresaw_has_its_traceback_in_the_log_and_nowhere_else(
    apart: TestClient[Any], caplog: pytest.LogCaptureFixture
) -> None:
    @get("/bug")
    async def fail() -> None:
        raise KeyError("the secret of the house")

    apart.app.register(fail)
    with caplog.at_level(logging.INFO):
        answer = apart.get("/bug")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret of the house" not in answer.text
    error, request = (each for each in caplog.records if each.name[:6] == "argmap")
    assert error.exc_info
    assert error.exc_info[0] is KeyError
    assert (request.message, request.levelname) == ("request", "WARNING")
    assert answer.headers["x-request-id"]


def test_a_server_that_cannot_write_is_not_ready(apart: TestClient[Any]) -> None:
    assert apart.get("/ready").json() == {"ready": True}
    apart.app.state.desk.store.close()
    answer = apart.get("/ready")

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("sent", ["bad id", "x" * 65, 'a"b', ""])
def test_an_id_that_could_forge_a_line_is_not_taken(
    apart: TestClient[Any], sent: str
) -> None:
    answer = apart.get("/ready", headers={"X-Request-ID": sent})

    assert "x-request-id" not in answer.headers
    assert (
        apart.get("/ready", headers={"X-Request-ID": "a.b-C_1"}).headers["x-request-id"]
        == "a.b-C_1"
    )

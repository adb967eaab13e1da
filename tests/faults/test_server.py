"""While a stranger's rule hangs, the server answers everybody else at once."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

import pytest

from faults.faulty import plugin
from faults.hanging import SECONDS, ask, hanging, score
from processes import descendants, is_alive
from servers import ARGMAP, free_port, serving

CLIENTS = 4

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with hanging(tmp_path_factory.mktemp("server")) as port:
        yield port


def test_a_rule_that_hangs_holds_up_nobody_else(port: int) -> None:
    with ThreadPoolExecutor(CLIENTS) as threads:
        waiting = [
            threads.submit(score, port, rule, f"&option.margin=0.{i}")
            for i in range(CLIENTS // 2)
            for rule in ("sleeps", "spins")
        ]
        quick: list[float] = []
        start, count = time.monotonic(), 0
        while time.monotonic() < start + SECONDS * 0.8:
            health = ask(port, "/health")
            other = score(port, "df-quad", f"&option.threshold=0.{count % 90 + 10}")
            assert (health.status, other.status) == (200, 200)
            quick += [health.seconds, other.seconds]
            count += 1
            time.sleep(0.02)
        done = [each.result() for each in waiting]

    assert quantiles(quick, n=10)[-1] < 0.1
    assert max(quick) < SECONDS / 2
    assert {answer.status for answer in done} == {504}
    codes = {answer.body["code"] for answer in done}
    assert codes <= {"plugin-too-slow", "too-slow"}
    assert done[0].body["plugin"] == "sleeps"
    assert score(port, "good-beside-sleeps").status == 200


def test_a_server_that_is_killed_leaves_no_worker_behind(tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    code = plugin("sleeps", "time.sleep(1e6)")
    (plugins / "sleeps.py").write_text(code)
    port = free_port()
    with serving(
        "serve", "--plugins-dir", "plugins", port=port, folder=tmp_path
    ) as server:
        left = descendants(server.pid)
        assert len(left) == 2
        server.kill()
        server.wait()
    deadline = time.monotonic() + 10
    while any(map(is_alive, left)) and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not any(map(is_alive, left))


def test_a_server_that_is_to_trust_what_is_not_there_does_not_start(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [ARGMAP, "serve", "--trust", "nobody", "--port", str(free_port())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert done.returncode == 1
    assert "no plugin distribution or file to trust 'nobody'" in done.stderr
    assert "Traceback" not in done.stderr

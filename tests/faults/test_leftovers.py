"""What a stranger's rule leaves behind does not stay.

Planted and found: a nursery that does not adopt what workers leave behind.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from argmap.plugin import Host, Map, evaluate
from argmap.plugin.isolation import Isolation, Limits
from processes import is_alive

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(Limits())
    yield isolation
    isolation.close()


CHILD = """
            if (pid := os.fork()) == 0:
                time.sleep(600)
            os.write(write, str(pid).encode())
"""
DAEMON = """
            if os.fork() == 0:
                os.setsid()
                if (pid := os.fork()) == 0:
                    time.sleep(600)
                os.write(write, str(pid).encode())
                os._exit(0)
            os.wait()
"""


@pytest.mark.parametrize("how", [CHILD, DAEMON], ids=["child", "daemon"])
def test_what_a_worker_leaves_behind_is_ended(
    tmp_path: Path, isolation: Isolation, how: str
) -> None:
    code = """
        import os, time
        from argmap.plugin import Rule, hookimpl
        def daemon(graph):
            read, write = os.pipe()
            HOW
            return dict.fromkeys(graph.ids, float(os.read(read, 20)))
        @hookimpl
        def argmap_rules(): yield Rule("daemon", "Daemon", daemon, scale="ranking")
    """
    (tmp_path / "daemon.py").write_text(dedent(code.replace("HOW", how.strip())))
    rule = Host.load(tmp_path, isolation=isolation).rule("daemon")
    left = int(evaluate(Map.of(["a"]), rule).strengths["a"])
    deadline = time.monotonic() + 10
    while is_alive(left) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not is_alive(left)

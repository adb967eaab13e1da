"""A second process on a SQLite file is refused in one line, and the first goes on.

Planted and found: a lock that two may have.
"""

import subprocess
from pathlib import Path

import pytest

from faults.editors import Editor, make_maps, writing
from faults.running import Server
from servers import ARGMAP, free_port


@pytest.mark.faults
def test_a_second_server_on_one_file_is_refused(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        make_maps(server, "m0")
        editor = Editor("e", "m0")
        with writing(server, [editor]):
            where = ["--port", str(free_port()), "--database", server.database]
            second = subprocess.run(
                [ARGMAP, "serve", *where],
                capture_output=True,
                text=True,
                timeout=60,
                cwd=tmp_path,
            )
            before = len(editor.promises)
            with server.line() as line:
                assert line.ask("GET", "/health").status == 200
        assert second.returncode == 1
        assert f"process {server.process.pid} has" in second.stderr
        assert "Traceback" not in second.stderr
        assert not editor.refusals
        assert len(editor.promises) >= before > 0
        assert server.stop() == 0

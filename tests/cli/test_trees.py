"""`argmap tree`: the same tree in every form, to a file or a pipe."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from defusedxml.ElementTree import fromstring

Run = Callable[..., Result]

TREE = ("tree", "japan-nato", "closer-cooperation")


def test_a_tree_is_drawn_in_every_form(run: Run) -> None:
    def drawn(form: str) -> str:
        done = run(*TREE, "--depth", "1", "--format", form)
        assert done.exit_code == 0, done.output
        return done.stdout

    nodes = drawn("txt").count("\n")
    assert nodes > 5
    assert drawn("md").count("- ") >= nodes
    assert drawn("mmd").startswith("flowchart BT\n")
    assert drawn("dot").startswith('digraph "japan-nato" {')
    texts = [e for e in fromstring(drawn("svg")).iter() if e.tag.endswith("rect")]
    assert len(texts) > nodes


def test_a_picture_goes_into_a_file(run: Run, folder: Path) -> None:
    pytest.importorskip("resvg_py", reason="the extra png is not installed")
    done = run(*TREE, "--nodes", "5", "--format", "png", "-o", "tree.png")

    assert (done.exit_code, done.output) == (0, "")
    assert (folder / "tree.png").read_bytes().startswith(b"\x89PNG")


def test_few_claims_are_those_that_matter_most(run: Run) -> None:
    assert run(*TREE, "--nodes", "7").stdout.count("\n") == 7


def test_without_resvg_a_line_says_what_to_install(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    done = run(*TREE, "--format", "png", "-o", "none.png")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "pip install 'argmap[png]'" in done.stderr
    assert not (folder / "none.png").exists()

"""Argdown means here what it means to its own tool."""

import json
from pathlib import Path
from typing import Any

import pytest

from argdown_answers import ours, theirs

PROBES = [
    json.loads(line)
    for line in (Path(__file__).parent / "argdown_probes.jsonl")
    .read_text("utf-8")
    .splitlines()
]

BETTER_PROBES = {
    "frontmatter-bad-yaml": "the reference reads nothing, and says nothing of it",
    "only-comment": "a document without blocks is an empty map",
}

BETTER = {
    "lexer-argument.json": "bad YAML: the reference drops the conclusion silently",
    "greenspan-schefczyk_hardwrap.json": "settings put other groups for the headings",
    "state-censorship.json": "settings take tags out of texts",
}


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["name"])
def test_a_probe_is_read_as_the_reference_reads_it(probe: dict[str, Any]) -> None:
    said = ours(probe["source"], probe.get("mode"))

    expected = theirs(probe, probe["parserErrors"])
    assert (said == expected) is (probe["name"] not in BETTER_PROBES)


def test_a_document_is_read_as_the_reference_reads_it(shared: Path) -> None:
    folder = shared / "corpora" / "argdown-examples"
    differing = {}
    for golden in sorted(folder.glob("golden/*/*.json")):
        source = folder / golden.parent.name / f"{golden.stem}.argdown"
        answer = json.loads(golden.read_bytes())
        said = ours(source.read_bytes().decode())
        expected = theirs(answer["result"], answer["parserErrors"])
        if said != expected:
            differing[golden.name] = (said, expected)

    assert differing.keys() == BETTER.keys()


def test_what_is_wrong_is_told_with_its_line_and_column() -> None:
    assert ours("===\ntitle: [\n===\n\n[A]: a\n") == {"error": "line 3, column 1"}
    assert ours("[A]: a {k: [1}\n")["error"].startswith("line 1")
    assert ours("[A]: a\n\n@include(other.argdown)\n") == {"error": "line 3, column 1"}
    assert ours("<A>\n\n(1) p\n----\n(2) c\n\n<A>\n\n(1) q\n----\n(2) c\n") == {
        "error": "line 9, column 1"
    }


@pytest.mark.parametrize("source", ["", "\n\n", "// nothing", "/* no\n\nthing */\n"])
def test_a_document_without_blocks_says_nothing(source: str) -> None:
    assert not any(ours(source).values())

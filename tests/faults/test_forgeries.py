"""A worker that writes what it likes to the host gets a fault, and nothing else.

The plugins here take over their worker's socket and send forged answers.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from argmap.errors import PluginFault
from argmap.plugin import Host, Map, compile_map, evaluate
from argmap.plugin.isolation import Isolation, Limits
from argmap.plugin.variants import vary

HEAD = """
import os, struct
import msgspec
from argmap.plugin import SUM, Influence, Rule, hookimpl

def forge(value):
    data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    for fd in range(3, 64):
        try: os.write(fd, struct.pack("<Q", len(data)) + data)
        except OSError: pass

BYTES = b"\\x91" * 5000 + b"\\xc0"
RULE = {"name": "mine", "title": "T", "description": "", "version": None,
        "source": "", "scale": "gradual", "laws": [], "reads": [],
        "default_base_score": 0.5, "schema": {}, "digest": None, "findings": None,
        "is_batched": True}
ANSWER = {"type": "Answered", "strengths": bytes(16), "relations": None,
          "labels": None, "settled": bytes(2), "converged": True,
          "stability": "stable", "iterations": 0, "residual": 0.0,
          "error_bound": None, "extensions": None, "truncated": False,
          "warnings": [], "can_relabel": False}

def describe(**changed):
    forge({"type": "Loaded", "plugins": [
        {"plugin": "mine", "rules": [RULE | changed], "formats": [], "fault": None}]})

"""
RUN = """
def mine(graph):
    forge(%s)
    return {}

@hookimpl
def argmap_rules():
    yield Rule("mine", "T", mine)
"""
MODULAR = """
def apply(base, energy):
    forge({"type": "Varied", "strengths": bytes(%s)})
    return base

@hookimpl
def argmap_rules():
    yield Rule("mine", "T", aggregation=SUM, influence=Influence("mine", apply))
"""
MAP = Map.of({"a": 0.5, "b": 0.75})

DESCRIPTIONS = {
    "no such law": ("describe(laws=['nonsense'])", "promises ['nonsense']"),
    "no number": ("describe(default_base_score=float('nan'))", "outside [0, 1]"),
    "another type": ("describe(title=7)", "nonsense"),
    "unknown member": ("describe(more=7)", "nonsense"),
    "nested": (
        "deep = {}\nfor _ in range(500): deep = {'a': deep}\ndescribe(schema=deep)",
        "describes itself wrongly",
    ),
    "nested without end": ("forge(BYTES)", "nonsense"),
    "no text": ("forge(b'\\x81\\xa4type\\xa2\\xff\\xff')", "nonsense"),
    "another plugin": (
        "forge({'type': 'Loaded', 'plugins': [{'plugin': 'other'}]})",
        "mine",
    ),
    "another answer": ("forge({'type': 'Sure', 'value': 1.0})", "does not say what"),
}
ANSWERS = {
    "too short": "ANSWER | {'strengths': bytes(8)}",
    "no numbers": "ANSWER | {'strengths': bytes(15)}",
    "nan": "ANSWER | {'strengths': struct.pack('<2d', 0, float('nan'))}",
    "labels": "ANSWER | {'labels': b'\\x07\\x08'}",
    "settled": "ANSWER | {'settled': bytes(7)}",
    "residual": "ANSWER | {'residual': -1.0}",
    "unknown member": "ANSWER | {'more': 1}",
    "huge": "ANSWER | {'warnings': [{'code': 'x' * 9_000_000, 'count': 1}]}",
    "another answer": "{'type': 'Sure', 'value': 1.0}",
    "nested without end": "BYTES",
}


def load(folder: Path, isolation: Isolation, code: str) -> Host:
    (folder / "mine.py").write_text(HEAD + code)
    return Host.load(folder, isolation=isolation)


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(Limits(seconds=5))
    yield isolation
    isolation.close()


@pytest.mark.parametrize("forgery", DESCRIPTIONS)
def test_a_forged_description_is_a_problem(
    tmp_path: Path, isolation: Isolation, forgery: str
) -> None:
    code, told = DESCRIPTIONS[forgery]
    host = load(tmp_path, isolation, code + "\n" + RUN % "0")

    (problem,) = host.problems
    assert problem.plugin == "mine"
    assert told in problem.detail
    assert "mine" not in host.rules


@pytest.mark.parametrize("forgery", ANSWERS)
def test_a_forged_answer_is_a_fault(
    tmp_path: Path, isolation: Isolation, forgery: str
) -> None:
    host = load(tmp_path, isolation, RUN % ANSWERS[forgery])

    with pytest.raises(PluginFault) as fault:
        evaluate(MAP, host.rule("mine"))

    assert fault.value.plugin == "mine"


@pytest.mark.parametrize("size", ["3", "24", "0"])
def test_a_forged_batch_is_a_fault(
    tmp_path: Path, isolation: Isolation, size: str
) -> None:
    host = load(tmp_path, isolation, MODULAR % size)
    graph, rule = compile_map(MAP).resolved(), host.rule("mine")

    with pytest.raises(PluginFault, match="bytes for 2 strengths"):
        vary(graph, rule, rule.decode({}), base_scores=np.zeros((2, 1)))

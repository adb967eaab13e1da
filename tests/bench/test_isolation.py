"""What it costs to have a stranger's rule in a process of its own."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import pytest

from argmap.errors import PluginFault
from argmap.plugin import Graph, Host
from argmap.plugin.answer import answer
from argmap.plugin.isolation import Isolation, Limits
from faults.faulty import RAISES, plugin, slug
from faults.hanging import ask, hanging, score
from figures import Figures

CLAIMS = 1000
RELATIONS = 2000
CODE = """
from argmap.plugin import SUM, Rule, euler, hookimpl

@hookimpl
def argmap_rules():
    yield Rule("array", "Array", lambda graph: graph.base_scores)
    yield Rule("dict", "Dict", lambda graph: dict.fromkeys(graph.ids, 0.5))
    yield Rule("modular", "Modular", aggregation=SUM, influence=euler())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "good.py").write_text(CODE)
    for fault, (body, _) in RAISES.items():
        (folder / f"{slug(fault)}.py").write_text(plugin(fault, body))
    return folder


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Host]:
    isolation = Isolation(Limits(memory=300_000_000))
    yield Host.load(folder, isolation=isolation)
    isolation.close()


def graph() -> Graph:
    """Draw a thousand claims without cycles."""
    random = np.random.default_rng(42)
    ids = [f"c{i}" for i in range(CLAIMS)]
    low, high = np.sort(random.integers(0, CLAIMS, (RELATIONS, 2)), axis=1).T
    edges = [(ids[b], ids[a]) for a, b in zip(low, high, strict=True) if a != b]
    half = len(edges) // 2
    scores = dict(zip(ids, random.random(CLAIMS).tolist(), strict=True))
    return Graph.of(scores, attacks=edges[:half], supports=edges[half:])


def seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def test_a_call_to_a_worker(host: Host, figures: Figures) -> None:
    subject = graph()
    for name in ("array", "dict", "modular"):
        rule = host.rule(name)
        params = rule.decode({})
        taken = [seconds(lambda: answer(rule, subject, params)) for _ in range(300)]  # noqa: B023
        figures.at_most(f"a call apart, {name}", median(taken) * 1e3, 2, "ms")


def test_a_worker_is_back_after_a_fault(host: Host, figures: Figures) -> None:
    subject, taken = graph(), []
    for fault in RAISES:
        for name in (slug(fault), f"good-beside-{slug(fault)}"):
            rule = host.rule(name)
            params = rule.decode({})
            start = time.perf_counter()
            try:
                answer(rule, subject, params)
            except PluginFault:
                continue
            taken.append(time.perf_counter() - start)
    assert len(taken) == len(RAISES)
    figures.at_most("a worker back after a fault, worst", max(taken) * 1e3, 300, "ms")


def test_health_while_a_rule_hangs(tmp_path: Path, figures: Figures) -> None:
    with hanging(tmp_path) as port, ThreadPoolExecutor(4) as threads:
        waiting = [
            threads.submit(score, port, rule, f"&option.margin=0.{i}")
            for i in range(2)
            for rule in ("sleeps", "spins")
        ]
        taken = []
        while not all(each.done() for each in waiting):
            taken.append(ask(port, "/health").seconds)
            time.sleep(0.005)
    worst = quantiles(taken, n=100)[-1]
    figures.at_most("/health while rules hang, p99", worst * 1e3, 100, "ms")

"""Whatever a stranger's rule does, the host gets an error of that rule, in time.

All faults are run at once, each in a worker of its own, as they would be in a server;
the tests then look at what came of each. Planted and found: workers that may take any
amount of memory.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from argmap.errors import PluginFault, PluginTooSlow
from argmap.plugin import Host, Map, evaluate
from argmap.plugin.isolation import Isolation, Limits
from faults.faulty import ANSWERS, HANGS, IMPORTS, PASSES, RAISES, TAKES, plugin, slug

MAP = Map.of({"a": 0.5, "b": 0.75}, rebuts=[("a", "b")])
BODIES = {
    **{name: body for name, (body, _) in (RAISES | ANSWERS).items()},
    **TAKES,
    **HANGS,
    **PASSES,
}
SECONDS = 2.0


@dataclass(frozen=True)
class Run:
    """What came of a fault, and of the good rule beside it right after."""

    outcome: object
    after: object
    back: float


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("faults")
    for name, body in BODIES.items():
        (folder / f"{slug(name)}.py").write_text(plugin(name, body))
    for name, (body, _) in IMPORTS.items():
        (folder / f"{slug(name)}.py").write_text(body)
    isolation = Isolation(Limits(seconds=SECONDS, memory=400_000_000))
    try:
        yield Host.load(folder, isolation=isolation)
    finally:
        isolation.close()


@pytest.fixture(scope="module")
def runs(host: Host) -> dict[str, Run]:
    with ThreadPoolExecutor(8) as threads:
        return dict(
            zip(BODIES, threads.map(lambda f: run(host, f), BODIES), strict=True)
        )


def run(host: Host, fault: str) -> Run:
    outcome = outcome_of(host, slug(fault))
    start = time.monotonic()
    after = outcome_of(host, f"good-beside-{slug(fault)}")
    return Run(outcome, after, time.monotonic() - start)


def outcome_of(host: Host, rule: str) -> object:
    try:
        return evaluate(MAP, host.rule(rule)).strengths
    except BaseException as error:
        return error


@pytest.mark.parametrize("fault", [*RAISES, *ANSWERS])
def test_a_rule_that_fails_is_told_of(runs: dict[str, Run], fault: str) -> None:
    error = runs[fault].outcome

    assert type(error) is PluginFault, error
    assert error.plugin == slug(fault)
    assert (RAISES | ANSWERS)[fault][1] in error.detail


@pytest.mark.parametrize("fault", TAKES)
def test_a_rule_that_takes_too_much_is_told_of(
    runs: dict[str, Run], fault: str
) -> None:
    assert isinstance(runs[fault].outcome, PluginFault)


@pytest.mark.parametrize("fault", HANGS)
def test_a_rule_that_hangs_is_ended(runs: dict[str, Run], fault: str) -> None:
    error = runs[fault].outcome

    assert type(error) is PluginTooSlow, error
    assert (error.plugin, error.seconds) == (slug(fault), SECONDS)


@pytest.mark.parametrize("fault", PASSES)
def test_what_does_no_harm_is_answered(runs: dict[str, Run], fault: str) -> None:
    assert runs[fault].outcome == {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize("fault", BODIES)
def test_the_worker_is_back_for_the_next_call(runs: dict[str, Run], fault: str) -> None:
    assert runs[fault].after == {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize("fault", IMPORTS)
def test_a_plugin_that_cannot_be_described_is_named(host: Host, fault: str) -> None:
    (problem,) = (p for p in host.problems if p.plugin == slug(fault))

    assert problem.distribution is None
    assert f"{slug(fault)} (a file)" in problem.detail
    assert IMPORTS[fault][1] in problem.detail

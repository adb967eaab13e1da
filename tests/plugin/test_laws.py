"""The law kit: the rules here keep what they promise, and the kit sees who does not."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from argmap.errors import NotFound
from argmap.model import Operation, read
from argmap.plugin import REBUT, SUPPORT, Answer, Graph, Host, Outcome, Rule, Strengths
from argmap.plugin.laws import LAWS, Counterexample, check
from argmap.plugin.laws.case import Case
from argmap.plugin.laws.checking import PROPERTIES, fault
from argmap.plugin.rule import EVERYTHING, Feature

RULES = [installed.rule for installed in Host.load(strict=True).rules.values()]
REQUIRED = {name for name, law in LAWS.items() if law.is_required}


def count(graph: Graph, kind: int) -> Strengths:
    """Count the relations of a kind into each claim."""
    into = graph.targets[(graph.kinds == kind) & ~graph.on_relation]
    return np.bincount(into, minlength=graph.size).astype(float)


def weakened(graph: Graph) -> Answer:
    return graph.base_scores / (1 + count(graph, REBUT))


def perverse(graph: Graph) -> Answer:
    moved = count(graph, REBUT) - count(graph, SUPPORT)
    return np.clip(graph.base_scores + moved / 10, 0, 1)


def unbounded(graph: Graph) -> Answer:
    return graph.base_scores + count(graph, REBUT)


def moody(graph: Graph) -> Answer:
    return np.array([random.random() for _ in graph.ids])


def shy(graph: Graph) -> Answer:
    return graph.base_scores / (1 + np.bincount(graph.premises, minlength=graph.size))


def crowded(graph: Graph) -> Answer:
    return graph.base_scores / max(graph.size, 1)


def queueing(graph: Graph) -> Answer:
    return 1 / (1 + np.arange(graph.size))


def halved(graph: Graph) -> Answer:
    return graph.base_scores / 2


def unmoved(graph: Graph) -> Answer:
    return graph.base_scores


def literate(graph: Graph) -> Answer:
    return np.array([len(key) / 100 for key in graph.ids])


def restless(graph: Graph) -> Answer:
    return Outcome(graph.base_scores, converged=not graph.is_cyclic)


def deaf(graph: Graph) -> Answer:
    return Outcome(graph.base_scores, relations=np.ones(len(graph.relation_ids)))


CULPRITS: dict[str, Callable[[Graph], Answer]] = {
    "anonymity": literate,
    "attack-monotonicity": perverse,
    "balance": weakened,
    "boundedness": unbounded,
    "clone-indifference": weakened,
    "clone-response": perverse,
    "determinism": moody,
    "directionality": shy,
    "duality": weakened,
    "independence": crowded,
    "neutrality": weakened,
    "open-mindedness": unmoved,
    "order-independence": queueing,
    "stability": halved,
    "strict-monotonicity": unmoved,
    "support-monotonicity": perverse,
    "termination": restless,
    "undercut-locality": deaf,
    "unread": unmoved,
}

# What a culprit says that it reads, where that is not all of a map.
READS: dict[str, frozenset[Feature]] = {"unread": frozenset({"rebut", "weight"})}


def test_every_law_is_a_property_and_has_its_culprit_here() -> None:
    assert LAWS.keys() == PROPERTIES.keys() == CULPRITS.keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_keeps_what_it_promises(rule: Rule) -> None:
    findings = check(rule, sorted({*rule.laws, *REQUIRED}), cases=8)

    assert findings.faults == []
    for name, tested in findings.laws.items():
        assert bool(tested.cases) == LAWS[name].applies_to(rule), name


@pytest.mark.parametrize("law", CULPRITS)
def test_a_broken_promise_is_found_and_its_counterexample_is_a_map(law: str) -> None:
    reads = READS.get(law, EVERYTHING)
    rule = Rule("culprit", "Culprit", CULPRITS[law], laws=(law,), reads=reads)

    findings = check(rule, [law], cases=200)

    (tested,) = findings.laws.values()
    assert (tested.promised, tested.result) == (True, "broken")
    assert tested.counterexample is not None
    assert findings.faults == [
        f"promises {law}, and breaks it: {tested.counterexample.detail}"
    ]
    assert fault(rule, law, case_of(tested.counterexample))


def case_of(counterexample: Counterexample) -> Case:
    """Load a counterexample as anybody would."""
    map_ = read(msgspec.json.encode(counterexample.map))
    operations = msgspec.convert(counterexample.operations, tuple[Operation, ...])
    return Case(map_, operations)


def test_a_counterexample_is_as_small_as_can_be() -> None:
    rule = Rule("culprit", "Culprit", weakened)

    tested = check(rule, ["clone-indifference"], cases=200).laws["clone-indifference"]

    assert tested.counterexample is not None
    case = case_of(tested.counterexample)
    assert len(case.map.claims) == 2
    assert len(case.changed.claims) == 3


def test_a_law_that_means_nothing_for_a_rule_may_not_be_promised() -> None:
    rule = Rule(
        "deaf", "Deaf", unmoved, reads=frozenset({"base_score"}), laws=("duality",)
    )

    findings = check(rule, ["duality"], cases=5)

    assert findings.laws["duality"].result == "not-applicable"
    assert findings.faults == [
        "promises duality, which means nothing for such a rule: "
        "it is for gradual rules that read rebut and support and base_score"
    ]


def test_a_law_is_not_kept_by_a_rule_that_never_comes_to_where_it_speaks() -> None:
    rule = Rule("sure", "Sure", lambda graph: np.ones(graph.size))

    tested = check(rule, ["strict-monotonicity"], cases=20).laws["strict-monotonicity"]

    assert (tested.result, tested.cases) == ("not-applicable", 0)


def test_worked_examples_are_worked_again() -> None:
    example = {
        "graph": {"arguments": {"a": 0.5, "b": 1.0}, "attacks": [["b", "a"]]},
        "expected": {"a": 0.3, "b": 1.0},
        "tolerance": 1e-12,
        "source": "by hand",
    }
    rule = Rule("culprit", "Culprit", weakened, examples=(example,))

    (fault,) = check(rule, []).faults

    assert fault == "has an example that does not hold (by hand): a has 0.25, not 0.3"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"expect": {}}, "/expect: unknown member 'expect'"),
        ({"expected": {"a": "1"}}, "expected `float`, got `str`"),
        ({"graph": {"claims": {"a": 1}}}, "/graph/claims: unknown member 'claims'"),
        ({"graph": {"arguments": ["a"], "attacks": [["b", "a"]]}}, "'b' bears on"),
    ],
)
def test_what_is_no_example_is_told_as_such(change: dict[str, Any], why: str) -> None:
    example = {"graph": {"arguments": ["a"]}, "expected": {}, "tolerance": 0}
    rule = Rule("culprit", "Culprit", weakened, examples=(example | change,))

    (fault,) = check(rule, []).faults

    assert "it is no example" in fault
    assert why in fault


def test_the_same_seed_gives_the_same_findings() -> None:
    rule = Rule("culprit", "Culprit", weakened)

    one, other, third = (
        check(rule, ["duality"], cases=50, seed=seed) for seed in (1, 1, 2)
    )

    assert one == other
    assert one != third


def test_a_law_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(NotFound):
        check(RULES[0], ["honesty"])
    with pytest.raises(ValueError, match="honesty"):
        Rule("r", "R", unmoved, laws=("honesty",))


def test_plugins_are_loaded_without_hypothesis() -> None:
    program = (
        "import sys; from argmap.plugin import Host; Host.load()\n"
        "sys.exit('hypothesis' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_checking_leaves_nothing_in_the_working_directory(tmp_path: Path) -> None:
    argmap = Path(sys.executable).with_name("argmap")
    command = [argmap, "rules", "check", "base-score", "--law", "stability"]

    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_without_hypothesis_it_is_said_what_to_install() -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from argmap.cli import main; main(['rules', 'check', 'base-score'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'argmap[laws]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1

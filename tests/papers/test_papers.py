"""Every number that a paper, a peer or a closed form gives for a rule that ships.

Each entry names where its numbers come from. Some oscillate under the discrete
iteration that papers and peers use; they must come to the continuous limit.
"""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from argmap.plugin import Claim, Graph, Host, Map, Rule, compile_map, evaluate

HERE = Path(__file__).parent


def entries(name: str) -> list[Any]:
    return [pytest.param(e, id=e["id"]) for e in json.loads((HERE / name).read_text())]


def graph_of(entry: dict[str, Any]) -> Graph:
    if "votes" in entry:
        return voted_on(entry)
    return Graph.of(
        entry["arguments"],
        [(a, b) for a, b in entry["attacks"]],
        [(a, b) for a, b in entry.get("supports", ())],
    )


def voted_on(entry: dict[str, Any]) -> Graph:
    claims = {
        key: Claim(key=key, text=key, data={"votes": {"for": pro, "against": con}})
        for key, (pro, con) in entry["votes"].items()
    }
    map_ = Map.of(claims, rebuts=[(a, b) for a, b in entry["attacks"]])
    return compile_map(replace(map_, claims=claims))


@pytest.fixture(scope="module")
def host() -> Host:
    return Host.load(strict=True)


@pytest.mark.parametrize("entry", entries("strengths.json"))
def test_strengths_are_what_the_source_says(host: Host, entry: dict[str, Any]) -> None:
    evaluation = evaluate(
        graph_of(entry["graph"]), host.rule(entry["rule"]), entry.get("parameters")
    )
    assert evaluation.converged
    for key, expected in entry["expected"].items():
        found = evaluation.strengths[key]
        assert abs(found - expected) <= entry["tolerance"], (key, found, expected)


@pytest.mark.parametrize(
    "entry", [p for p in entries("strengths.json") if p.values[0].get("oscillates")]
)
def test_an_unstable_equilibrium_is_never_passed_off_as_settled(
    host: Host, entry: dict[str, Any]
) -> None:
    evaluation = evaluate(graph_of(entry["graph"]), host.rule(entry["rule"]))

    unstable = entry["id"].startswith("k66-")
    assert evaluation.stability == ("unstable" if unstable else "stable")
    assert {claim.settled for claim in evaluation.claims.values()} == {not unstable}


@pytest.mark.parametrize("entry", entries("grounded.json"))
def test_the_grounded_extension_is_what_the_source_says(
    host: Host, entry: dict[str, Any]
) -> None:
    evaluation = evaluate(graph_of(entry["graph"]), host.rule("grounded"))

    accepted = [
        key for key, verdict in evaluation.verdicts.items() if verdict == "accepted"
    ]
    assert sorted(accepted) == sorted(entry["grounded"])


@pytest.mark.parametrize("entry", entries("duality.json"))
def test_mirrored_maps_have_the_strengths_that_duality_says(
    host: Host, entry: dict[str, Any]
) -> None:
    rule = host.rule(entry["rule"])
    first, second = (
        evaluate(graph_of(g), rule).strengths["a"] for g in entry["graphs"]
    )

    assert first == pytest.approx(entry["expected"]["first"], abs=entry["tolerance"])
    assert second == pytest.approx(entry["expected"]["second"], abs=entry["tolerance"])
    assert ("duality" in rule.laws) == math.isclose(first, 1 - second, abs_tol=1e-12)


@pytest.mark.parametrize("entry", entries("proof_standards.json"))
def test_proof_standards_hold_and_fail_as_the_source_says(
    host: Host, entry: dict[str, Any]
) -> None:
    graph = Graph.of(
        {"pro": 1.0, "con": 1.0, "claim": 1.0},
        attacks=[("con", "claim")],
        supports=[("pro", "claim")],
        weights={("pro", "claim"): entry["pro"], ("con", "claim"): entry["con"]},
    )
    for name, holds in entry["expected"].items():
        rule = host.rule(name)
        known = rule.schema().get("properties", {})
        parameters = {k: v for k, v in entry["parameters"].items() if k in known}

        evaluation = evaluate(graph, rule, parameters)
        assert evaluation.claims["claim"].label == ("in" if holds else "out"), name


def test_what_is_left_out_is_nowhere_held_and_has_a_reason() -> None:
    left_out = {p.id for p in entries("left_out.json")}
    others = [path.name for path in HERE.glob("*.json") if path.stem != "left_out"]
    held = {p.id for name in others for p in entries(name)}

    assert not left_out & held
    assert all(len(p.values[0]["reason"]) > 20 for p in entries("left_out.json"))


def test_df_quad_without_attacks_is_a_noisy_or(host: Host) -> None:
    graph = Graph.of({"p": 0.1, "a": 0.5, "b": 0.4}, supports=[("a", "p"), ("b", "p")])

    strength = evaluate(graph, host.rule("df-quad")).strengths["p"]

    assert strength == pytest.approx(1 - (1 - 0.1) * (1 - 0.5) * (1 - 0.4), abs=1e-15)


def test_mlp_based_with_log_likelihood_ratios_as_weights_is_naive_bayes(
    host: Host,
) -> None:
    prior, ratios = 0.2, {"a": 3.0, "b": 0.5}
    graph = Graph.of(
        {"p": prior, "a": 1.0, "b": 1.0},
        supports=[("a", "p"), ("b", "p")],
        weights={(key, "p"): math.log(ratio) for key, ratio in ratios.items()},
    )
    odds = prior / (1 - prior) * 3.0 * 0.5

    strength = evaluate(graph, host.rule("mlp-based")).strengths["p"]

    assert strength == pytest.approx(odds / (1 + odds), abs=1e-15)


@pytest.mark.parametrize("name", sorted(Host.load().rules))
def test_worked_examples_of_installed_rules_hold(host: Host, name: str) -> None:
    check_examples(host.rule(name))


def check_examples(rule: Rule) -> None:
    for example in rule.examples:
        strengths = evaluate(graph_of(example["graph"]), rule).strengths
        for key, expected in example["expected"].items():
            assert strengths[key] == pytest.approx(expected, abs=example["tolerance"])

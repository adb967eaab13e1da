"""Parameters and options of a rule: in a query, a body, a command and in Python."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

import argmap
from argmap.cli import main
from argmap.errors import InvalidParameters

RULE = "quadratic-energy"
WRONG = [
    ("parameters", "q", "1"),
    ("parameters", "k", "abc"),
    ("parameters", "k", "0.5"),
    ("parameters", "k", ""),
    ("options", "base", "1"),
    ("options", "threshold", "abc"),
    ("options", "threshold", "2"),
    ("options", "linked", "sum"),
]
MUTE: Any = {"op": "replace", "relation": "r1", "set": {"weight": 0.0}}
Refused = tuple[str, str]  # the pointer, and what is wrong there


def value_of(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def of_queries(
    client: TestClient[Any], base: str, kind: str, name: str, text: str
) -> Iterator[Refused]:
    asked = {"parameters": "param", "options": "option"}[kind]
    for path in ("evaluations", "claims/build/explanation", "claims/build/tree.json"):
        query = {"rule": RULE, f"{asked}.{name}": text}
        problem = client.get(f"{base}/{path}", params=query).json()
        assert (problem["status"], problem["rule"]) == (422, RULE)
        assert problem["parameter"] == f"{asked}.{name}"
        yield problem["pointer"], problem["detail"]


def of_bodies(
    client: TestClient[Any], base: str, kind: str, name: str, text: str
) -> Iterator[Refused]:
    choice = {"rule": RULE, kind: {name: value_of(text)}}
    flips = {"target": "build", "to": "accepted", **choice}
    problem = client.post(f"{base}/flips", json=flips).json()
    yield problem["pointer"], problem["detail"]
    for path, more in (("evaluations", {}), ("what-if", {"operations": [MUTE]})):
        body = {"rules": [choice], **more}
        problem = client.post(f"{base}/{path}", json=body).json()
        problem = problem["results"][0]["problem"]
        yield problem["pointer"].removeprefix("/rules/0"), problem["detail"]


def of_commands(file: str, kind: str, name: str, text: str) -> Iterator[Refused]:
    asked = {"parameters": "--param", "options": "--option"}[kind]
    for command in (
        ["score", file],
        ["explain", file, "build"],
        ["tree", file, "build"],
        ["flips", file, "build", "--to", "accepted"],
        ["what-if", file, "-"],
    ):
        arguments = [*command, "--rule", RULE, asked, f"{name}={text}"]
        result = CliRunner().invoke(main, arguments, input="[]")
        place, _, detail = result.stderr.strip().partition(": ")[2].partition(": ")
        assert result.exit_code == 1
        assert place.startswith(f"rule '{RULE}', ")
        yield place.rpartition(" ")[2], detail


def of_python(map_: argmap.Map, kind: str, name: str, text: str) -> Iterator[Refused]:
    given: Any = {kind: {name: value_of(text)}}
    choice = {"rule": RULE, **given}
    attempts: list[Callable[[], object]] = [
        lambda: argmap.evaluate(map_, RULE, **given),
        lambda: argmap.evaluate(map_, argmap.rules()[RULE], **given),
        lambda: argmap.compare(map_, ["df-quad", choice]),
        lambda: argmap.explain(map_, "build", choice),
        lambda: argmap.flips(map_, "build", to="accepted", rule=choice),
        lambda: argmap.what_if(map_, [], [choice]),
        lambda: argmap.what_if(map_, [], [RULE], **given),
    ]
    for attempt in attempts:
        with pytest.raises(InvalidParameters) as caught:
            attempt()
        yield caught.value.pointer, caught.value.detail


@pytest.mark.parametrize(("kind", "name", "text"), WRONG)
def test_what_is_wrong_is_said_alike_wherever_it_is_sent(
    client: TestClient[Any], tram: str, tmp_path: Path, kind: str, name: str, text: str
) -> None:
    file = tmp_path / "tram.argmap.json"
    exported = client.get(f"{tram}/export.json").content
    file.write_bytes(exported)
    map_ = argmap.load(exported)[0]

    refused = {
        *of_queries(client, tram, kind, name, text),
        *of_bodies(client, tram, kind, name, text),
        *of_commands(str(file), kind, name, text),
        *of_python(map_, kind, name, text),
    }

    assert len(refused) == 1, refused
    ((pointer, detail),) = refused
    assert pointer == f"/{kind}/{name}"
    assert detail


def test_what_is_right_counts_alike_wherever_it_is_sent(
    client: TestClient[Any], tram: str, tmp_path: Path
) -> None:
    file = tmp_path / "tram.argmap.json"
    exported = client.get(f"{tram}/export.json").content
    file.write_bytes(exported)
    map_ = argmap.load(exported)[0]
    choice: dict[str, Any] = {
        "rule": RULE,
        "parameters": {"k": 2},
        "options": {"threshold": 0.4},
    }
    query = {"rule": RULE, "param.k": "2", "option.threshold": "0.4"}
    words = ["--rule", RULE, "--param", "k=2", "--option", "threshold=0.4"]
    strength = argmap.evaluate(map_, choice).strengths["build"]

    assert strength != argmap.evaluate(map_, RULE).strengths["build"]
    got = client.get(f"{tram}/evaluations", params=query).json()
    body = {"rules": [choice, {"rule": RULE}]}
    sent = client.post(f"{tram}/evaluations", json=body).json()["results"]
    shown = CliRunner().invoke(main, ["score", str(file), *words, "--json"])
    printed = json.loads(shown.stdout)[RULE]
    compared = argmap.compare(map_, [choice, RULE]).evaluations
    for found in (got, sent[0]["evaluation"], printed):
        assert found["claims"]["build"]["strength"] == strength
        assert found["options"]["threshold"] == 0.4
    assert [*compared] == [RULE, f"{RULE}#2"]
    assert compared[RULE].strengths["build"] == strength

    flips = argmap.flips(map_, "build", to="rejected", rule=choice)
    arguments = ["flips", str(file), "build", "--to", "rejected", *words, "--json"]
    assert json.loads(CliRunner().invoke(main, arguments).stdout)["before"] == {
        "strength": flips.before.strength,
        "verdict": flips.before.verdict,
    }


@pytest.mark.parametrize("given", [("k",), ("k=1", "k=2")])
def test_a_command_takes_pairs_and_each_name_once(given: tuple[str, ...]) -> None:
    words = [word for each in given for word in ("--param", each)]
    result = CliRunner().invoke(main, ["score", "x.json", *words])

    assert result.exit_code == 2
    assert "'k'" in result.stderr


def test_a_choice_has_no_other_members() -> None:
    map_ = argmap.Map.of({"a": 0.5})

    with pytest.raises(argmap.errors.Malformed, match="weights"):
        argmap.evaluate(map_, {"rule": RULE, "weights": {}})

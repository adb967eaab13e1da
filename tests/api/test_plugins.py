"""A plugin that fails is told of, and takes nothing else with it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from argmap.api.app import create_app
from argmap.errors import Malformed
from argmap.settings import Settings

WILD = '''
from argmap.plugin import Rule, hookimpl


def wild(graph):
    """Be sure of nothing."""
    return graph.base_scores * float("nan")


@hookimpl
def argmap_rules():
    yield Rule("wild", "Wild", wild)
'''

MILD = """
from typing import Annotated
from msgspec import Meta, Struct
from argmap.plugin import Rule, hookimpl


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    share: Annotated[float, Meta(le=1)] = 0.5


@hookimpl
def argmap_rules():
    yield Rule("mild", "Mild", lambda g, p: g.base_scores * p.share, params=Share)
"""

ONE = {
    "format": "argmap/1",
    "map": {"key": "one"},
    "claims": [{"key": "build", "text": "Build it.", "base_score": 0.9}],
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("plugins")
    plugins = folder / "plugins"
    plugins.mkdir()
    (plugins / "wild.py").write_text(WILD)
    (plugins / "mild.py").write_text(MILD)
    (plugins / "broken.py").write_text("import nothing_of_that_name\n")
    settings = Settings(
        database_url=f"sqlite:///{folder}/argmap.db", plugins_dir=Path(plugins)
    )
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def test_a_plugin_that_cannot_be_loaded_is_listed_with_the_reason(
    client: TestClient,
) -> None:
    listed = client.get("/api/v1/rules").json()

    (problem,) = listed["problems"]
    assert problem["plugin"] == "broken"
    assert "nothing_of_that_name" in problem["detail"]
    assert {"wild", "df-quad"} <= {rule["name"] for rule in listed["items"]}


def test_a_rule_that_gives_no_answer_is_a_bad_gateway(
    client: TestClient, tram: str
) -> None:
    for url in (
        f"{tram}/evaluations?rule=wild",
        f"{tram}/claims/build/tree?rule=wild",
    ):
        answer = client.get(url)
        assert (answer.status_code, answer.json()["code"]) == (502, "plugin-fault")
        assert answer.json()["plugin"] == "wild"


def test_a_rule_that_gives_no_answer_does_not_stop_the_others(
    client: TestClient, tram: str
) -> None:
    rules = {"rules": [{"rule": "wild"}, {"rule": "df-quad"}]}

    answer = client.post(f"{tram}/evaluations", json=rules)

    wild, df_quad = answer.json()["results"]
    assert (wild["evaluation"], wild["problem"]["status"]) == (None, 502)
    assert (df_quad["problem"], df_quad["evaluation"]["rule"]) == (None, "df-quad")


def test_a_changed_plugin_is_picked_up_at_the_next_request(tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    rule = plugins / "flat.py"
    flat = WILD.replace("wild", "flat").replace('float("nan")', "0 + 0.5")
    rule.write_text(flat)
    database = f"sqlite:///{tmp_path}/argmap.db"
    settings = Settings(database_url=database, plugins_dir=plugins, reload=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        client.post("/api/v1/imports", json=ONE)
        url = "/api/v1/maps/one/evaluations?rule=flat"
        before = client.get(url)
        rule.write_text(flat.replace("0 + 0.5", "0 + 0.25"))
        after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
        rule.write_text("nothing of python")
        listed = client.get("/api/v1/rules").json()

    assert before.json()["claims"]["build"]["strength"] == 0.5
    assert after.json()["claims"]["build"]["strength"] == 0.25
    assert [problem["plugin"] for problem in listed["problems"]] == ["flat"]


def test_laws_are_told_with_what_is_known_of_them(client: TestClient) -> None:
    listed = client.get("/api/v1/rules").json()
    (balance,) = (law for law in listed["laws"] if law["name"] == "balance")
    wild, df_quad = (
        client.get(f"/api/v1/rules/{name}").json() for name in ("wild", "df-quad")
    )

    assert "base score" in balance["statement"]
    assert wild["tested_laws"] is None
    assert df_quad["tested_laws"]["balance"] == {
        "promised": True,
        "result": "no-counterexample",
        "cases": 200,
        "seed": 0,
        "counterexample": None,
    }
    broken = df_quad["tested_laws"]["clone-indifference"]["counterexample"]
    again = client.post("/api/v1/imports", json=broken["map"])
    assert again.status_code == 201


def test_a_strangers_rule_is_told_apart_unless_it_is_trusted(tmp_path: Path) -> None:
    for name in ("one", "two"):
        flat = WILD.replace("wild", name).replace('float("nan")', "0 + 0.5")
        (tmp_path / f"{name}.py").write_text(flat)
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/argmap.db",
        plugins_dir=tmp_path,
        trust=("two.py",),
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        listed = client.get("/api/v1/rules").json()["items"]
    is_isolated = {rule["name"]: rule["is_isolated"] for rule in listed}

    assert (is_isolated["one"], is_isolated["two"]) == (True, False)
    assert not is_isolated["df-quad"]
    assert "argmap_plugin_file_one" not in sys.modules
    assert "argmap_plugin_file_two" in sys.modules


def test_a_default_rule_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "halve.py").write_text(WILD.replace("wild", "halve"))
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/argmap.db",
        plugins_dir=tmp_path,
        default_rule="halves",
    )
    with pytest.raises(BaseExceptionGroup) as raised, TestClient(create_app(settings)):
        pass
    told, _ = raised.value.split(Malformed)
    with TestClient(create_app(replace(settings, default_rule="halve"))):
        pass  # it is there, and the store was let go of

    assert "default_rule: there is no rule 'halves'; do you mean 'halve'?" in repr(told)


def test_a_rule_that_takes_too_long_is_a_gateway_timeout(tmp_path: Path) -> None:
    slow = WILD.replace("wild", "slow").replace(
        "return", "while True: pass\n    return"
    )
    (tmp_path / "slow.py").write_text(slow)
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/argmap.db",
        plugins_dir=tmp_path,
        max_plugin_seconds=0.5,
    )
    rules = {"rules": [{"rule": "slow"}, {"rule": "df-quad"}]}
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        client.post("/api/v1/imports", json=ONE)
        alone = client.get("/api/v1/maps/one/claims/build/tree?rule=slow")
        slow_one, other = client.post(
            "/api/v1/maps/one/evaluations", json=rules
        ).json()["results"]

    assert alone.status_code == slow_one["problem"]["status"] == 504
    assert alone.json()["code"] == "plugin-too-slow"
    assert (alone.json()["plugin"], alone.json()["seconds"]) == ("slow", 0.5)
    assert other["evaluation"]["rule"] == "df-quad"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("param.share=2", "param.share"),
        ("param.share=%ED%A0%80", "param.share"),
        ("param.nothing=1", "param.nothing"),
        ("option.margin=2", "option.margin"),
    ],
)
def test_what_a_strangers_rule_refuses_is_named_as_for_any_other(
    client: TestClient, tram: str, query: str, parameter: str
) -> None:
    answer = client.get(f"{tram}/evaluations?rule=mild&{query}")

    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "invalid-parameters"
    assert answer.json()["parameter"] == parameter

"""A plugin that fails is told of, and takes nothing else with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
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


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("plugins")
    plugins = folder / "plugins"
    plugins.mkdir()
    (plugins / "wild.py").write_text(WILD)
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

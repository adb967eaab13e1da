"""Argument schemes over HTTP."""

import pytest
from litestar.testing import TestClient

SCHEMES = "/api/v1/schemes"


def test_schemes_say_what_to_ask_and_what_becomes_of_it(client: TestClient) -> None:
    listed = client.get(SCHEMES).json()
    scheme = client.get(f"{SCHEMES}/expert-opinion").json()

    assert scheme in listed["items"]
    roles = {role["key"] for role in scheme["premises"]}
    assert {"expertise", "statement"} <= roles
    for question in scheme["questions"]:
        is_named = question["undermines"] in roles
        assert is_named is (question["attack"] == "undermine")


def test_a_scheme_is_found_by_the_name_that_a_relation_has(client: TestClient) -> None:
    found = client.get(f"{SCHEMES}/Argument%20From%20Expert%20Opinion")

    assert found.json() == client.get(f"{SCHEMES}/expert-opinion").json()


@pytest.mark.parametrize("name", ["nobody", "%20", "%00", "🚋", "a" * 500])
def test_no_such_scheme_is_404(client: TestClient, name: str) -> None:
    answer = client.get(f"{SCHEMES}/{name}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"

"""Evaluations in parts, as tables, and with what they were computed with."""

import csv
import io
import platform
from importlib.metadata import version
from typing import Any

from litestar.testing import TestClient

from argmap.service import evaluations

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1 is a number",
    "@SUM(A1)",
    'a, "b"\nand c',
    "Plain.",
]


def parts(client: TestClient, url: str) -> list[dict[str, Any]]:
    found, next_ = [], url
    while next_:
        answer = client.get(next_)
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        next_ = answer.links.get("next", {}).get("url")
        assert (next_ is None) == (found[-1]["next"] is None)
    return found


def test_parts_of_an_evaluation_make_up_the_whole(
    client: TestClient, common: str
) -> None:
    url = f"{common}/evaluations?rule=df-quad&param.k=2"
    whole = client.get(url).json()

    found = parts(client, f"{url}&limit=3")

    assert [list(part["claims"]) for part in found] == [
        ["build", "cost", "quiet"],
        ["loans"],
    ]
    assert [list(part["relations"]) for part in found] == [["r1", "r2"], ["r3"]]
    for name in ("claims", "relations"):
        assert found[0][name] | found[1][name] == whole[name]
    for part in found:
        assert whole.keys() == part.keys() - {"next"}
        assert part["input_hash"] == whole["input_hash"]


def test_a_large_map_is_answered_in_parts_of_one_revision(
    client: TestClient, tram: str
) -> None:
    many = [{"op": "add", "claim": {"text": f"Number {n}."}} for n in range(9_999)]
    client.post(f"{tram}/changes", json={"operations": many})
    first = client.get(f"{tram}/evaluations?rule=base-score")
    client.post(f"{tram}/claims", json={"text": "Late."})

    second = client.get(first.links["next"]["url"])
    foreign = client.get(f"{tram}/evaluations?cursor={first.json()['next']}")

    assert len(first.json()["claims"]) == evaluations.WHOLE == 10_000
    assert (len(second.json()["claims"]), second.json()["revision"]) == (3, 2)
    assert (foreign.status_code, foreign.json()["parameter"]) == (400, "cursor")


def test_a_table_has_a_line_for_every_claim(client: TestClient, common: str) -> None:
    query = "rule=grounded&option.default_base_score=0.25"
    answer = client.get(f"{common}/evaluations.csv?{query}")
    evaluation = client.get(f"{common}/evaluations?{query}").json()

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(rows[0]) == [
        "claim",
        "base",
        "strength",
        "rank",
        "verdict",
        "label",
        "settled",
    ]
    assert [row["claim"] for row in rows] == list(evaluation["claims"])
    for row in rows:
        claim = evaluation["claims"][row["claim"]]
        assert float(row["strength"]) == claim["strength"]
        assert float(row["base"]) == claim["base"]
        assert (row["verdict"], row["label"]) == (claim["verdict"], claim["label"])
        assert row["settled"] == str(claim["settled"]).lower()


def test_no_cell_of_a_table_is_a_formula(client: TestClient, tram: str) -> None:
    for text in NASTY:
        client.post(f"{tram}/claims", json={"text": text})

    answer = client.get(f"{tram}/evaluations.csv?expand=text")

    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    texts = [row[1] for row in rows[-len(NASTY) :]]
    assert rows[0][:2] == ["claim", "text"]
    assert texts == [f"'{text}" for text in NASTY[:4]] + NASTY[4:]
    for cell in (cell for row in rows for cell in row if cell):
        assert cell[0] not in "=+-@\t\r"


def test_a_table_that_the_client_has_is_not_sent_again(
    client: TestClient, common: str
) -> None:
    url = f"{common}/evaluations.csv"
    tag = client.get(url).headers["etag"]

    again = client.get(url, headers={"If-None-Match": tag})
    refused = client.get(url, headers={"Accept": "application/json"})

    assert (again.status_code, refused.status_code) == (304, 406)


def test_a_manifest_says_what_an_answer_was_computed_with(
    client: TestClient, common: str
) -> None:
    rule = client.get("/api/v1/rules/df-quad").json()
    urls = ["evaluations", "claims/build/explanation"]
    for path in urls:
        url = f"{common}/{path}?rule=df-quad"
        plain, full = (client.get(f"{url}{more}") for more in ("", "&expand=manifest"))
        manifest = full.json().pop("manifest")
        assert {**plain.json(), "manifest": manifest} == full.json()
        assert manifest["python"] == platform.python_version()
        assert manifest["argmap"] == version("argmap")
        assert manifest["rules"] == {"df-quad": rule["version"]}
        assert plain.json()["input_hash"] in manifest["citation"]
        assert rule["source"] in manifest["citation"]


def test_rules_side_by_side_have_manifests_of_their_own(
    client: TestClient, common: str
) -> None:
    rules = {"rules": [{"rule": "df-quad"}, {"rule": "grounded"}]}

    answer = client.post(f"{common}/evaluations?expand=manifest", json=rules).json()

    found = [each["evaluation"]["manifest"]["rules"] for each in answer["results"]]
    assert [list(each) for each in found] == [["df-quad"], ["grounded"]]

"""Rules, and what they make of a map."""

from litestar.testing import TestClient

from argmap.library import evaluate, load

RULES = "/api/v1/rules"


def test_rules_say_what_they_are_and_what_they_take(client: TestClient) -> None:
    listed = client.get(RULES).json()
    rule = client.get(f"{RULES}/df-quad").json()

    assert rule in listed["items"]
    assert rule["parameters"]["properties"]["k"]["type"] == "number"
    assert (rule["is_shipped"], listed["problems"]) == (True, [])
    assert client.get(f"{RULES}/nobody").status_code == 404


def test_formats_say_what_they_are(client: TestClient) -> None:
    formats = client.get("/api/v1/formats").json()["items"]

    assert {("argmap", True), ("argdown-json", False)} <= {
        (each["name"], each["is_writable"]) for each in formats
    }


def test_an_evaluation_is_that_of_the_library(client: TestClient, tram: str) -> None:
    map_, _ = load(client.get(f"{tram}/export.json").content)

    served = client.get(f"{tram}/evaluations?rule=df-quad").json()

    expected = evaluate(map_, "df-quad")
    strengths = {key: claim["strength"] for key, claim in served["claims"].items()}
    assert strengths == expected.strengths
    assert served["input_hash"] == expected.input_hash
    assert (served["map"], served["revision"]) == (map_.key, 1)


def test_without_a_rule_the_default_one_counts(client: TestClient, tram: str) -> None:
    assert client.get(f"{tram}/evaluations").json()["rule"] == "quadratic-energy"


def test_parameters_and_options_are_read_from_the_query(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/evaluations?rule=df-quad"

    served = client.get(f"{url}&param.k=2&option.threshold=0.1&option.linked=minimum")

    assert served.json()["parameters"] == {"k": 2.0}
    assert served.json()["options"]["threshold"] == 0.1
    assert served.json()["options"]["linked"] == "minimum"


def test_an_evaluation_is_told_apart_by_map_and_rule(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/evaluations?rule=df-quad"
    tag = client.get(url).headers["etag"]
    known = {"If-None-Match": tag}

    same = client.get(url, headers=known)
    other_rule = client.get(f"{tram}/evaluations?rule=grounded", headers=known)
    client.post(f"{tram}/claims", json={"text": "Late."})
    other_revision = client.get(url, headers=known)
    then = client.get(f"{url}&at=1", headers=known)

    assert (same.status_code, same.content) == (304, b"")
    assert (other_rule.status_code, other_revision.status_code) == (200, 200)
    assert then.status_code == 304


def test_a_tag_is_of_one_rule_whichever_is_the_default(
    client: TestClient, tram: str
) -> None:
    served = client.get(f"{tram}/evaluations")
    # Of one plugin: their code has one digest, and one server's default is another's.
    rules = ("quadratic-energy", "df-quad", "euler-based")
    tags = [client.get(f"{tram}/evaluations?rule={r}").headers["etag"] for r in rules]

    assert tags[0] == served.headers["etag"]
    assert len({*tags}) == len(rules)


def test_the_same_question_gives_the_same_bytes(client: TestClient, tram: str) -> None:
    urls = [f"{tram}/evaluations?rule=df-quad", f"{tram}/claims/build/tree?depth=all"]
    before = [client.get(url).content for url in urls]
    client.post(f"{tram}/claims", json={"text": "Late."})

    after = [client.get(f"{url}&at=1").content for url in urls]

    assert after == before


def test_several_rules_answer_side_by_side_and_one_that_fails_stops_none(
    client: TestClient, tram: str
) -> None:
    rules = [
        {"rule": "df-quad", "parameters": {"k": 1}},
        {"rule": "grounded"},
        {"rule": "nobody"},
        {"rule": "df-quad", "parameters": {"k": "1"}},
        {"rule": "df-quad", "options": {"threshold": 0.1, "margin": 0}},
    ]

    answer = client.post(f"{tram}/evaluations", json={"rules": rules})

    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [r["rule"] for r in results] == [each["rule"] for each in rules]
    assert [r["problem"] and r["problem"]["code"] for r in results] == [
        None,
        None,
        "not-found",
        "invalid-parameters",
        None,
    ]
    assert results[3]["problem"]["pointer"] == "/rules/3/parameters/k"
    assert (
        results[0]["evaluation"]
        == client.get(f"{tram}/evaluations?rule=df-quad").json()
    )
    disagreement = answer.json()["disagreement"]
    parted = {each["claim"]: each["verdicts"] for each in disagreement["claims"]}
    assert parted["quiet"] == {
        "df-quad": "undecided",
        "grounded": "accepted",
        "df-quad#2": "accepted",
    }
    assert "cost" not in parted
    assert [(each["a"], each["b"]) for each in disagreement["tau_b"]] == [
        ("df-quad", "grounded"),
        ("df-quad", "df-quad#2"),
        ("grounded", "df-quad#2"),
    ]

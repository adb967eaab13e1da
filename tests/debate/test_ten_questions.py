"""Ten questions that a debater asks of the Japan–NATO map, and the answers.

The answers were checked against the four articles by reading them: each comment says
where the article has it. Verdicts are those of quadratic-energy, the default.
"""

from typing import Any

from litestar.testing import TestClient

MAP = "/api/v1/maps/japan-nato"


def brief(japan: TestClient, claim: str, side: str, **more: str) -> dict[str, Any]:
    """Ask for a brief."""
    query = {"side": side, "rule": "quadratic-energy", **more}
    answer = japan.get(f"{MAP}/claims/{claim}/brief", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_1_what_is_the_best_answer_to_closer_ties_antagonize_china(
    japan: TestClient,
) -> None:
    # Nagy, near the end: tasks that all can join, against piracy and illegal fishing,
    # build trust.
    (best,) = brief(japan, "closer-ties-antagonize-china", "con")["case"]

    assert [p["claim"] for p in best["premises"]] == ["modest-tasks-build-trust"]
    assert {c["source"] for c in best["citations"]} == {"nagy-alignment"}


def test_2_which_attacks_on_institutional_form_does_nobody_answer(
    japan: TestClient,
) -> None:
    # “Room To Grow” itself says that form needs the right balance, for fear of
    # miscalculation; “Warms up” that doubt of a party's will weakens a treaty as such.
    expected = brief(japan, "institutionalise-ties", "pro")["expected"]
    unanswered = [e["premises"][0]["claim"] for e in expected if e["unanswered"]]

    assert unanswered == ["ties-need-the-right-balance", "doubt-weakens-a-treaty"]


def test_3_how_is_the_fear_of_a_web_of_commitments_answered(japan: TestClient) -> None:
    # “Room To Grow” gives three answers: Albania, that Japan need not be a member, and
    # Article 9. The third does not stand: “Looks Ripe” reports that Article 9 is read
    # anew, and Nagy wants it reconsidered.
    expected = brief(japan, "institutionalise-ties", "pro")["expected"]
    (web,) = (e for e in expected if e["relation"] == "web-objection")

    assert {a["relation"]: a["status"] for a in web["answered_by"]} == {
        "albania-answers-web": "standing",
        "non-membership-answers-web": "standing",
        "article-9-answers-web": "defeated",
    }


def test_4_which_verdicts_would_turn_without_an_article(japan: TestClient) -> None:
    # Only “Room To Grow” calls for institutional form; the doubt of America is the
    # theme of “Warms up”; Beijing's mistrust of NATO is told by “Looks Ripe”.
    found = japan.get(f"{MAP}/dependence?by=source&rule=quadratic-energy").json()
    turned = {
        (group["key"], claim): loss["after"]["verdict"]
        for group in found["groups"]
        for claim, loss in group["claims"].items()
        if loss["turns"]
    }

    assert turned == {
        ("room-to-grow", "institutionalise-ties"): "rejected",
        ("japan-warms-up", "nato-ties-insure-against-us-doubt"): "undecided",
        ("time-looks-ripe", "closer-ties-antagonize-china"): "undecided",
    }


def test_5_may_i_cite_an_article_for_nato_stirring_up_tensions(
    japan: TestClient,
) -> None:
    # No: “Room To Grow” says that some worry about it, and goes on to disagree.
    case = brief(japan, "closer-ties-raise-conflict-risk", "pro")["case"]
    (tensions,) = (a for a in case if a["relation"] == "tensions-lead-to-conflict")

    assert tensions["citations"] == []
    (named,) = tensions["not_cited"]
    assert (named["source"], named["stance"]) == ("room-to-grow", "reports")


def test_6_on_whose_word_alone_does_a_side_rest(japan: TestClient) -> None:
    # That nothing replaces the alliance with America is said by “Warms up” alone; the
    # limits on both sides by Nagy alone.
    gaps = japan.get(f"{MAP}/gaps?rule=quadratic-energy").json()["gaps"]
    alone = {g["claim"]: g["source"] for g in gaps if g["kind"] == "single-source"}

    assert alone == {
        "closer-ties-antagonize-china": "nagy-alignment",
        "closer-ties-raise-conflict-risk": "room-to-grow",
        "closer-cooperation-is-feasible": "nagy-alignment",
        "nato-ties-insure-against-us-doubt": "japan-warms-up",
    }


def test_7_where_do_df_quad_and_grounded_part_on_the_targets_and_why(
    japan: TestClient,
) -> None:
    # On three of seven. The articles give China's anger several grounds, each of which
    # grounded asks to be beyond attack: so it hangs on how supports are read. That
    # closer ties raise and lower the risk of war denies itself: that one is the cycle.
    asked = {"rules": [{"rule": "df-quad"}, {"rule": "grounded"}]}
    found = japan.post(f"{MAP}/evaluations", json=asked).json()["disagreement"]
    targets = japan.get(MAP).json()["targets"]

    assert {
        each["claim"]: (*each["verdicts"].values(), *each["hangs_on"]["features"])
        for each in found["claims"]
        if each["claim"] in targets
    } == {
        "closer-ties-antagonize-china": ("accepted", "rejected", "supports"),
        "closer-ties-raise-conflict-risk": ("accepted", "undecided", "cycles"),
        "closer-cooperation-is-feasible": ("undecided", "rejected", "supports"),
    }


def test_8_if_they_say_that_nothing_replaces_america(japan: TestClient) -> None:
    # “Warms up” says it, and answers in the same breath: work with NATO only adds.
    (attack,) = (
        e
        for e in brief(japan, "nato-ties-insure-against-us-doubt", "pro")["expected"]
        if e["relation"] == "no-substitute-objection"
    )

    assert not attack["unanswered"]
    standing = [a["premises"] for a in attack["answered_by"]]
    assert standing == [["nato-ties-complement-us-alliance"]]


def test_9_which_claim_do_both_sides_of_closer_cooperation_turn_on(
    japan: TestClient,
) -> None:
    # Deterrence: who wants closer ties says that they deter, in “Room To Grow” and in
    # “Warms up”; without it, the fear of a war that they bring weighs more.
    cruxes = japan.get(f"{MAP}/claims/closer-cooperation/crux").json()["cruxes"]

    assert cruxes[0]["claim"] == "ties-strengthen-deterrence"
    assert cruxes[0]["pro"] > 0 > cruxes[0]["con"]


def test_10_which_views_are_only_reported_and_argued_for_by_nobody(
    japan: TestClient,
) -> None:
    # China's warning of a Pacific NATO and North Korea's word of boots, in “Room To
    # Grow”; the wish of Eastern Europe and that of Hungary, in Nagy; among others.
    gaps = japan.get(f"{MAP}/gaps?rule=quadratic-energy").json()["gaps"]
    unsourced = {gap["claim"] for gap in gaps if gap["kind"] == "unsourced"}

    assert unsourced >= {
        "china-warns-of-pacific-nato",
        "visit-puts-nato-boots-in-asia",
        "cee-opposes-diverting-resources",
        "hungary-wants-de-escalation",
    }

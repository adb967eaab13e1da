"""Items of a map: created, read, replaced, changed, removed; tags and preconditions."""

from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient

Body = dict[str, Any]


class Kind(NamedTuple):
    """A kind of item: where it is, a new one, a change, and what it has by default."""

    path: str
    body: Body
    patch: Body
    defaults: Body


KINDS = [
    Kind(
        "claims",
        {"key": "new", "text": "It is green."},
        {"text": "It is very green.", "tags": ["green"]},
        {
            "wordings": [],
            "kind": "claim",
            "base_score": None,
            "speaker": None,
            "tags": [],
            "implicit": False,
            "passages": [],
            "data": {},
        },
    ),
    Kind(
        "relations",
        {
            "key": "new",
            "kind": "support",
            "premises": ["quiet", "loans"],
            "target": {"claim": "build"},
        },
        {"weight": 0.5, "scheme": {"name": "practical reasoning"}},
        {"weight": 1.0, "scheme": None, "asks": None, "passages": [], "data": {}},
    ),
    Kind(
        "sources",
        {"key": "new", "title": "A newspaper"},
        {"publisher": "The Paper", "authors": [{"name": "A. Writer"}]},
        {
            "authors": [],
            "publisher": None,
            "published_on": None,
            "accessed_on": None,
            "url": None,
            "language": None,
            "credibility": None,
            "sha256": None,
            "length": None,
            "data": {},
        },
    ),
    Kind(
        "sources/council/passages",
        {"key": "new", "spans": [{"start": 4, "end": 8}], "sha256": None},
        {"page": 3},
        {"paragraph": None, "page": None, "data": {}},
    ),
]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)


@each_kind
def test_an_item_goes_through_its_life(
    client: TestClient, tram: str, kind: Kind
) -> None:
    items = f"{tram}/{kind.path}"

    added = client.post(items, json=kind.body)
    assert (added.status_code, added.headers["location"]) == (201, f"{items}/new")
    assert (added.headers["etag"], added.headers["argmap-revision"]) == ('"r2"', "2")
    given = {name: value for name, value in kind.body.items() if value is not None}
    assert {**kind.defaults, **given, "rev": 2}.items() <= added.json().items()

    read = client.get(f"{items}/new")
    assert (read.json(), read.headers["etag"]) == (added.json(), '"r2"')
    assert added.json() in client.get(items).json()["items"]

    changed = client.patch(
        f"{items}/new", json=kind.patch, headers={"If-Match": '"r2"'}
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, '"r3"')
    assert {**kind.patch, "rev": 3}.items() <= _without_nulls(changed.json()).items()

    replaced = client.put(f"{items}/new", json=kind.body, headers={"If-Match": '"r3"'})
    assert (replaced.status_code, replaced.json()["rev"]) == (200, 4)
    assert {**replaced.json(), "rev": 2} == added.json()

    gone = client.delete(f"{items}/new", headers={"If-Match": '"r4"'})
    assert (gone.status_code, gone.text) == (204, "")
    assert gone.headers["argmap-revision"] == "5"
    assert client.get(f"{items}/new").status_code == 404
    assert client.get(f"{items}/new?at=3").json() == changed.json()


@each_kind
def test_a_put_creates_and_a_repeated_one_makes_no_revision(
    client: TestClient, tram: str, kind: Kind
) -> None:
    url = f"{tram}/{kind.path}/new"

    made = client.put(url, json=kind.body)
    again = client.put(url, json=kind.body)

    assert (made.status_code, made.headers["location"]) == (201, url)
    assert (again.status_code, again.json()) == (200, made.json())
    assert again.headers["argmap-revision"] == "2"


@each_kind
def test_what_exists_is_not_changed_without_a_tag(
    client: TestClient, tram: str, kind: Kind
) -> None:
    url = f"{tram}/{kind.path}/new"
    client.put(url, json=kind.body)

    answers = [
        client.put(url, json={**kind.body, **kind.patch}),
        client.patch(url, json=kind.patch),
        client.delete(url),
    ]

    assert {a.status_code for a in answers} == {428}
    assert {a.json()["code"] for a in answers} == {"precondition-required"}
    assert client.get(url).headers["argmap-revision"] == "2"


@each_kind
def test_a_stale_tag_changes_nothing_and_the_current_one_is_named(
    client: TestClient, tram: str, kind: Kind
) -> None:
    url = f"{tram}/{kind.path}/new"
    client.put(url, json=kind.body)
    stale = {"If-Match": '"r1"'}

    answers = [
        client.put(url, json={**kind.body, **kind.patch}, headers=stale),
        client.patch(url, json=kind.patch, headers=stale),
        client.delete(url, headers=stale),
    ]

    assert {a.status_code for a in answers} == {412}
    assert {(a.json()["sent"], a.json()["current"]) for a in answers} == {("r1", "r2")}
    assert not any("pointer" in a.json() for a in answers)
    assert client.get(url).headers["argmap-revision"] == "2"


@each_kind
def test_a_star_and_a_list_of_tags_serve_as_well(
    client: TestClient, tram: str, kind: Kind
) -> None:
    url = f"{tram}/{kind.path}/new"
    client.put(url, json=kind.body)

    one_of = client.patch(url, json=kind.patch, headers={"If-Match": '"r1", "r2"'})
    weak = client.patch(url, json=kind.patch, headers={"If-Match": 'W/"r3"'})
    any_ = client.delete(url, headers={"If-Match": "*"})

    assert [a.status_code for a in (one_of, weak, any_)] == [200, 412, 204]


@each_kind
def test_a_client_that_has_the_current_state_gets_304(
    client: TestClient, tram: str, kind: Kind
) -> None:
    url = f"{tram}/{kind.path}/new"
    client.put(url, json=kind.body)

    def status(tags: str) -> int:
        answer = client.get(url, headers={"If-None-Match": tags})
        assert answer.headers["etag"] == '"r2"'
        return answer.status_code

    assert [status(t) for t in ('"r2"', 'W/"r2"', '"r1", "r2"', "*", '"r1"')] == [
        *[304] * 4,
        200,
    ]
    client.patch(url, json=kind.patch, headers={"If-Match": "*"})
    changed = client.get(url, headers={"If-None-Match": '"r2"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"r3"')


def test_a_patch_of_null_clears_and_an_absent_member_stays(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/claims/cost"

    cleared = client.patch(url, json={"base_score": None}, headers={"If-Match": "*"})

    assert cleared.json()["base_score"] is None
    assert cleared.json()["text"] == "It costs too much."


def test_keys_are_made_of_texts_and_are_unique(client: TestClient, tram: str) -> None:
    bodies = [{"text": "It is quiet!"}, {"text": "It is quiet!"}]

    keys = [client.post(f"{tram}/claims", json=b).json()["key"] for b in bodies]

    assert keys == ["it-is-quiet", "it-is-quiet-2"]


def test_two_editors_of_one_claim_one_of_them_is_told(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/claims/cost"
    tag = {"If-Match": client.get(url).headers["etag"]}

    first = client.patch(url, json={"base_score": 0.25}, headers=tag)
    second = client.patch(url, json={"speaker": "The mayor"}, headers=tag)
    other = client.patch(f"{tram}/claims/quiet", json={"tags": ["x"]}, headers=tag)

    assert [a.status_code for a in (first, second, other)] == [200, 412, 200]
    assert second.json()["current"] == first.headers["etag"].strip('"') == "r2"
    assert client.get(url).json()["base_score"] == 0.25


def test_removing_what_is_used_lists_its_users_unless_it_cascades(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/claims/cost"

    refused = client.delete(url, headers={"If-Match": "*"})
    done = client.delete(f"{url}?cascade=true", headers={"If-Match": "*"})

    assert (refused.status_code, refused.json()["code"]) == (409, "in-use")
    assert refused.json()["faults"][0]["users"] == ["relations/r1"]
    assert done.status_code == 204
    left = client.get(f"{tram}/relations").json()["items"]
    assert [relation["key"] for relation in left] == ["r2"]


def test_a_put_of_a_source_keeps_its_text_and_its_passages(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/sources/council"
    before = client.get(url).json()

    body = {"title": "Another title", "sha256": before["sha256"], "length": 28}
    after = client.put(url, json=body, headers={"If-Match": "*"}).json()

    assert (after["title"], after["sha256"]) == ("Another title", before["sha256"])
    exported = client.get(f"{tram}/export.json").json()["sources"][0]
    assert exported["text"] == "The tram is quiet. It costs."
    assert len(client.get(f"{url}/passages").json()["items"]) == 1


def test_a_put_keeps_what_other_formats_left_with_an_item(
    client: TestClient, tram: str
) -> None:
    operation = {
        "op": "replace",
        "claim": "cost",
        "set": {"residue": {"aif": {"nodeID": "7"}}},
        "if": "*",
    }
    client.post(f"{tram}/changes", json={"operations": [operation]})

    client.put(
        f"{tram}/claims/cost", json={"text": "It is dear."}, headers={"If-Match": "*"}
    )

    claims = client.get(f"{tram}/export.json").json()["claims"]
    assert claims[1] == {
        "key": "cost",
        "text": "It is dear.",
        "residue": {"aif": {"nodeID": "7"}},
    }


def test_a_body_may_repeat_the_key_of_the_path_and_no_other(
    client: TestClient, tram: str
) -> None:
    same = client.put(f"{tram}/claims/new", json={"key": "new", "text": "It is new."})
    other = client.put(f"{tram}/claims/new", json={"key": "old", "text": "It is new."})

    assert same.status_code == 201
    assert (other.status_code, other.json()["pointer"]) == (400, "/key")


def test_a_tag_of_what_is_gone_does_not_make_it_again(
    client: TestClient, tram: str
) -> None:
    answer = client.put(
        f"{tram}/claims/gone", json={"text": "It is gone."}, headers={"If-Match": "*"}
    )

    assert answer.status_code == 404


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value

"""Maps: their headers, and lists in pages."""

from itertools import count

import pytest
from litestar.testing import TestClient

MAPS = "/api/v1/maps"
_numbers = count(1)


@pytest.fixture
def url() -> str:
    return f"{MAPS}/header-{next(_numbers)}"


def test_a_map_goes_through_its_life(client: TestClient, url: str) -> None:
    key = url.rpartition("/")[2]
    body = {"key": key, "title": "Life", "language": "en"}

    made = client.post(MAPS, json=body)
    assert (made.status_code, made.headers["location"]) == (201, url)
    assert made.json()["visibility"] == "private"
    assert client.get(url).json() == made.json()

    changed = client.patch(url, json={"language": None}, headers={"If-Match": '"r1"'})
    assert (changed.json()["language"], changed.headers["etag"]) == (None, '"r2"')

    replaced = client.put(url, json=body, headers={"If-Match": '"r2"'})
    assert (replaced.json()["language"], replaced.json()["rev"]) == ("en", 3)
    assert client.get(f"{url}?at=2").json()["language"] is None

    assert client.delete(url, headers={"If-Match": '"r2"'}).status_code == 412
    assert client.delete(url, headers={"If-Match": '"r3"'}).status_code == 204
    assert client.get(url).status_code == 404


def test_a_map_is_deleted_only_as_it_is_now_with_what_is_in_it(
    client: TestClient, url: str
) -> None:
    client.put(url, json={"title": "Ours"})
    seen = client.get(url).headers
    client.post(f"{url}/claims", json={"text": "The work of somebody else."})

    refused = client.delete(url, headers={"If-Match": seen["etag"]})
    now = client.get(url).headers["argmap-revision"]
    done = client.delete(url, headers={"If-Match": f'"r{now}"'})

    assert (refused.status_code, refused.json()["current"]) == (412, "r2")
    assert done.status_code == 204


def test_tags_of_a_deleted_map_do_not_fit_the_one_that_is_made_in_its_place(
    client: TestClient, url: str
) -> None:
    def make(text: str) -> str:
        client.put(url, json={})
        made = client.put(f"{url}/claims/t", json={"text": text})
        return made.headers["etag"]

    old = make("Old.")
    client.delete(url, headers={"If-Match": "*"})
    new = make("New.")

    read = client.get(f"{url}/claims/t", headers={"If-None-Match": old})
    tagged = {"If-Match": old}
    written = client.patch(f"{url}/claims/t", json={"text": "X"}, headers=tagged)
    assert (old, new) == ('"r2"', '"r4"')
    assert (read.status_code, read.json()["text"]) == (200, "New.")
    assert written.status_code == 412


def test_what_to_send_to_delete_a_map_is_told(client: TestClient, url: str) -> None:
    client.put(url, json={"title": "Here"})
    client.post(f"{url}/claims", json={"text": "A tram."})

    refused = client.delete(url)

    assert refused.status_code == 428
    assert '"r2" for 2' in refused.json()["detail"]
    assert client.delete(url, headers={"If-Match": '"r2"'}).status_code == 204


def test_a_repeated_put_makes_no_revision_and_another_needs_a_tag(
    client: TestClient, url: str
) -> None:
    made = client.put(url, json={"title": "Again"})
    again = client.put(url, json={"title": "Again"})
    other = client.put(url, json={"title": "Other"})
    shown = client.put(url, json={"title": "Again", "visibility": "public"})

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.headers["location"] == url
    assert again.json() == made.json()
    assert (other.status_code, shown.status_code) == (428, 428)


def test_who_has_not_seen_that_a_map_was_hidden_does_not_show_it_again(
    client: TestClient, url: str
) -> None:
    seen = client.put(url, json={"title": "Seen", "visibility": "public"})
    old = {"If-Match": seen.headers["etag"]}

    hidden = client.patch(url, json={"visibility": "private"}, headers=old)
    stale = client.put(url, json={"title": "S", "visibility": "public"}, headers=old)
    undone = client.post(f"{url}/changes/2/revert")

    assert (hidden.json()["visibility"], hidden.json()["rev"]) == ("private", 2)
    assert (stale.status_code, stale.json()["current"]) == (412, "r2")
    assert undone.status_code == 200
    assert client.get(url).json() == hidden.json()
    _, made = client.get(f"{url}/changes").json()["items"]
    assert (made["revision"], made["operations"]) == (2, [])


def test_maps_of_one_title_get_keys_of_their_own(client: TestClient) -> None:
    keys = [client.post(MAPS, json={"title": "Twins"}).json()["key"] for _ in "abc"]

    assert keys == ["twins", "twins-2", "twins-3"]


def test_a_key_that_is_taken_is_a_conflict(client: TestClient, url: str) -> None:
    key = url.rpartition("/")[2]
    client.post(MAPS, json={"key": key})

    again = client.post(MAPS, json={"key": key})

    assert (again.status_code, again.json()["code"]) == (409, "already-exists")


def test_a_target_has_to_be_a_claim_of_the_map(client: TestClient, tram: str) -> None:
    answer = client.patch(tram, json={"targets": ["x"]}, headers={"If-Match": "*"})

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-claim")
    assert answer.json()["pointer"] == "/targets/0"


def test_maps_are_listed_by_key_page_by_page(client: TestClient) -> None:
    for key in ("list-b", "list-a", "list-c"):
        client.put(f"{MAPS}/{key}", json={})

    found, next_ = [], f"{MAPS}?limit=2"
    while next_:
        page = client.get(next_)
        found += [item["key"] for item in page.json()["items"]]
        assert len(page.json()["items"]) <= 2
        assert ("link" in page.headers) == (page.json()["next"] is not None)
        next_ = page.links.get("next", {}).get("url")

    assert found == sorted(found)
    assert {"list-a", "list-b", "list-c"} <= set(found)


def test_pages_of_a_map_stay_at_the_revision_of_the_first(
    client: TestClient, tram: str
) -> None:
    first = client.get(f"{tram}/claims?limit=3").json()
    client.post(f"{tram}/claims", json={"text": "Late."})

    second = client.get(f"{tram}/claims?limit=3&cursor={first['next']}")

    assert [c["key"] for c in first["items"]] == ["build", "cost", "quiet"]
    assert [c["key"] for c in second.json()["items"]] == ["loans"]
    assert (second.json()["next"], second.headers["argmap-revision"]) == (None, "1")

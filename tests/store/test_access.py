"""Who may what, in the store itself: whatever is above it forgets to ask."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from argmap.errors import (
    AlreadyExists,
    ArgmapError,
    Forbidden,
    LastOwner,
    NotFound,
    Unauthorized,
)
from argmap.model import Add, Claim, Map
from argmap.model.words import query
from argmap.store import (
    NOBODY,
    Answer,
    Caller,
    KeyHeader,
    NewKey,
    Receipt,
    Store,
    Wanted,
    Write,
)
from stored import NOW, RICH, key, seen


def add(store: Store, claim: str = "new") -> int:
    write = Write(map="plan", operations=(Add(claim=Claim(key=claim, text=claim)),))
    return store.submit(write).result().snapshot.revision


def refusal(store: Store, caller: Caller) -> list[type[ArgmapError]]:
    """Try to read, to change and to delete the map, and say what that comes to."""
    mine, found = seen(store, caller), []
    for attempt in (
        lambda: mine.snapshot("plan"),
        lambda: add(mine),
        lambda: mine.delete("plan", "r99").result(),
    ):
        try:
            attempt()
        except ArgmapError as error:
            found.append(type(error))
    return found


def test_who_makes_a_map_owns_it_and_is_the_author(store: Store, anna: Caller) -> None:
    mine = seen(store, anna)
    add(mine)

    assert [each.author for each in mine.history("plan", 0, 9)] == ["anna Cho"] * 2
    assert mine.people.read_member("plan", "anna").role == "owner"


def test_others_find_no_trace_of_a_private_map(store: Store, anna: Caller) -> None:
    assert seen(store, anna).snapshot("plan")
    for caller in (NOBODY, key(store, "bert")):
        mine, wanted = seen(store, caller), Wanted(query=query("build"))
        assert mine.list_maps(None, 9) == []
        assert mine.count_maps() == 0
        assert mine.search_claims(wanted, 0, 9) == []
        assert mine.cached("plan") is None
        for read in (
            lambda: mine.snapshot("plan"),  # noqa: B023 # called in this round
            lambda: mine.snapshot_at("plan", 1),  # noqa: B023
            lambda: mine.history("plan", 0, 9),  # noqa: B023
            lambda: mine.count_changes("plan"),  # noqa: B023
            lambda: mine.first_revision("plan"),  # noqa: B023
            lambda: add(mine),  # noqa: B023
            lambda: mine.people.list_members("plan", "", 9),  # noqa: B023
            lambda: mine.people.set_member("plan", "bert", "owner").result(),  # noqa: B023
        ):
            with pytest.raises(NotFound, match="plan"):
                read()
    assert seen(store, anna).search_claims(wanted, 0, 9)


def test_a_role_allows_what_it_says_from_the_next_moment_on(
    store: Store, anna: Caller
) -> None:
    bert, people = key(store, "bert"), seen(store, anna).people

    assert refusal(store, bert)[0] is NotFound
    people.set_member("plan", "bert", "reader").result()
    assert refusal(store, bert) == [Forbidden, Forbidden]
    people.set_member("plan", "bert", "editor").result()
    assert refusal(store, bert) == [Forbidden]
    people.remove_member("plan", "bert").result()
    assert refusal(store, bert) == [NotFound, NotFound, NotFound]


def test_a_public_map_is_read_by_all_and_changed_by_members(
    store: Store, anna: Caller
) -> None:
    shown = Write(map="plan", visibility="public")
    seen(store, anna).submit(shown).result()

    assert refusal(store, NOBODY) == [Unauthorized, Unauthorized]
    assert refusal(store, key(store, "bert")) == [Forbidden, Forbidden]
    hidden = Write(map="plan", visibility="private")
    seen(store, anna).submit(hidden).result()
    assert refusal(store, NOBODY) == [NotFound] * 3


def test_an_editor_does_not_say_who_may_read(store: Store, anna: Caller) -> None:
    bert = key(store, "bert")
    seen(store, anna).people.set_member("plan", "bert", "editor").result()

    with pytest.raises(Forbidden):
        seen(store, bert).submit(Write(map="plan", visibility="public")).result()
    with pytest.raises(Forbidden):
        seen(store, bert).people.set_member("plan", "bert", "owner").result()


def test_lists_have_what_is_public_and_what_one_is_a_member_of(
    store: Store, anna: Caller
) -> None:
    bert = key(store, "bert")
    theirs, nobodys = seen(store, bert), seen(store, NOBODY)
    assert [each.key for each in seen(store, anna).list_maps(None, 9)] == ["plan"]
    assert [each.list_maps(None, 9) for each in (theirs, nobodys)] == [[], []]

    store.people.set_member("plan", "bert", "reader").result()
    assert (theirs.count_maps(), nobodys.count_maps()) == (1, 0)
    store.people.remove_member("plan", "bert").result()
    store.submit(Write(map="plan", visibility="public")).result()
    assert (theirs.count_maps(), nobodys.count_maps()) == (1, 1)
    assert [each.key for each in theirs.list_maps(None, 9)] == ["plan"]


def test_an_owner_stays_and_whoever_else_is_a_member_may_leave(
    store: Store, anna: Caller
) -> None:
    bert, mine = key(store, "bert"), seen(store, anna).people
    assert mine.set_member("plan", "anna", "owner").result().role == "owner"
    mine.set_member("plan", "bert", "reader").result()
    for attempt in (
        lambda: mine.remove_member("plan", "anna"),
        lambda: mine.set_member("plan", "anna", "editor"),
    ):
        with pytest.raises(LastOwner):
            attempt().result()
    theirs = seen(store, bert).people
    with pytest.raises(Forbidden):
        theirs.remove_member("plan", "anna").result()

    theirs.remove_member("plan", "bert").result()
    assert [each.key for each in mine.list_members("plan", "", 9)] == ["anna"]
    (entry,) = store.people.trail(99, 1)
    assert (entry.key, entry.what) == ("bert", "test: made bert no member")


def test_an_admin_may_everything_and_others_see_no_keys(
    store: Store, anna: Caller
) -> None:
    root = key(store, "root", is_admin=True)

    assert [k.key for k in seen(store, root).people.list_keys("", 9)] == [
        "anna",
        "root",
    ]
    assert add(seen(store, root)) == 2
    new = NewKey(key="eve", name="Eve", digest="e" * 64, created_at=NOW)
    for caller, refused in ((anna, Forbidden), (NOBODY, Unauthorized)):
        people = seen(store, caller).people
        for attempt in (
            lambda: people.list_keys("", 9),  # noqa: B023 # called in this round
            lambda: people.read_key("anna"),  # noqa: B023
            lambda: people.add_key(new),  # noqa: B023
            lambda: people.revoke_key("root"),  # noqa: B023
            lambda: people.trail(99, 9),  # noqa: B023
        ):
            with pytest.raises(refused):
                attempt()


def test_a_revoked_key_changes_nothing_though_it_was_let_in(
    store: Store, anna: Caller
) -> None:
    store.people.revoke_key("anna").result()

    assert store.door.find(sha256(b"anna").hexdigest()) is None
    assert not store.door.is_open(anna)
    assert refusal(store, anna) == [NotFound, Unauthorized, Unauthorized]
    with pytest.raises(Unauthorized):
        seen(store, anna).create(Write(map="other", content=RICH, create=True))


def test_a_key_made_again_under_its_name_has_none_of_the_old_roles(
    store: Store, anna: Caller
) -> None:
    store.people.revoke_key("anna").result()
    again = key(store, "anna")

    assert again.id != anna.id
    assert refusal(store, again) == [NotFound] * 3


def test_an_expired_key_is_worth_nothing(store: Store, anna: Caller) -> None:
    late = key(store, "late", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    seen(store, anna).people.set_member("plan", "late", "owner").result()

    assert late.has_expired()
    assert not store.door.is_open(late)
    with pytest.raises(Unauthorized):
        add(seen(store, late))


def test_the_trail_has_what_was_done_and_nothing_that_was_refused(
    store: Store, anna: Caller
) -> None:
    bert = key(store, "bert")
    add(seen(store, anna))
    for caller in (bert, anna):  # who may not, and who adds what is there
        with pytest.raises(ArgmapError):
            add(seen(store, caller))
    seen(store, anna).people.set_member("plan", "bert", "reader").result()
    seen(store, anna).delete("plan", "*").result()

    told = [(e.key, e.map, e.revision, e.what) for e in store.people.trail(99, 9)]
    assert told == [
        ("anna", "plan", 2, "test"),
        ("anna", "plan", None, "test: made bert reader"),
        ("anna", "plan", 2, "test"),
        (None, None, None, "without a key: made the key bert"),
        ("anna", "plan", 1, "test"),
        (None, None, None, "without a key: made the key anna"),
    ]


def test_no_two_keys_go_by_one_name(store: Store, anna: Caller) -> None:
    with pytest.raises(AlreadyExists):
        key(store, anna.key)


def test_keys_members_and_the_trail_come_in_pages(store: Store, anna: Caller) -> None:
    later = datetime(2100, 1, 1, tzinfo=UTC)
    for name in ("eve", "carl", "bert"):
        key(store, name, is_admin=name == "eve", expires_at=later)
    people = seen(store, anna).people
    for name in ("eve", "bert"):
        people.set_member("plan", name, "reader").result()
    keys, listed = store.people.list_keys("anna", 2), people.list_members("plan", "", 2)
    trail = store.people.trail(99, 99)

    assert [each.key for each in keys] == ["bert", "carl"]
    assert [(each.key, each.name, each.role) for each in listed] == [
        ("anna", "anna Cho", "owner"),
        ("bert", "bert Cho", "reader"),
    ]
    assert [each.key for each in people.list_members("plan", "bert", 9)] == ["eve"]
    assert people.read_member("plan", "bert") == listed[1]
    assert store.people.trail(trail[1].number, 2) == trail[2:4]
    assert store.people.read_key("eve") == KeyHeader(
        key="eve", name="eve Cho", is_admin=True, created_at=NOW, expires_at=later
    )
    for unknown in ("nobody", "No Key", "\0"):
        for read in (
            lambda: store.people.read_key(unknown),  # noqa: B023 # called in this round
            lambda: people.read_member("plan", unknown),  # noqa: B023
            lambda: people.remove_member("plan", unknown).result(),  # noqa: B023
            lambda: store.people.revoke_key(unknown).result(),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                read()


@pytest.mark.usefixtures("anna")
def test_a_role_is_of_one_key_on_one_map(store: Store) -> None:
    bert, carl, people = key(store, "bert"), key(store, "carl"), store.people
    other = Write(map="other", content=Map.of(["x"], key="other"), create=True)
    seen(store, bert).create(other)
    for name, map in (("carl", "plan"), ("carl", "other"), ("anna", "other")):
        people.set_member(map, name, "reader").result()

    assert refusal(store, bert) == [NotFound] * 3
    assert refusal(store, carl) == [Forbidden] * 2
    assert [each.key for each in seen(store, bert).list_maps(None, 9)] == ["other"]
    assert seen(store, carl).count_maps() == 2
    people.remove_member("plan", "carl").result()
    assert [each.key for each in seen(store, carl).list_maps(None, 9)] == ["other"]
    assert [each.key for each in people.list_members("other", "", 9)] == [
        *("anna", "bert", "carl")
    ]
    people.set_member("other", "carl", "owner").result()
    assert people.read_member("other", "carl").role == "owner"
    assert people.read_member("other", "anna").role == "reader"
    people.revoke_key("carl").result()
    assert people.read_member("plan", "anna").role == "owner"
    assert [each.key for each in people.list_keys("", 9)] == ["anna", "bert"]


def test_answers_that_are_kept_for_a_key_go_with_it(store: Store, anna: Caller) -> None:
    def answer(_: object) -> Answer:
        return Answer(status=201, headers={}, body=b"")

    def ask(store: Store, claim: str) -> None:
        done = Receipt(key="k", request="asked", answer=answer)
        new = Add(claim=Claim(key=claim, text="x"))
        store.submit(Write(map="plan", operations=(new,), receipt=done)).result()

    bert = key(store, "bert")
    store.people.set_member("plan", "bert", "editor").result()
    ask(seen(store, anna), "anna")
    ask(seen(store, bert), "bert")

    assert store.find_answer("k") is None
    ask(store, "nobody")
    assert store.find_answer("k") is not None
    store.people.revoke_key("bert").result()
    assert seen(store, bert).find_answer("k") is None
    assert seen(store, anna).find_answer("k") is not None


def test_without_a_good_key_nobody_makes_a_map(store: Store, anna: Caller) -> None:
    other = Write(map="other", content=Map.of(["x"], key="other"), create=True)
    for caller in (NOBODY, key(store, "late", expires_at=NOW)):
        with pytest.raises(Unauthorized):
            seen(store, caller).create(other)
    seen(store, anna).create(other)

    assert [each.key for each in store.list_maps(None, 9)] == ["other", "plan"]


def test_an_admin_who_was_let_in_and_is_none_any_more_changes_no_keys(
    store: Store, anna: Caller
) -> None:
    root = key(store, "root", is_admin=True)
    mine = seen(store, root).people
    assert store.people.trail(99, 1)[0].what.endswith("made the key of an admin root")
    with pytest.raises(NotFound, match="absent"):
        mine.set_member("absent", anna.key, "reader").result()
    with pytest.raises(NotFound, match="root"):
        mine.remove_member("plan", "root").result()
    store.people.revoke_key("root").result()

    new = NewKey(key="eve", name="Eve", digest="e" * 64, created_at=NOW)
    for attempt in (
        lambda: mine.revoke_key("anna"),
        lambda: mine.add_key(new),
        lambda: mine.set_member("plan", "anna", "reader"),
    ):
        with pytest.raises(Unauthorized):
            attempt().result()
    assert [each.key for each in store.people.list_keys("", 9)] == ["anna"]
    assert store.people.read_member("plan", "anna").role == "owner"

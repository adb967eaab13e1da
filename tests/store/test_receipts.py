"""Receipts: what was answered to a write, kept with it for a day."""

from datetime import UTC, datetime, timedelta

import pytest

from argmap.errors import InvalidMap, UnderWay
from argmap.model import Add, Claim, Replace
from argmap.store import Answer, Committed, Receipt, Store, Write
from argmap.store.receipts import KEPT_FOR, PURGED_AT_ONCE
from argmap.store.tables_of_callers import RECEIPT
from argmap.store.transaction import Transaction
from stored import RICH, create


def told(done: Committed) -> Answer:
    body = f"{done.snapshot.revision} {len(done.snapshot.map.claims)}".encode()
    return Answer(status=201, headers={"ETag": '"r2"'}, body=body)


def addition(key: str, *, text: str = "New.", answer: object = told) -> Write:
    return Write(
        map="rich",
        operations=(Add(claim=Claim(key=key, text=text)),),
        receipt=Receipt(key=f"k-{key}", request="asked", answer=answer),
    )


def test_an_answer_is_found_under_its_key(store: Store) -> None:
    create(store, RICH)

    store.submit(addition("new")).result()

    expected = Answer(status=201, headers={"ETag": '"r2"'}, body=b"2 4")
    assert store.find_answer("k-new") == ("asked", expected)
    assert store.find_answer("k-old") is None


def test_a_write_of_the_same_key_is_not_done_again(store: Store) -> None:
    create(store, RICH)
    change = Replace(map="rich", set={"title": "Once"})
    write = Write(map="rich", operations=(change,), receipt=addition("x").receipt)
    store.submit(write).result()

    with pytest.raises(UnderWay):
        store.submit(write).result()

    assert store.snapshot("rich").revision == 2


def test_what_is_refused_leaves_no_receipt(store: Store) -> None:
    create(store, RICH)

    def fail(_: Committed) -> Answer:
        raise RuntimeError("no answer")

    with pytest.raises(InvalidMap):
        store.submit(addition("empty", text="")).result()
    with pytest.raises(RuntimeError):
        store.submit(addition("unsaid", answer=fail)).result()

    assert store.find_answer("k-empty") is store.find_answer("k-unsaid") is None
    assert "unsaid" not in store.snapshot("rich").map.claims


def test_receipts_are_kept_for_a_day_and_then_make_room(store: Store) -> None:
    create(store, RICH)
    now = datetime.now(UTC)
    recent, old = now - KEPT_FOR + timedelta(minutes=1), now - KEPT_FOR
    rows = [
        {
            "caller": 0,
            "key": f"{name}-{n}",
            "request": "asked",
            "status": 200,
            "headers": "{}",
            "body": b"",
            "at": at,
        }
        for name, at in (("recent", recent), ("old", old))
        for n in range(PURGED_AT_ONCE + 1)
    ]

    def fill(transaction: Transaction) -> None:
        transaction.connection.execute(RECEIPT.insert(), rows)

    assert store._writer
    store._writer.submit(fill).result()

    for n in range(2):
        found = [store.find_answer(row["key"]) for row in rows if row["at"] == old]
        assert sum(each is not None for each in found) == 1 + (1 - n) * PURGED_AT_ONCE
        store.submit(addition(f"n{n}")).result()
    left = {row["at"] for row in rows if store.find_answer(row["key"])}

    assert left == {recent}

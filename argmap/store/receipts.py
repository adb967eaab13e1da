"""What was answered to writes that may come again, kept as long as a client may ask.

A client that has lost the answer sends its request once more, under the same key. The
answer is stored in the transaction of the write itself: there is one without the other
never, whatever dies in between. What was refused leaves no receipt.
"""

from datetime import datetime, timedelta
from typing import Final

from msgspec import json
from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_

from argmap.errors import UnderWay
from argmap.store import dialect
from argmap.store.snapshot import Answer, Receipt
from argmap.store.tables_of_callers import RECEIPT

KEPT_FOR: Final = timedelta(hours=24)

# Old receipts that a new one takes away, so that none has to clear up for long.
PURGED_AT_ONCE: Final = 100

_headers = json.Decoder(dict[str, str]).decode

_FIND = select(RECEIPT).where(
    RECEIPT.c.caller == bindparam("caller"), RECEIPT.c.key == bindparam("key")
)
_OLD = (
    select(RECEIPT.c.caller, RECEIPT.c.key)
    .where(RECEIPT.c.at < bindparam("until"))
    .order_by(RECEIPT.c.at)
    .limit(PURGED_AT_ONCE)
    .with_for_update(skip_locked=True)  # two processes never want the same ones
)
_PURGE = delete(RECEIPT).where(tuple_(RECEIPT.c.caller, RECEIPT.c.key).in_(_OLD))


def find(connection: Connection, caller: int, key: str) -> tuple[str, Answer] | None:
    """Find what a caller was answered under a key, and the digest of what was asked."""
    row = connection.execute(_FIND, {"caller": caller, "key": key}).first()
    if row is None:
        return None
    answer = Answer(status=row.status, headers=_headers(row.headers), body=row.body)
    return row.request, answer


def keep(connection: Connection, receipt: Receipt, done: object, now: datetime) -> None:
    """Store what is answered to a write, and let go of some that are too old.

    Raises:
        UnderWay: Another write of that key has been done meanwhile.
    """
    name = f"receipt {receipt.caller} {receipt.key}"
    if not dialect.hold(connection, name, waiting=False):
        raise UnderWay(receipt.key)
    connection.execute(_PURGE, {"until": now - KEPT_FOR})
    whose = {"caller": receipt.caller, "key": receipt.key}
    if connection.execute(_FIND, whose).first():
        raise UnderWay(receipt.key)
    answer = receipt.answer(done)
    row = {
        **whose,
        "request": receipt.request,
        "status": answer.status,
        "headers": json.encode(answer.headers).decode(),
        "body": answer.body,
        "at": now,
    }
    connection.execute(insert(RECEIPT), row)

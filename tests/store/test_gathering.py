"""What need not be answered at once goes to PostgreSQL with what does."""

from collections.abc import Iterator

import psycopg
import pytest

from argmap.store.gathering import Gathering
from databases import Postgres


@pytest.fixture
def connection(postgresql: Postgres) -> Iterator[Gathering]:
    url = postgresql.make()
    with Gathering.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE said (n int UNIQUE, text text)")
        yield connection
    postgresql.drop(url)


def said(connection: Gathering) -> list[tuple[int, str]]:
    with psycopg.connect(connection.info.dsn) as other:
        return other.execute("SELECT n, text FROM said ORDER BY n").fetchall()


def say(connection: Gathering, n: int, text: str = "") -> None:
    connection.later("INSERT INTO said VALUES (%s, %s)", (n, text))


def test_what_waits_is_done_before_what_is_asked(connection: Gathering) -> None:
    connection.later("BEGIN")
    say(connection, 1)

    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert connection.is_sound()
    asked = connection.execute("SELECT count(*) FROM said WHERE n = %s", (1,))
    assert asked.fetchone() == (1,)
    assert said(connection) == []
    say(connection, 2)
    connection.commit()
    assert [n for n, _ in said(connection)] == [1, 2]


def test_of_what_fails_nothing_is_committed(connection: Gathering) -> None:
    connection.later("BEGIN")
    for n in (1, 2, 1, 3):
        say(connection, n)

    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.commit()
    assert not connection.is_sound()
    say(connection, 4)
    assert not connection.is_sound()
    connection.rollback()
    assert said(connection) == []


def test_what_is_taken_back_was_never_sent(connection: Gathering) -> None:
    connection.later("BEGIN")
    say(connection, 1)
    connection.rollback()
    connection.commit()

    assert connection.execute("SELECT 1").fetchone() == (1,)
    assert said(connection) == []


def test_many_rows_come_after_what_waits(connection: Gathering) -> None:
    connection.later("BEGIN")
    say(connection, 1)
    rows = [(n, "many") for n in range(2, 5)]
    connection.cursor().executemany("INSERT INTO said VALUES (%s, %s)", rows)
    with connection.cursor("named") as cursor:
        cursor.execute("SELECT count(*) FROM said")
        assert cursor.fetchone() == (4,)
    connection.commit()

    assert len(said(connection)) == 4


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE said; --", "\\'", "100 %s %(n)s %%", "$1 $$", "\n\t‖\x7f😀"]
)
def test_a_text_is_a_text(connection: Gathering, text: str) -> None:
    connection.later("BEGIN")
    say(connection, 1, text)
    connection.commit()

    assert said(connection) == [(1, text)]


def test_what_no_text_may_hold_is_refused_before_it_is_sent(
    connection: Gathering,
) -> None:
    for text, refusal in (("\0", psycopg.DataError), ("\ud800", UnicodeEncodeError)):
        with pytest.raises(refusal):
            say(connection, 1, text)
    assert connection.take() == []

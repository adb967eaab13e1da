"""Whether a database is sound: its pages, its rows, its history, its index."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, table

from argmap.engine import report_progress
from argmap.errors import ArgmapError
from argmap.model import validate
from argmap.settings import Settings
from argmap.store import history, present
from argmap.store.database import database_at
from argmap.store.misfit import misfit
from argmap.store.present import Identity
from argmap.store.tables import MAP, UNSEEN
from argmap.store.words import INDEXES


def check(settings: Settings) -> list[str]:
    """Look for whatever is wrong in a database: a line for each fault, none if sound.

    It has to be argmap's and of a schema that this argmap knows. Every map has to be
    valid, and its history has to lead to it; what is to be found by its words has to be
    in the index. Others may go on writing.

    Raises:
        NotFound: There is no such database.
        Unavailable: It cannot be read.
    """
    database = database_at(settings.database_url)
    database.require()
    engine = database.reading_engine()
    try:
        with database.translated(), engine.begin() as connection:
            faults = database.faults(connection)
            if fault := misfit(connection):
                return [*faults, fault]
            return [*faults, *_faults(connection)]
    finally:
        engine.dispose()


def _faults(connection: Connection) -> Iterator[str]:
    found = connection.execute(
        select(MAP.c.key, MAP.c.id, MAP.c.revision, MAP.c.visibility)
        .where(MAP.c.key < UNSEEN)
        .order_by(MAP.c.key)
    ).all()
    for done, (key, *identity) in enumerate(found):
        report_progress(done, len(found))
        try:
            yield from _map_faults(connection, Identity(*identity))
        except (ArgmapError, ValueError) as error:
            yield f"map {key}: {error}"
    for index in INDEXES.values():
        words, rows = (
            connection.scalar(select(func.count()).select_from(each))
            for each in (table(index.name), index.rows)
        )
        if words != rows:
            yield f"the index knows {words} of {rows} rows of {index.rows}"
    report_progress(len(found), len(found))


def _map_faults(connection: Connection, identity: Identity) -> Iterator[str]:
    now = present.load(connection, identity.id)
    key = now.map.key
    then = history.as_of(connection, key, identity)
    if then.map != now.map:
        yield f"map {key}: its history leads to another map"
    if then.revs.whole() != now.revs.whole():
        yield f"map {key}: its history has other revisions of items"
    for fault in validate(now.map):
        yield f"map {key}: {fault}"

"""Programs that a test runs in order to kill them."""

import os
import signal
import sys
from itertools import count

from sqlalchemy import Engine, event

from argmap.model import Add, Claim, Replace
from argmap.settings import Settings
from argmap.store import Answer, Committed, Receipt, Store, Write


def migrate_in_vain(settings: Settings) -> None:
    """Open a new database again and again, and die after one more statement each time.

    Prints one line for each attempt: whether the child died, or got through.
    """
    for allowed in count():
        child = os.fork()
        if child == 0:
            _die_after(allowed)
            Store.open(settings).close()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died = os.WIFSIGNALED(status)
        print("died" if died else "through", flush=True)
        if not died:
            return


def _die_after(allowed: int) -> None:
    done = count()

    @event.listens_for(Engine, "after_cursor_execute")
    def die(*_: object) -> None:
        if next(done) == allowed:
            os.kill(os.getpid(), signal.SIGKILL)


def write_for_ever(settings: Settings, run: str) -> None:
    """Write without end, from a few editors at once, and print what was acknowledged.

    A line is the key of a claim that was added, together with its twin.
    """
    with Store.open(settings) as store:
        if not store.list_maps(None, 1):
            store.submit(Write(map="m", create=True)).result()
        print("ready", flush=True)
        for n in count():
            keys = [f"{run}-{n}-{editor}" for editor in range(8)]
            futures = [store.submit(_twins(key)) for key in keys]
            for key, future in zip(keys, futures, strict=True):
                future.result()
                print(key, flush=True)


def _twins(key: str) -> Write:
    return Write(
        map="m",
        operations=(
            Add(claim=Claim(key=key, text=key)),
            Add(claim=Claim(key=f"{key}-twin", text=key), before=key),
            Replace(map="m", set={"title": key}),
        ),
        receipt=Receipt(key=key, request="twins", answer=_answer),
    )


def _answer(done: Committed) -> Answer:
    title = done.snapshot.map.title
    return Answer(status=200, headers={}, body=title.encode())


if __name__ == "__main__":
    program, url, *rest = sys.argv[1:]
    chosen = Settings(database_url=url)
    if program == "migrate":
        migrate_in_vain(chosen)
    else:
        write_for_ever(chosen, *rest)

"""Where a round at the keyboard is kept: nowhere, in a file, in the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from argmap.cli.given import named
from argmap.debate.rounds import read_round
from argmap.debate.sheet import Round
from argmap.errors import BadMove, Malformed
from argmap.model import Map, is_key
from argmap.plugin import Host
from argmap.service.rounds import adopting
from argmap.settings import Settings
from argmap.store import Change, RoundWrite, Snapshot, Store

Played = Callable[[Round, Map], Round]


class Keeper:
    """A round and its map, which nobody else sees."""

    def __init__(self, map: Map, revision: int | None, round: Round | None) -> None:
        """Take the round to go on with, if there is one."""
        self.map, self.revision, self.round = map, revision, round

    def begin(self, round: Round) -> None:
        """Keep a new round."""
        self.round = round

    def change(self, play: Played) -> None:
        """Keep what becomes of the round."""
        assert self.round is not None
        self.begin(play(self.round, self.map))

    def adopt(self, move: str) -> None:
        """Put a move's text into the map.

        Raises:
            BadMove: The round is not kept where the map is.
        """
        detail = f"{move} can be adopted in a round that is kept with its map: --key"
        raise BadMove(detail)


class FileKeeper(Keeper):
    """A round in a file."""

    def __init__(self, map: Map, revision: int | None, path: Path) -> None:
        """Read the round that is in the file, if there is one."""
        self.path = path
        kept = read_round(path.read_bytes()) if path.exists() else None
        super().__init__(map, revision, kept)

    def begin(self, round: Round) -> None:
        """Write the file."""
        super().begin(round)
        data = msgspec.json.format(msgspec.json.encode(round), indent=2)
        self.path.write_bytes(data + b"\n")


class StoreKeeper(Keeper):
    """A round in the database, beside its map."""

    def __init__(self, store: Store, map: str, key: str) -> None:
        """Find the round of this key, if there is one."""
        self.store, self.key = store, key
        snapshot = store.snapshot(map)
        round = store.find_round(snapshot, key)
        super().__init__(snapshot.map, snapshot.revision, round)

    def begin(self, round: Round) -> None:
        """Keep a new round."""
        self._write(lambda *_: replace(round, key=self.key), create=True)

    def change(self, play: Played) -> None:
        """Keep what becomes of the round, as it is in the database."""

        def act(snapshot: Snapshot, round: Round | None, _: Change) -> Round:
            assert round is not None
            return play(round, snapshot.map)

        self._write(act)

    def adopt(self, move: str) -> None:
        """Put a move's text into the map."""
        self._write(adopting(self.key, move))

    def _write(
        self,
        act: Callable[[Snapshot, Round | None, Change], Round],
        *,
        create: bool = False,
    ) -> None:
        write = RoundWrite(map=self.map.key, key=self.key, act=act, create=create)
        done = self.store.submit_round(write).result()
        self.map, self.revision = done.snapshot.map, done.snapshot.revision
        self.round = done.round


@contextmanager
def kept_in(
    map: str, settings: Settings, host: Host, key: str | None, file: Path | None
) -> Iterator[Keeper]:
    """Open what keeps a round of a map: the database under *key*, *file*, or nothing.

    Raises:
        NotFound: There is no such map.
        Malformed: The file holds no round, or *key* is no key.
        Unavailable: A server has the database.
    """
    if key is None:
        found, revision = named(map, settings, host)
        keeper = FileKeeper(found, revision, file) if file else None
        yield keeper or Keeper(found, revision, None)
        return
    if not is_key(key):
        raise Malformed(f"{key!r} is no key: use 1 to 64 of a-z, 0-9 and -")
    with Store.open(settings) as store:
        yield StoreKeeper(store, map, key)

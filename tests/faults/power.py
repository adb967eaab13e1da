"""What a disk may hold after a power cut, from a log of what was done to it.

What was synced is there. Of each write since, every sector of 512 bytes may have come
to the disk or not, in any order; of each cut and removal of a file likewise.
"""

import random
import struct
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_HEADER = struct.Struct("=IIQQ")
SECTOR = 512


class Record(NamedTuple):
    """One line of the log: its kind is that of recorder.c, or ``a`` for a promise."""

    kind: str
    name: str
    offset: int
    data: bytes


def acknowledged(number: int) -> bytes:
    """Make the record of a promise that a client has been given."""
    return _HEADER.pack(ord("a"), 0, number, 0)


def records(log: bytes) -> Iterator[Record]:
    """Read a log."""
    place = 0
    while place < len(log):
        kind, name, offset, size = _HEADER.unpack_from(log, place)
        begin = place + _HEADER.size + name
        end = begin + (size if chr(kind) == "w" else 0)
        yield Record(
            chr(kind), log[begin - name : begin].decode(), offset, log[begin:end]
        )
        place = end


@dataclass
class Disk:
    """Files as they are for certain, and what has been done to each since."""

    files: dict[str, bytearray] = field(default_factory=dict)
    since: dict[str, list[Record]] = field(default_factory=dict)

    def do(self, record: Record) -> None:
        """Let something happen to a file."""
        if record.kind == "s" and not record.name:  # the directory: who is in it
            for name, records in self.since.items():
                gone = [n for n, each in enumerate(records) if each.kind == "u"]
                if gone:
                    self.files.pop(name, None)
                    del records[: gone[-1] + 1]
        elif record.kind == "s":
            for done in self.since.pop(record.name, []):
                _apply(self.files, done)
        elif record.kind != "a" and not record.name.endswith("-shm"):
            self.since.setdefault(record.name, []).append(record)

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Write files as they may be found after a power cut now."""
        files = deepcopy(self.files)
        likely = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for done in self.since.values():
            for record in done:
                if record.kind == "u" and chance.random() >= likely:
                    break  # the old file is still there, whatever went to a new one
                for part in _sectors(record):
                    if record.kind == "u" or chance.random() < likely:
                        _apply(files, part)
        for name, content in files.items():
            (folder / name).write_bytes(content)


def _sectors(record: Record) -> Sequence[Record]:
    if record.kind != "w":
        return [record]
    parts, begin = [], 0
    while begin < len(record.data):
        place = record.offset + begin
        end = begin + SECTOR - place % SECTOR
        parts.append(record._replace(offset=place, data=record.data[begin:end]))
        begin = end
    return parts


def _apply(files: dict[str, bytearray], record: Record) -> None:
    if record.kind == "u":
        files.pop(record.name, None)
        return
    content = files.setdefault(record.name, bytearray())
    end = record.offset + len(record.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if record.kind == "w":
        content[record.offset : end] = record.data
    else:
        del content[record.offset :]

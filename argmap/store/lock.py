"""One process writes a database: whoever holds the lock file beside it."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from argmap.errors import Unavailable


class WriteLock:
    """The right to write a database, for as long as this process has it open.

    The kernel gives it back when the process ends, however it ends. The file itself
    stays, empty of meaning: to remove it would let two processes lock two files.

    Raises:
        Unavailable: Another process writes this database, or the directory is not ours.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise Unavailable(f"{path} cannot be made: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(self._file, 20).decode(errors="replace").strip()
            os.close(self._file)
            raise Unavailable(
                f"process {owner} has {database} open for writing, and only one may; "
                "send your change to its API, stop it, or work on another database"
            ) from None
        os.truncate(self._file, 0)
        os.write(self._file, b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let others write."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

"""The server's log: a line for each event on standard error, for people or as JSON.

Whoever wants to say something uses Python's `logging`, with facts as ``extra``. What
is said waits in a queue for a thread that writes it: a terminal, a pipe or a disk that
does not take it holds up no request. If it takes nothing for long, lines are left out,
and the next one that is written says how many.
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from logging.handlers import QueueHandler
from queue import Full, Queue
from threading import Thread
from typing import Any, Final

import msgspec

from argmap.settings import Settings

WAITING: Final = 10_000
"""Lines that wait to be written, at most."""

LAST: Final = 1.0
"""Seconds that the last lines may take, before the process ends without them."""

Line = MutableMapping[str, Any]


def configure(settings: Settings) -> Callable[[], None]:
    """Have all that is logged from now on written as *settings* say.

    Returns:
        What waits until all is written, if that does not take too long.
    """
    writer = logging.StreamHandler(sys.stderr)
    writer.setFormatter(_formatter(settings.log_format))
    queue = _Queue(writer)
    root = logging.getLogger()
    root.handlers = [queue]
    level = settings.log_level.upper()
    root.setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.getLogger("argmap").setLevel(level)
    return queue.finish


class _Queue(QueueHandler):
    """Puts lines where a thread of its own finds them; never waits."""

    queue: "Queue[logging.LogRecord | None]"

    def __init__(self, writer: logging.Handler) -> None:
        super().__init__(Queue(WAITING))
        self._writer, self._left_out = writer, 0
        self._thread = Thread(target=self._write, name="argmap-log", daemon=True)
        self._thread.start()

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Add what only the thread that speaks knows; leave the rest for later."""
        from argmap.api.observed import facts

        record.__dict__.update(facts())
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        """Put a line into the queue, or count that it is left out."""
        try:
            self.queue.put_nowait(record)
        except Full:
            self._left_out += 1

    def finish(self) -> None:
        """Have the lines written that wait, and take no more."""
        try:
            self.queue.put(None, timeout=LAST)
        except Full:
            return
        self._thread.join(LAST)

    def _write(self) -> None:
        while record := self.queue.get():
            if self._left_out:
                record.lines_left_out, self._left_out = self._left_out, 0
            self._writer.handle(record)


def _formatter(format: str) -> logging.Formatter:
    # Only now: no command but those that serve has a log.
    import structlog
    from structlog.stdlib import ExtraAdder, ProcessorFormatter

    last: list[Any] = [structlog.processors.format_exc_info, _as_json]
    if format == "console":
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,
            repr_native_str=True,  # nobody's text may look like another line
        )
        last = [console]
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            ExtraAdder(),
            _moment,
        ],
        processors=[ProcessorFormatter.remove_processors_meta, *last],
    )


def _moment(_: Any, __: str, line: Line) -> Line:
    """Say when it was said, not when it is written."""
    said = datetime.fromtimestamp(line["_record"].created, UTC)
    line["timestamp"] = said.isoformat(timespec="milliseconds")
    return line


def _as_json(_: Any, __: str, line: Line) -> str:
    return msgspec.json.encode(line, enc_hook=str).decode()

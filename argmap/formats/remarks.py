"""What readers and writers say of what they notice."""

from typing import Final, Literal

from argmap.plugin import Place, Remark, Report

Severity = Literal["note", "repair", "loss"]

MOST: Final = 1000
"""Remarks on one file: nobody reads more, and each is an object in an answer."""


class Remarks:
    """A report while it grows. What comes after very many is counted only."""

    def __init__(self) -> None:
        self._found: list[Remark] = []
        self._skipped: dict[Severity, int] = {"note": 0, "repair": 0, "loss": 0}

    def note(self, code: str, what: str, done: str, place: Place | None = None) -> None:
        """Say what was kept as it is."""
        self._add("note", code, what, done, place)

    def repair(
        self, code: str, what: str, done: str, place: Place | None = None
    ) -> None:
        """Say what was put right."""
        self._add("repair", code, what, done, place)

    def loss(self, code: str, what: str, done: str, place: Place | None = None) -> None:
        """Say what is gone."""
        self._add("loss", code, what, done, place)

    def report(self) -> Report:
        """Give what was said."""
        more = (
            Remark(
                severity=severity,
                code="more",
                what=f"{count} more of the kind",
                done="not listed",
            )
            for severity, count in self._skipped.items()
            if count
        )
        return (*self._found, *more)

    def _add(
        self, severity: Severity, code: str, what: str, done: str, place: Place | None
    ) -> None:
        if len(self._found) == MOST:
            self._skipped[severity] += 1
            return
        remark = Remark(severity=severity, code=code, place=place, what=what, done=done)
        self._found.append(remark)

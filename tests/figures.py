"""Figures: ratios measured in one run, and the table that they end up in.

A figure is a ratio to a peer or to a limit on the same machine in the same run, since
machines differ and are shared.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Figures:
    """What was measured, row by row."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def seconds(self, run: Callable[[], object], times: int = 5) -> float:
        """Time *run*, once to warm up and then *times* times; give the median."""
        run()
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    def note(self, what: str, value: str, wanted: str = "") -> None:
        """Put a row into the table."""
        self.rows.append((what, value, wanted))

    def at_most(self, what: str, value: float, limit: float, unit: str = "×") -> None:
        """Put a row into the table and fail if *value* is above *limit*."""
        self.note(what, f"{value:.3g} {unit}", f"≤ {limit:g} {unit}")
        assert value <= limit, f"{what}: {value:.3g}, at most {limit:g}"

    def at_least(self, what: str, value: float, limit: float, unit: str = "×") -> None:
        """Put a row into the table and fail if *value* is below *limit*."""
        self.note(what, f"{value:.3g} {unit}", f"≥ {limit:g} {unit}")
        assert value >= limit, f"{what}: {value:.3g}, at least {limit:g}"

"""`pytest tests/bench` prints all figures; peers come with the extra ``bench``."""

import os

import pytest

from figures import Figures

_FIGURES = Figures()


@pytest.fixture
def figures() -> Figures:
    """Collect figures of the whole run."""
    return _FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, with how busy the machine was."""
    if not _FIGURES.rows:
        return
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    terminalreporter.section(f"figures (load {load}, {os.cpu_count()} cores)")
    widths = [max(len(row[i]) for row in _FIGURES.rows) for i in range(3)]
    for row in _FIGURES.rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        terminalreporter.write_line("  ".join(cells).rstrip())

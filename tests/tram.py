"""A small map with a bit of everything, as a file."""

from typing import Any, Final

TRAM: Final[dict[str, Any]] = {
    "format": "argmap/1",
    "map": {"key": "tram", "title": "A tram?", "targets": ["build"]},
    "sources": [
        {
            "key": "council",
            "title": "Council report",
            "text": "The tram is quiet. It costs.",
            "passages": [{"key": "p1", "spans": [{"start": 0, "end": 18}]}],
        }
    ],
    "claims": [
        {"key": "build", "text": "The city should build a tram.", "base_score": 0.5},
        {"key": "cost", "text": "It costs too much.", "base_score": 0.75},
        {
            "key": "quiet",
            "text": "It is quiet.",
            "passages": [{"source": "council", "passage": "p1"}],
        },
        {"key": "loans", "text": "Loans are cheap.", "base_score": 0.8},
    ],
    "relations": [
        {
            "key": "r1",
            "kind": "rebut",
            "premises": ["cost"],
            "target": {"claim": "build"},
        },
        {
            "key": "r2",
            "kind": "support",
            "premises": ["quiet"],
            "target": {"claim": "build"},
        },
        {
            "key": "r3",
            "kind": "undercut",
            "premises": ["loans"],
            "target": {"relation": "r1"},
        },
    ],
}
"""Imported, all of it is of revision 1."""

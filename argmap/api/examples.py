"""Examples of what is sent and answered: of bodies by component, of parameters by name.

They tell of one small map, of whether a city should build a tram.
"""

from collections.abc import Mapping
from typing import Any, Final

from argmap.api.errors import problem
from argmap.errors import Stale

_PASSAGE_MEANT: Final = {"source": "council", "passage": "p1", "stance": "asserts"}
_CLAIM: Final = {
    "key": "quiet",
    "text": "A tram is quiet.",
    "wordings": ["Trams make less noise than buses."],
    "kind": "fact",
    "base_score": 0.8,
    "tags": ["noise"],
    "passages": [_PASSAGE_MEANT],
}
_RELATION: Final = {
    "key": "r2",
    "kind": "support",
    "premises": ["quiet"],
    "target": {"claim": "build"},
    "weight": 0.9,
}
_SOURCE: Final = {
    "key": "council",
    "title": "Council report",
    "authors": [{"name": "Ada Moreau", "qualifications": "acoustics engineer"}],
    "published_on": "2024-05",
    "url": "https://example.org/report",
    "credibility": 0.9,
}
_PASSAGE: Final = {"key": "p1", "spans": [{"start": 0, "end": 18}], "page": 4}
_TEXT: Final = "The tram is quiet. It costs."
_AT: Final = "2025-05-02T09:30:00Z"
_OPERATIONS: Final = [
    {"op": "add", "claim": {"key": "$noise", "text": "Noise makes people ill."}},
    {
        "op": "add",
        "relation": {
            "kind": "support",
            "premises": ["$noise"],
            "target": {"relation": "r2"},
        },
    },
    {"op": "replace", "claim": "build", "set": {"base_score": 0.4}, "if": "r4"},
]

EXAMPLES: Final[Mapping[str, Any]] = {
    "ChangesIn": {"operations": _OPERATIONS, "message": "Why noise matters"},
    "ClaimIn": _CLAIM,
    "ClaimOut": {
        **_CLAIM,
        "rev": 4,
        "speaker": None,
        "implicit": False,
        "passages": [{**_PASSAGE_MEANT, "attributed_to": None}],
        "data": {},
    },
    "ClaimPatch": {"base_score": 0.6, "tags": ["noise", "health"]},
    "EvaluationsIn": {
        "rules": [
            {"rule": "df-quad"},
            {"rule": "quadratic-energy", "parameters": {"k": 2}},
            {"rule": "grounded", "options": {"default_base_score": 1}},
        ]
    },
    "File": {
        "format": "argmap/1",
        "map": {"key": "tram", "title": "A tram?", "targets": ["build"]},
        "sources": [{**_SOURCE, "text": _TEXT, "passages": [_PASSAGE]}],
        "claims": [
            {"key": "build", "text": "The city should build a tram.", "kind": "policy"},
            _CLAIM,
        ],
        "relations": [_RELATION],
    },
    "FlipsIn": {"target": "build", "to": "rejected", "allow": ["mute", "base-score"]},
    "ForkIn": {"key": "tram-revised", "title": "A tram, once more?"},
    "ImportOut": {"map": "tram", "revision": 1, "report": []},
    "JobOut": {
        "key": "Yv3mJ2",
        "status": "running",
        "done": 1200,
        "total": 4000,
        "result": None,
        "problem": None,
    },
    "MapIn": {"key": "tram", "title": "A tram?", "language": "en"},
    "MapOut": {
        "key": "tram",
        "rev": 1,
        "revision": 4,
        "title": "A tram?",
        "description": "",
        "language": "en",
        "targets": ["build"],
        "visibility": "private",
        "data": {},
        "created_at": _AT,
        "updated_at": _AT,
    },
    "KeyIn": {"name": "Anna Cho", "expires_at": "2030-01-01T00:00:00Z"},
    "MapPatch": {"targets": ["build"], "visibility": "public"},
    "MemberIn": {"role": "editor"},
    "MergeIn": {"into": "build"},
    "PassageIn": _PASSAGE,
    "PassagePatch": {"page": 5},
    "Problem": problem(Stale("claim", "quiet", "r4", "r5")),
    "RelationIn": _RELATION,
    "RelationOut": {
        **_RELATION,
        "rev": 4,
        "scheme": None,
        "asks": None,
        "passages": [],
        "data": {},
    },
    "RelationPatch": {"weight": 0.5},
    "RoundIn": {"format": "lincoln-douglas", "targets": ["build"], "rule": "df-quad"},
    "RoundMove": {
        "speech": "NC",
        "action": "answer",
        "on": "m1",
        "text": "It squeals.",
    },
    "SourceIn": {**_SOURCE, "text": _TEXT},
    "SourcePatch": {"credibility": 0.7},
    "WhatIfIn": {
        "operations": [{"op": "remove", "relation": "r2"}],
        "rules": [{"rule": "df-quad"}],
        "targets": ["build"],
    },
}
"""Bodies: whatever can be sent has one, and of answers those that say most."""

PARAMETERS: Final[Mapping[str, Any]] = {
    "Idempotency-Key": "add-quiet-2025-05-02",
    "If-Match": '"r4"',
    "If-None-Match": "*",
    "Prefer": "respond-async",
    "claim": "build",
    "format": "argdown",
    "job": "Yv3mJ2",
    "key": "anna",
    "map": "tram",
    "move": "m1",
    "passage": "p1",
    "q": "quiet OR noise",
    "relation": "r2",
    "revision": 4,
    "round": "final",
    "rule": "quadratic-energy",
    "scheme": "practical-reasoning",
    "source": "council",
}
"""Values of parameters, in paths, queries and headers alike."""

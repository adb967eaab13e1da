"""Keys: short slugs that name an item for ever, chosen by the caller or derived."""

import re
import unicodedata
from collections.abc import Container

LENGTH = 64
"""Characters that a key may have."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_GAP = re.compile(r"[^a-z0-9]+")
_PLAIN = bytes(  # of ASCII: letters become small, all but letters and digits a blank
    ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else 32
    for byte in range(256)
)
_LETTERS = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"}
    | dict.fromkeys("'’", "")
)


def is_key(text: str) -> bool:
    """Say whether a text can be the key of an item.

    >>> is_key("tram-is-quiet"), is_key("Tram!"), is_key("")
    (True, False, False)
    """
    return _SLUG.fullmatch(text) is not None


def slug(text: str, taken: Container[str], *, fallback: str = "claim") -> str:
    """Derive a key from a text, other than every one that is taken.

    Accents are dropped and words joined by hyphens, cut between words at 64 characters;
    a text without a Latin letter or digit gives *fallback*. A stem that is taken gets
    the suffix -2, -3 …, found in O(log taken) steps.

    >>> slug("L’été: is it too hot?", taken=()), slug("夏", taken={"claim", "claim-2"})
    ('lete-is-it-too-hot', 'claim-3')
    """
    start = text[: 4 * LENGTH]
    if start.isascii():
        words = b"-".join(start.encode().translate(_PLAIN, b"'").split()).decode()
    else:
        spread = unicodedata.normalize("NFKD", start.casefold())
        letters = "".join(c for c in spread if not unicodedata.combining(c))
        words = _GAP.sub("-", letters.translate(_LETTERS)).strip("-")
    stem = _cut(words or fallback, LENGTH)
    if stem not in taken:
        return stem
    return _numbered(_cut(stem, LENGTH - 8), taken)


def _cut(words: str, length: int) -> str:
    """Shorten to whole words, or within the first one if that alone is too long."""
    if len(words) <= length:
        return words
    return words[: length + 1].rpartition("-")[0] or words[:length]


def _numbered(stem: str, taken: Container[str]) -> str:
    """Find a free ``stem-n``: double n until one is free, then halve the gap."""
    low, high = 1, 2
    while f"{stem}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if f"{stem}-{middle}" in taken:
            low = middle
        else:
            high = middle
    return f"{stem}-{high}"

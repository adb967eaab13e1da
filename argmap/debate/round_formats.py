"""Formats of debate rounds, as data: which speeches there are, in their order.

What a speech must answer follows from the order: what the other side has said is
answered in the first speech after it that ``answers``, or, where such speeches follow
one another (the negative block of policy debate), in the last of them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from argmap.debate.plan import Side
from argmap.errors import Malformed
from argmap.model.codec import decode
from argmap.model.items import END

_SHIPPED: Final = Path(__file__).with_name("round-formats.json")

SpeechKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,31}" + END)]


class RoundSpeech(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A speech: whose it is, how long it may take, what it is for.

    In a ``rebuttal`` nothing new is introduced. One that need not answer what the
    other side has said before (``answers`` false) lets nothing be dropped.
    """

    key: SpeechKey
    side: Side
    seconds: Annotated[int, Meta(ge=1, le=36_000)]
    kind: Literal["constructive", "rebuttal"] = "constructive"
    answers: bool = True
    team: Annotated[str, Meta(max_length=100)] | None = None


Speeches = Annotated[tuple[RoundSpeech, ...], Meta(min_length=1, max_length=100)]


class RoundFormat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A format of rounds: its speeches in their order."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}" + END)]
    title: Annotated[str, Meta(max_length=200)] = ""
    speeches: Speeches


@cache
def round_formats() -> Mapping[str, RoundFormat]:
    """Give the formats that ship with argmap, by name.

    >>> [speech.key for speech in round_formats()["lincoln-douglas"].speeches]
    ['AC', 'NC', '1AR', 'NR', '2AR']
    """
    found = decode(_SHIPPED.read_bytes(), tuple[RoundFormat, ...])
    return {each.name: each for each in map(checked, found)}


def read_format(data: bytes) -> RoundFormat:
    """Read a format of one's own from a file: one object like those that ship.

    Raises:
        Malformed: It is no such thing, with a pointer to what is wrong.
    """
    return checked(decode(data, RoundFormat))


def checked(format: RoundFormat) -> RoundFormat:
    """Give a format back whose speeches have names of their own.

    Raises:
        Malformed: Two are called alike.
    """
    seen: set[str] = set()
    for place, speech in enumerate(format.speeches):
        if speech.key in seen:
            detail = f"there are two speeches {speech.key!r}; name them apart"
            raise Malformed(detail, f"/speeches/{place}/key")
        seen.add(speech.key)
    return format

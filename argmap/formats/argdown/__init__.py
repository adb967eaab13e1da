r"""Argdown: text that people write, read as its own tool reads it, and written.

What the reference parser (2.0) and this one make of a document is the same, but for:

================================  ============================  =======================
document                          the reference                 here
================================  ============================  =======================
empty, or only comments           a syntax error                an empty map
byte order mark                   a statement                   passed over
``//`` in the last line           text                          a comment
lone CR as line break, CR in      other words                   line breaks
braces
frontmatter or data that are no   no statements, no error       an error at the place
YAML
data and frontmatter with         read                          an error at the place
anchors, tags, a name twice
spaces before an empty line       a syntax error                an empty line
after data or a comment
``'`` before a sign of a          part of the indentation       text
relation
``\`` at the end of a line         the tool stops                text
several structures for one        the last one, a warning       an error at the place
argument
``_`` under a statement after     undercuts the last inference  is about the statement
an argument's structure           of the document
bold text with a shortcode        ends where it begins          ends at its end
offsets of marks                  UTF-16                        code points
groups and tags that settings     as the settings say           as they are written
move or remove
``@include``                      another file                  an error at the place
syntax errors                     half a document at times      nothing but the error
================================  ============================  =======================

A document that is read and written again says the same. Its layout is argmap's: claims
in order, relations under what they are about, each statement defined once. What had no
title gets one, as does what nothing could refer to by its title; shortcodes become the
characters; comments go (the report says so), and so does a relation of a statement to
itself (a loss).
"""

from typing import Final

from argmap.formats.argdown.build import build
from argmap.formats.argdown.exported import ARGDOWN_JSON
from argmap.formats.argdown.parser import parse
from argmap.formats.argdown.places import Places
from argmap.formats.argdown.reading import to_map
from argmap.formats.argdown.sniffing import sniff
from argmap.formats.argdown.writing import from_map
from argmap.formats.texts import decoded
from argmap.model import Map
from argmap.model.text import forbidden, tidied
from argmap.plugin import Format, Report
from argmap.plugin.features import all_but


def read_map(data: bytes) -> tuple[Map, Report]:
    """Read a document of Argdown, the whole language."""
    text = tidied(decoded(data))
    places = Places(text)
    if (character := forbidden(text)) is not None:
        what = f"holds {character!a}, which no text may hold; leave it out"
        raise places.error(text.index(character), what)
    return to_map(build(parse(text)), places)


def write_map(map_: Map) -> tuple[bytes, Report]:
    """Write Argdown that reads well, and is read back as the same map."""
    text, report = from_map(map_)
    return text.encode(), report


__all__ = ["ARGDOWN", "ARGDOWN_JSON"]

ARGDOWN: Final = Format(
    "argdown",
    "Argdown",
    suffixes=(".argdown", ".ad", ".argdn", ".adown"),
    media_type="text/argdown",
    sniff=sniff,
    read=read_map,
    write=write_map,
    features=all_but(
        residue="keys description language targets line-breaks claim-kinds base-scores"
        " speakers implicit-claims passages sources source-texts rephrases weights"
        " questions order residue"
    ),
)

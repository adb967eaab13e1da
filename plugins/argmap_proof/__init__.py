"""Proof standards of Carneades: how heavy the pro must be, and how light the con.

A claim is in if the standard holds, out if it fails, undecided where cycles leave it
open. One standard a file; `argmap_proof.labelling` is what they share.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_proof.beyond_reasonable_doubt import BEYOND_REASONABLE_DOUBT
from argmap_proof.clear_and_convincing import CLEAR_AND_CONVINCING
from argmap_proof.dialectical_validity import DIALECTICAL_VALIDITY
from argmap_proof.preponderance import PREPONDERANCE
from argmap_proof.scintilla import SCINTILLA


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield SCINTILLA
    yield PREPONDERANCE
    yield CLEAR_AND_CONVINCING
    yield BEYOND_REASONABLE_DOUBT
    yield DIALECTICAL_VALIDITY

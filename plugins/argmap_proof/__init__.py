"""Proof standards of Carneades: how heavy the pro must be, and how light the con.

Gordon, Prakken, Walton, AIJ 2007; Gordon & Walton 2009. The pro of a claim is the
largest weight of an applicable support, its con that of an applicable rebut; none count
0. A relation is applicable if all its premises are in and no undercut of it is
applicable. A claim without supports has its base score as an implied pro; one whose
only supports have weight 0 has none.

A claim is in if the standard holds and out if it fails. Carneades asks for maps without
cycles. Here a cycle leaves open what it does not decide: a claim is in if the standard
holds with what is surely for it and possibly against it, out if it fails with what is
possibly for it and surely against it, else undecided; `argmap.engine.sides` finds the
least such labelling. One standard a file.
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

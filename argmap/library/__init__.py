"""What `import argmap` gives: maps in, evaluations out, in one process.

The rules and formats are those that are installed; plugins are imported at the first
call that needs one. A `Rule` of your own goes wherever a rule's name does.
"""

from argmap.library.debate import brief, crux, dependence, gaps, lines
from argmap.library.files import dump, load, seed
from argmap.library.judging import Comparison, RuleChoice, compare, evaluate, rules
from argmap.library.reasons import diff, explain, flips, what_if
from argmap.model import Map

__all__ = [
    "Comparison",
    "Map",
    "RuleChoice",
    "brief",
    "compare",
    "crux",
    "dependence",
    "diff",
    "dump",
    "evaluate",
    "explain",
    "flips",
    "gaps",
    "lines",
    "load",
    "rules",
    "seed",
    "what_if",
]

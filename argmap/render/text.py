"""A tree as lines of text, for terminals and mails."""

import unicodedata

from argmap.errors import TooDeep
from argmap.render.nodes import FlatNode, FlatTree
from argmap.render.places import DEEPEST
from argmap.render.words import SIGNS, below, judgement

_INDENT = "   "
ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_STEPS = {"LRI": 1, "RLI": 1, "FSI": 1, "PDI": -1}
_TURNING = {"R", "AL", "RLE", "RLO", "LRE", "LRO", "PDF", *_STEPS}


def one_line(text: str) -> str:
    r"""Make a text fit for one line of a terminal, whatever it holds.

    White space is one space each, a control character shows as �, and a text that could
    turn round what stands beside it is isolated (Unicode UAX #9).

    >>> one_line("one\ntwo\x9b31m")
    'one two�31m'
    """
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    kinds = [unicodedata.bidirectional(character) for character in line]
    line = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) == "Cc"
        else character
        for character in line
    )
    if _TURNING.isdisjoint(kinds):
        return line
    # Isolates that the text ends without having begun them would end ours.
    depth = lowest = 0
    for kind in kinds:
        depth += _STEPS.get(kind, 0)
        lowest = min(lowest, depth)
    return ISOLATE * (1 - lowest) + line + _END * (1 - lowest + depth)


def is_rtl(text: str) -> bool:
    """Say whether a text is read from right to left: its first strong letter decides.

    >>> is_rtl("1. שלום")
    True
    """
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def text(tree: FlatTree) -> str:
    """Draw a tree, a node a line, each line with its newline.

    A line has the relation that leads there (``+`` supports, ``-`` rebuts, ``x``
    undercuts, ``=`` rephrases; linked premises show its key), strength and verdict
    where the tree has them, the claim's key and its text; ``^`` stands before a claim
    that unfolds elsewhere. What is hidden below a node is counted.

    Raises:
        TooDeep: The tree has more than 248 levels; lines would grow with each.

    >>> from argmap.model.items import Map
    >>> from argmap.render.tree import flat_tree
    >>> city = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> print(text(flat_tree(city, "tram")))
    tram: tram
    └─ - cost: cost
    <BLANKLINE>
    """
    children = below(tree)
    lines = []
    pending = [("", "", tree.nodes[0])]
    while pending:
        branch, indent, node = pending.pop()
        if len(indent) > DEEPEST * len(_INDENT):
            raise TooDeep(DEEPEST)
        lines.append(f"{branch}{_line(node)}\n")
        if not (hanging := children.get(node.id)):
            continue
        # The stack gives back the last one first.
        pending.append((f"{indent}└─ ", f"{indent}{_INDENT}", hanging[-1]))
        for child in reversed(hanging[:-1]):
            pending.append((f"{indent}├─ ", f"{indent}│  ", child))
    return "".join(lines)


def _line(node: FlatNode) -> str:
    words = []
    if node.via:
        words.append(SIGNS[node.via.kind])
        words += [f"({node.via.group})"] if node.via.group else []
    if judged := judgement(node):
        words.append(judged)
    words.append(
        f"{'^' if node.reference_to else ''}{node.claim}: {one_line(node.text)}"
    )
    if node.hidden:
        words.append(f"[{node.hidden} more]")
    return " ".join(words)

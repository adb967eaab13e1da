"""A tree as lines of text, for terminals and mails."""

import unicodedata

from argmap.model.items import RelationKind
from argmap.render.nodes import Node, Tree

_SIGNS: dict[RelationKind, str] = {
    "support": "+",
    "rebut": "-",
    "undercut": "x",
    "rephrase": "=",
}

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
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
    return _ISOLATE * (1 - lowest) + line + _END * (1 - lowest + depth)


def text(tree: Tree) -> str:
    """Draw a tree, a node a line, each line with its newline.

    A line has the relation that leads there (``+`` supports, ``-`` rebuts, ``x``
    undercuts, ``=`` rephrases; linked premises show its key), strength and verdict
    where the tree has them, the claim's key and its text; ``^`` stands before a claim
    that unfolds elsewhere. What is hidden below a node is counted.

    >>> from argmap.model.items import Map
    >>> from argmap.render.tree import tree
    >>> print(text(tree(Map.of(["tram", "cost"], rebuts=[("cost", "tram")]), "tram")))
    tram: tram
    └─ - cost: cost
    <BLANKLINE>
    """
    lines = []
    pending = [("", "", tree.root)]
    while pending:
        branch, indent, node = pending.pop()
        lines.append(f"{branch}{_line(node)}\n")
        for child in node.children[:-1]:
            pending.append((f"{indent}├─ ", f"{indent}│  ", child))
        for child in node.children[-1:]:
            pending.append((f"{indent}└─ ", f"{indent}   ", child))
        # The stack gives back the last one first.
        if shown := len(node.children):
            pending[-shown:] = reversed(pending[-shown:])
    return "".join(lines)


def _line(node: Node) -> str:
    words = []
    if node.via:
        words.append(_SIGNS[node.via.kind])
        words += [f"({node.via.group})"] if node.via.group else []
    if node.strength is not None:
        words.append(f"{node.strength:.2f}")
    words += [node.verdict] if node.verdict else []
    words.append(
        f"{'^' if node.reference_to else ''}{node.claim}: {one_line(node.text)}"
    )
    if node.hidden:
        words.append(f"[{node.hidden} more]")
    return " ".join(words)

"""Tidy trees: boxes of different heights in columns, in linear time.

The algorithm is that of van der Ploeg (Software: Practice and Experience 44, 2014),
which draws non-layered trees of nodes of different sizes; here a level is a column, so
that the farthest a subtree reaches is a level. It turns the tree on its side: what is
the horizontal there goes down here. Nothing recurses: a node's subtrees are laid out
before it because nodes are listed parents first and done from the last to the first.
"""

from collections.abc import Sequence


def tidy(
    parents: Sequence[int], heights: Sequence[float], gap: float
) -> tuple[list[int], list[float]]:
    """Lay out a tree: the column of each node, and how far down its upper edge is.

    Nodes in a column keep their order and at least *gap* between them, a parent is in
    the middle between its first and last child, a subtree looks the same wherever it
    is, and what lies highest is at 0. Cost: O(nodes).

    Args:
        parents: The index of each node's parent, -1 for the first node, the root.
            Parents come before their children, and the children of one node are listed
            in order.
        heights: The height of each node.
        gap: The least distance between two nodes in a column.

    >>> tidy([-1, 0, 0], [10, 10, 20], gap=10)
    ([0, 1, 1], [15.0, 0.0, 20.0])
    """
    forest = _Forest(parents, [height + gap for height in heights])
    for node in reversed(range(len(parents))):
        if forest.children[node]:
            forest.place_children(node)
    tops = forest.tops()
    # A gap hangs below each box; to be centred is a matter of boxes without it.
    highest = min(tops)
    return forest.level, [top - highest for top in tops]


class _Forest:
    """Subtrees, each laid out relative to its parent; names are those of the paper.

    The left contour is the upper edge of a subtree, the right one the lower edge.
    ``extreme_left`` and ``extreme_right`` are the deepest nodes on each, which threads
    lead on from where a neighbouring subtree is deeper.
    """

    def __init__(self, parents: Sequence[int], sizes: Sequence[float]) -> None:
        n = len(parents)
        self.sizes = sizes
        self.children: list[list[int]] = [[] for _ in range(n)]
        self.level = [0] * n
        for node, parent in enumerate(parents):
            if parent >= 0:
                self.children[parent].append(node)
                self.level[node] = self.level[parent] + 1
        self.prelim, self.mod = [0.0] * n, [0.0] * n
        self.shift, self.change = [0.0] * n, [0.0] * n
        self.left_thread, self.right_thread = [-1] * n, [-1] * n
        self.extreme_left, self.extreme_right = list(range(n)), list(range(n))
        self.mod_left, self.mod_right = [0.0] * n, [0.0] * n

    def place_children(self, node: int) -> None:
        """Move a node's subtrees apart, and put the node in the middle."""
        children = self.children[node]
        # Which of the siblings so far reaches a level first, the deepest last.
        reaching = [(self.level[self.extreme_left[children[0]]], 0)]
        for i in range(1, len(children)):
            deepest = self.level[self.extreme_right[children[i]]]
            self._separate(children, i, reaching)
            while reaching and deepest >= reaching[-1][0]:
                reaching.pop()
            reaching.append((deepest, i))
        first, last = children[0], children[-1]
        top = self.prelim[first] + self.mod[first]
        bottom = self.prelim[last] + self.mod[last] + self.sizes[last]
        self.prelim[node] = (top + bottom - self.sizes[node]) / 2
        self.extreme_left[node] = self.extreme_left[first]
        self.mod_left[node] = self.mod_left[first]
        self.extreme_right[node] = self.extreme_right[last]
        self.mod_right[node] = self.mod_right[last]

    def _separate(
        self, children: list[int], i: int, reaching: list[tuple[int, int]]
    ) -> None:
        """Move subtree *i* down until it clears those above it."""
        prelim, mod = self.prelim, self.mod
        above, below = children[i - 1], children[i]
        above_mod, below_mod = mod[above], mod[below]
        who = len(reaching) - 1
        while above >= 0 and below >= 0:
            while self.level[above] > reaching[who][0]:
                who -= 1
            over = above_mod + prelim[above] + self.sizes[above]
            over -= below_mod + prelim[below]
            if over > 0:
                below_mod += over
                self._move(children, i, reaching[who][1], over)
            above, below = self._next_right(above), self._next_left(below)
            if above >= 0:
                above_mod += mod[above]
            if below >= 0:
                below_mod += mod[below]
        if below >= 0:
            self._thread_left(children[0], children[i], below, below_mod)
        elif above >= 0:
            self._thread_right(children[i - 1], children[i], above, above_mod)

    def _next_left(self, node: int) -> int:
        return self.children[node][0] if self.children[node] else self.left_thread[node]

    def _next_right(self, node: int) -> int:
        below = self.children[node]
        return below[-1] if below else self.right_thread[node]

    def _move(self, children: list[int], i: int, since: int, over: float) -> None:
        """Move subtree *i* down, and those between it and *since* in proportion."""
        moved = children[i]
        self.mod[moved] += over
        self.mod_left[moved] += over
        self.mod_right[moved] += over
        if since != i - 1:
            share = over / (i - since)
            self.shift[children[since + 1]] += share
            self.shift[moved] -= share
            self.change[moved] -= over - share

    def _thread_left(self, first: int, moved: int, to: int, to_mod: float) -> None:
        extreme = self.extreme_left[first]
        self.left_thread[extreme] = to
        difference = to_mod - self.mod[to] - self.mod_left[first]
        self.mod[extreme] += difference
        self.prelim[extreme] -= difference
        self.extreme_left[first] = self.extreme_left[moved]
        self.mod_left[first] = self.mod_left[moved]

    def _thread_right(self, above: int, moved: int, to: int, to_mod: float) -> None:
        extreme = self.extreme_right[moved]
        self.right_thread[extreme] = to
        difference = to_mod - self.mod[to] - self.mod_right[moved]
        self.mod[extreme] += difference
        self.prelim[extreme] -= difference
        self.extreme_right[moved] = self.extreme_right[above]
        self.mod_right[moved] = self.mod_right[above]

    def tops(self) -> list[float]:
        """Add up what is relative, from the root on."""
        tops, sums = [0.0] * len(self.mod), [0.0] * len(self.mod)
        sums[0] = self.mod[0]
        tops[0] = self.prelim[0] + sums[0]
        for node, children in enumerate(self.children):
            step = moved = 0.0
            for child in children:
                step += self.shift[child]
                moved += step + self.change[child]
                sums[child] = sums[node] + self.mod[child] + moved
                tops[child] = self.prelim[child] + sums[child]
        return tops

"""What would turn a verdict, with all that the answer follows from."""

from collections.abc import Sequence

from argmap.errors import NotFound
from argmap.model import Map
from argmap.plugin import Evaluation, Graph, Inputs, Rule, Verdict
from argmap.plugin.turning import ATOMS, Atom, Flip, Standing, find_turning


class Flips(Inputs, frozen=True, kw_only=True):
    """Smallest sets of changes that turn a verdict.

    ``searched`` counts the sets that were tried. ``complete``: every set of the allowed
    size was tried, or holds one that is here; false where the time was up first.
    """

    before: Standing
    flips: tuple[Flip, ...]
    searched: int
    complete: bool


def flips(
    map: Map,
    rule: Rule,
    evaluation: Evaluation,
    target: str,
    to: Verdict,
    *,
    allow: Sequence[Atom] = ATOMS,
    max_operations: int = 2,
    seconds: float | None = 5.0,
    graph: Graph | None = None,
) -> Flips:
    """Find what would turn the verdict on a claim: `argmap.plugin.turning`.

    Args:
        map: A valid map.
        rule: The rule that *evaluation* is by.
        evaluation: Of *map*.
        target: The claim's key.
        to: The verdict that is wanted.
        allow: Which changes may be made.
        max_operations: How many at once.
        seconds: How long to search; None: to the end.
        graph: The map, compiled, where it is at hand.

    Raises:
        InvalidParameters: The rule gives no verdicts.
        NotFound: There is no such claim.
        PluginFault: The rule failed.
    """
    if target not in map.claims:
        raise NotFound("claim", target)
    found = find_turning(
        map,
        rule,
        rule.decode(evaluation.parameters),
        evaluation.options,
        target,
        to,
        allow=allow,
        max_operations=max_operations,
        seconds=seconds,
        graph=graph,
    )
    return Flips(
        **evaluation.inputs,
        before=found.before,
        flips=found.flips,
        searched=found.searched,
        complete=found.complete,
    )

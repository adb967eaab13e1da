"""The flow of a round as Markdown: who said what, and what became of it."""

from collections.abc import Iterator, Sequence

from argmap.debate.flow import ArgumentFlow, Flow
from argmap.plugin.turning import Standing
from argmap.render.escapes import markdown as escaped


def flow_markdown(flow: Flow) -> str:
    """Write a flow as Markdown (CommonMark), every text of the map and round escaped.

    Answers stand below what they answer.
    """
    return "\n".join(_lines(flow)) + "\n"


def threads(
    arguments: Sequence[ArgumentFlow],
) -> Iterator[tuple[int, ArgumentFlow]]:
    """Put each argument after what it is about, and say how deep it stands there."""
    about: dict[str | None, list[ArgumentFlow]] = {}
    for argument in reversed(arguments):
        about.setdefault(argument.on, []).append(argument)
    pending = [(0, argument) for argument in about.get(None, ())]
    while pending:
        depth, argument = pending.pop()
        yield depth, argument
        pending += [(depth + 1, below) for below in about.get(argument.move, ())]


def told(standing: Standing | None) -> str:
    """Say how a target stands.

    >>> told(Standing(strength=0.25, verdict="rejected")), told(None)
    ('0.250, rejected', 'gone')
    """
    if standing is None:
        return "gone"
    return f"{standing.strength:.3f}, {standing.verdict}"


def _lines(flow: Flow) -> Iterator[str]:
    when = "now" if flow.after is None else f"after {flow.after}"
    yield f"# Round {escaped(flow.round)}, {when}"
    yield ""
    at = "" if flow.revision is None else f", revision {flow.revision}"
    yield f"Map {escaped(flow.map or '')}{at}; judged by {escaped(flow.rule)}."
    yield from ("", "## Targets", "")
    for each in flow.course:
        targets = "; ".join(f"{escaped(t)} {told(s)}" for t, s in each.targets.items())
        yield f"- {each.speech or 'before'}: {targets}"
    yield from ("", "## Arguments", "")
    for depth, argument in threads(flow.arguments):
        yield f"{'  ' * depth}- {_argument(argument)}"
    if not flow.arguments:
        yield "Nothing."
    yield from ("", "## To be answered", "")
    for place, one in enumerate(flow.next, 1):
        yield (
            f"{place}. {one.move}, by {one.side} in {one.must_answer_in} "
            f"(moves the targets by {one.effect:.3f})"
        )
    if not flow.next:
        yield "Nothing."


def _argument(argument: ArgumentFlow) -> str:
    named = f" ({escaped(argument.relation)})" if argument.relation else ""
    carried = "".join(f", extended in {speech}" for speech in argument.extended_in)
    status: str = argument.status
    if status == "dropped":
        status = f"dropped in {argument.must_answer_in}"
    elif status == "standing" and argument.must_answer_in:
        status = f"standing, to be answered in {argument.must_answer_in}"
    return (
        f"{argument.move} {argument.speech} {argument.side}, {argument.action}: "
        f"{escaped(argument.text)}{named} — **{status}**{carried}"
    )

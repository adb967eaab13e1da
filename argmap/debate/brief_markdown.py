"""A brief as Markdown, to be read or printed, in the order of a speech."""

from collections.abc import Iterable, Iterator

from argmap.debate.brief import AnswerGiven, Argument, Brief, Expected
from argmap.debate.citations import Citation
from argmap.debate.gaps import Gap
from argmap.debate.plan import Block
from argmap.model import Operation
from argmap.model import item as item_of
from argmap.model.operations import Add, Replace
from argmap.render.escapes import markdown as escaped

_SIDES = {"pro": "for", "con": "against"}


def brief_markdown(brief: Brief) -> str:
    """Write a brief as Markdown (CommonMark), every text of the map escaped."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    side = _SIDES[brief.side]
    yield f"# The case {side}: {escaped(brief.text)}"
    yield ""
    at = "" if brief.revision is None else f", revision {brief.revision}"
    yield (
        f"Map {escaped(brief.map or '')}{at}; under {escaped(brief.rule)} the claim "
        f"stands at {brief.strength:.3f}, {brief.verdict}."
    )
    yield from _section("The case", _case(brief))
    yield from _section("What to expect", _expected(brief))
    yield from _section(
        f"The plan for {brief.plan.minutes:g} minutes", _plan(brief, side)
    )
    yield from _section("Gaps", map(_gap, brief.gaps))
    yield from _section("What would turn it", _pivots(brief))
    yield from _section("What other rules say", _rules(brief))


def _section(title: str, body: Iterable[str]) -> Iterator[str]:
    lines = list(body)
    yield from ("", f"## {title}", "", *(lines or ["Nothing."]))


def _case(brief: Brief) -> Iterator[str]:
    for place, argument in enumerate(brief.case, 1):
        yield f"{place}. {_texts(argument)} ({_adds(argument)}; {_time(argument)})"
        yield from _cited(argument.citations)
        for one in argument.not_cited:
            by = f" ({escaped(one.attributed_to)})" if one.attributed_to else ""
            yield f"   - not cited, only {one.stance}{by}: {escaped(one.citation)}"
        if argument.attacked_by:
            yield f"   - attacked by {_keys(argument.attacked_by)}"


def _expected(brief: Brief) -> Iterator[str]:
    for place, attack in enumerate(brief.expected, 1):
        kind = "They undercut" if attack.kind == "undercut" else "They say"
        about = f", against {_keys(attack.against)}" if attack.against else ""
        yield (
            f"{place}. {kind}: {_texts(attack)} "
            f"({escaped(attack.relation)}{about}; moves it by {attack.effect:+.3f})"
        )
        if attack.unanswered:
            yield "   - **unanswered**"
        for answer in attack.answered_by:
            yield f"   - {_answer(answer)}"
            yield from _cited(answer.citations, "     ")


def _answer(answer: AnswerGiven) -> str:
    says = " ".join(escaped(text) for text in answer.texts)
    return f"{answer.status}: {says} ({escaped(answer.relation)}; {_time(answer)})"


def _plan(brief: Brief, side: str) -> Iterator[str]:
    plan = brief.plan
    for place, block in enumerate(plan.blocks, 1):
        yield f"{place}. {_block(block)}"
    yield ""
    best = "no choice of blocks is better" if plan.exact else "chosen step by step"
    yield (
        f"{plan.words} words, {plan.seconds:g} s at {brief.words_per_minute} words a "
        f"minute. With this alone said {side} it, the claim stands at "
        f"{plan.after.strength:.3f}, {plan.after.verdict}; with nothing said, at "
        f"{plan.without.strength:.3f}, {plan.without.verdict} ({best})."
    )
    if plan.left_out:
        yield ""
        yield "Left out: " + "; ".join(map(_block, plan.left_out)) + "."


def _block(block: Block) -> str:
    does = "Argue" if block.kind == "argument" else "Answer"
    with_ = f", with {_keys(block.answers)}" if block.answers else ""
    return f"{does} {escaped(block.relation)}{with_} ({_time(block)})"


def _gap(gap: Gap) -> str:
    parts = [
        f"{name} {escaped(key)}"
        for name, key in (
            ("claim", gap.claim),
            ("relation", gap.relation),
            ("source", gap.source),
        )
        if key
    ]
    return f"- {gap.kind}: {escaped(gap.why)} ({', '.join(parts)})"


def _pivots(brief: Brief) -> Iterator[str]:
    for flip in brief.pivots.flips:
        changes = "; ".join(_change(operation) for operation in flip.operations)
        after = f"{flip.after.strength:.3f}, {flip.after.verdict}"
        yield f"- {changes}: {after}"


def _change(operation: Operation) -> str:
    kind, item = item_of(operation)
    if isinstance(operation, Replace):
        values = ", ".join(f"{name} {value:g}" for name, value in operation.set.items())
        return f"{kind} {escaped(str(item))} with {values}"
    assert isinstance(operation, Add)
    return f"a new {kind}, {escaped(item.key)}"


def _rules(brief: Brief) -> Iterator[str]:
    for one in brief.disagreement:
        says = escaped(one.problem or "")
        if one.strength is not None:
            says = f"{one.strength:.3f}, {one.verdict or 'no verdict'}"
        yield f"- {escaped(one.rule)}: {says}"


def _texts(item: Argument | Expected) -> str:
    return " ".join(escaped(premise.text) for premise in item.premises)


def _adds(argument: Argument) -> str:
    return f"{escaped(argument.relation)}; adds {argument.contribution:+.3f}"


def _cited(citations: Iterable[Citation], indent: str = "   ") -> Iterator[str]:
    for one in citations:
        quote = f": “{escaped(one.quote)}”" if one.quote else ""
        concedes = " (conceded)" if one.stance == "concedes" else ""
        yield f"{indent}- {escaped(one.citation)}{concedes}{quote}"


def _time(item: Argument | AnswerGiven | Block) -> str:
    return f"{item.seconds:g} s"


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(map(escaped, keys))

"""Which blocks of a case fit into the time: the plan that leaves a claim best off.

A *block* is what is said together: an argument of one's own with the answers that keep
it standing, or the answers to one attack. A plan is judged by the claim's strength when
everything of one's own that is not in it goes unsaid (is muted), while the other side
says all that it has. Answers that several blocks share are said once.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, log2
from typing import Final, Literal

from msgspec import Struct

from argmap.debate.citations import seconds
from argmap.plugin.evaluation import TIE
from argmap.plugin.trials import Trials
from argmap.plugin.turning import Standing

EXACT_BLOCKS: Final = 16  # 2^16 plans, where a rule takes them many at once
_ITEMS: Final = 1000  # of maps with more claims and relations, so many fewer plans
_ONE_BY_ONE: Final = 8  # where it has to be run for each

Side = Literal["pro", "con"]


class Block(Struct, frozen=True, kw_only=True):
    """What is said together: ``relation`` is the argument, or the attack answered.

    ``answers`` are the relations that answer; ``words`` are of all of it.
    """

    kind: Literal["argument", "answer"]
    relation: str
    answers: tuple[str, ...]
    words: int
    seconds: float


class Plan(Struct, frozen=True, kw_only=True):
    """The best blocks for the time, in the order in which they matter.

    ``after`` is how the claim stands if nothing else of this side is said, ``without``
    if nothing at all is. ``exact``: no other choice is better; else none that differs
    in one block, or swaps two, was found to be.
    """

    minutes: float
    words: int
    seconds: float
    blocks: tuple[Block, ...]
    left_out: tuple[Block, ...]
    after: Standing
    without: Standing
    exact: bool


class Speech(Struct, frozen=True, kw_only=True):
    """What may be said: blocks, and how many words each argument and answer takes."""

    blocks: tuple[Block, ...]
    own: dict[str, int]
    answers: dict[str, int]

    def relations(self) -> dict[str, int]:
        """Give all arguments and answers, with the words that they take."""
        return self.own | self.answers


class _Sayings:
    """What choices of blocks say: a bit for each relation, each choice once."""

    def __init__(self, speech: Speech) -> None:
        each = speech.relations()
        self.keys, self.costs = list(each), list(each.values())
        bits = {key: 1 << i for i, key in enumerate(self.keys)}
        self.blocks = [
            sum(bits[key] for key in {*block.answers, *_own(block)})
            for block in speech.blocks
        ]
        self.said: dict[Choice, int] = {(): 0}
        self.words: dict[int, int] = {0: 0}

    def of(self, choice: "Choice") -> int:
        """Say which relations a choice says, as bits."""
        if choice not in self.said:
            before = self.of(choice[:-1])
            said = before | self.blocks[choice[-1]]
            self.said[choice] = said
            if said not in self.words:
                new = sum(self.costs[i] for i in _places(said & ~before))
                self.words[said] = self.words[before] + new
        return self.said[choice]

    def cost(self, choice: "Choice") -> int:
        """Count the words of a choice, shared answers once."""
        return self.words[self.of(choice)]

    def unsaid(self, said: int) -> list[str]:
        """List the relations of this side that go unsaid."""
        return [key for i, key in enumerate(self.keys) if not said >> i & 1]


def _own(block: Block) -> tuple[str, ...]:
    return (block.relation,) if block.kind == "argument" else ()


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def plan(
    trials: Trials,
    claim: str,
    side: Side,
    speech: Speech,
    minutes: float,
    words_per_minute: int,
) -> Plan:
    """Choose blocks: of all choices up to 16 blocks, else greedily with exchanges.

    Of maps with over a thousand claims and relations one block fewer a doubling.
    Under a rule that has to be run for every choice, of all choices up to 8 blocks.

    Of plans that leave the claim within 1e-9 of the best, the one with the fewest words
    is taken; of those, the one with the first blocks. What time is left is filled with
    further blocks in their order, as long as they do no harm.

    Args:
        trials: A valid map under a rule that gives verdicts.
        claim: The claim under debate.
        side: Whether its strength is to be high or low.
        speech: What may be said.
        minutes: The time there is.
        words_per_minute: How fast one speaks.
    """
    budget = int(minutes * words_per_minute)
    place = trials.graph.index[claim]
    sign = 1.0 if side == "pro" else -1.0
    known: dict[int, float] = {}
    sayings = _Sayings(speech)

    def values(choices: Sequence[Choice]) -> list[float]:
        said = [sayings.of(choice) for choice in choices]
        new = [each for each in dict.fromkeys(said) if each not in known]
        found = trials.without(sayings.unsaid(each) for each in new)
        for each, strengths in zip(new, found, strict=True):
            known[each] = float(strengths[place])
        return [sign * known[each] for each in said]

    count = len(speech.blocks)
    size = len(trials.map.claims) + len(trials.map.relations)
    most = EXACT_BLOCKS - max(0, ceil(log2(max(1, size) / _ITEMS)))
    is_exact = count <= (most if trials.is_fast else min(most, _ONE_BY_ONE))
    search = _exhaustively if is_exact else _greedily

    def fits(choice: Choice) -> bool:
        return sayings.cost(choice) <= budget

    chosen = _filled(search(count, fits, sayings.cost, values), count, fits, values)
    best, nothing = (sign * value for value in values([chosen, ()]))
    alone = values([tuple(i for i in chosen if i != out) for out in chosen])
    order = sorted(range(len(chosen)), key=lambda i: (alone[i], i))
    total = sayings.cost(chosen)
    return Plan(
        minutes=minutes,
        words=total,
        seconds=seconds(total, words_per_minute),
        blocks=tuple(speech.blocks[chosen[i]] for i in order),
        left_out=tuple(b for i, b in enumerate(speech.blocks) if i not in chosen),
        after=trials.judged(best),
        without=trials.judged(nothing),
        exact=is_exact,
    )


Choice = tuple[int, ...]
Fits = Callable[[Choice], bool]
Cost = Callable[[Choice], int]
Values = Callable[[Sequence[Choice]], list[float]]


def _exhaustively(count: int, fits: Fits, cost: Cost, values: Values) -> Choice:
    choices: list[Choice] = []
    larger: list[Choice] = [()]
    while larger:  # what does not fit does not fit with more either
        choices += larger
        larger = [
            (*choice, i)
            for choice in larger
            for i in range(choice[-1] + 1 if choice else 0, count)
            if fits((*choice, i))
        ]
    return _best(choices, cost, values)


def _greedily(count: int, fits: Fits, cost: Cost, values: Values) -> Choice:
    chosen: Choice = ()
    while True:
        near = [c for c in _neighbours(chosen, count) if fits(c)]
        better = _best([chosen, *near], cost, values)
        if better == chosen:
            return chosen
        chosen = better


def _neighbours(chosen: Choice, count: int) -> Iterator[Choice]:
    """List the choices with one block more, one less, or one exchanged."""
    others = [i for i in range(count) if i not in chosen]
    for i in others:
        yield tuple(sorted((*chosen, i)))
    for out in chosen:
        rest = tuple(i for i in chosen if i != out)
        yield rest
        for i in others:
            yield tuple(sorted((*rest, i)))


def _filled(chosen: Choice, count: int, fits: Fits, values: Values) -> Choice:
    for i in range(count):
        more = tuple(sorted({*chosen, i}))
        if more != chosen and fits(more):
            before, after = values([chosen, more])
            chosen = more if after >= before - TIE else chosen
    return chosen


def _best(choices: Sequence[Choice], cost: Cost, values: Values) -> Choice:
    found = values(choices)
    best = max(found)
    good = [c for c, value in zip(choices, found, strict=True) if value >= best - TIE]
    return min(good, key=lambda choice: (cost(choice), choice))

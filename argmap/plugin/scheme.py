"""Argument schemes: patterns of reasoning, and the questions that test them.

The idea, and most of the schemes that are known, are of D. Walton, C. Reed and
F. Macagno, *Argumentation Schemes* (Cambridge 2008). A relation names the scheme that
it follows; a critical question, when it is asked, becomes a relation itself.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from argmap.model import Key

Attack = Literal["rebut", "undercut", "undermine"]
Sentence = Annotated[str, Meta(min_length=1, max_length=500)]


class Role(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part that a premise plays in a scheme."""

    key: Key
    text: Sentence


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A critical question.

    ``attack`` is what becomes of it when it is asked: a rebuttal of the conclusion, an
    undercut of the inference, or a rebuttal of the premise of role ``undermines``.
    """

    key: Key
    text: Sentence
    attack: Attack
    undermines: Key | None = None


class Scheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern of reasoning from premises to a conclusion.

    ``names`` are those that relations may call it by besides its title, in any case.
    """

    key: Key
    title: Sentence
    names: tuple[Sentence, ...] = ()
    description: Sentence
    premises: Annotated[tuple[Role, ...], Meta(min_length=1)]
    conclusion: Sentence
    questions: Annotated[tuple[Question, ...], Meta(min_length=1)]
    source: Sentence

    @property
    def name(self) -> str:
        """Give the key: what a plugin offers has a name."""
        return self.key

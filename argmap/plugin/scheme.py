"""Argument schemes: patterns of reasoning, and the questions that test them.

The idea, and most of the schemes that are known, are of D. Walton, C. Reed and
F. Macagno, *Argumentation Schemes* (Cambridge 2008). A relation names the scheme that
it follows; a critical question, when it is asked, becomes a relation itself.
"""

import re
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from argmap.model import Key

Attack = Literal["rebut", "undercut", "undermine"]
Sentence = Annotated[str, Meta(min_length=1, max_length=500)]

_SPARE: Final = re.compile(r"^argument(from|by|to)?(?=.)|(?<=.)(inference|scheme)$")


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

    ``names`` are those that relations may call it by besides its key and its title;
    `folded` says which spellings are one.
    """

    key: Key
    title: Sentence
    names: tuple[Sentence, ...] = ()
    description: Sentence
    premises: Annotated[tuple[Role, ...], Meta(min_length=1)]
    conclusion: Sentence
    questions: Annotated[tuple[Question, ...], Meta(min_length=1)]
    source: Sentence

    def __post_init__(self) -> None:
        roles = [role.key for role in self.premises]
        asked = [question.key for question in self.questions]
        for keys in (roles, asked):
            if len(set(keys)) < len(keys):
                raise ValueError(f"scheme {self.key!r} has a key twice in {keys}")
        for question in self.questions:
            may = roles if question.attack == "undermine" else [None]
            if question.undermines not in may:
                raise ValueError(
                    f"scheme {self.key!r}, question {question.key!r}: undermines is "
                    f"{question.undermines!r} and should be one of {may}"
                )

    @property
    def name(self) -> str:
        """Give the key: what a plugin offers has a name."""
        return self.key


def folded(name: str) -> str:
    """Reduce a scheme's name to what tools agree on, whatever they spell it like.

    >>> folded("Argument From Expert Opinion"), folded("ExpertOpinion_Inference")
    ('expertopinion', 'expertopinion')
    """
    letters = "".join(c for c in name.casefold() if c.isalnum())
    return _SPARE.sub("", letters) or name.casefold()

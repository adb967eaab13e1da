"""The parameters that the rules of this plugin have in common."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from argmap.plugin import Support

Reading = Annotated[
    Support,
    Meta(
        description=(
            "evidential: one support that stands is needed; deductive: attacks on "
            "the target tell against the premise; necessary: all supports are "
            "needed; ignore: supports are not read."
        )
    ),
]
Acceptance = Annotated[
    Literal["sceptical", "credulous"],
    Meta(
        description=(
            "sceptical: accepted is what every extension has in; credulous: what some "
            "extension has in, so that both sides of a conflict can be. Either way "
            "rejected is what every extension attacks."
        )
    ),
]
Limit = Annotated[
    int,
    Meta(
        ge=1,
        le=10_000,
        description="How many extensions to count at most. No verdict depends on it.",
    ),
]


class OneExtension(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters under a semantics with one extension, where acceptance is all one."""

    support: Reading = "evidential"
    acceptance: Acceptance = "sceptical"


class ManyExtensions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters under a semantics with any number of extensions.

    Sceptical by default: what it accepts can be held together, and nobody who reads the
    map finds a claim and its rebuttal both accepted.
    """

    support: Reading = "evidential"
    acceptance: Acceptance = "sceptical"
    limit: Limit = 100

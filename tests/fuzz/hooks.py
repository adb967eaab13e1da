"""What schemathesis cannot know of this API, each exception with its reason."""

# ruff: noqa: ARG001 # schemathesis calls by these names

import re
from typing import Any
from urllib.parse import urlencode

import schemathesis
from schemathesis.generation import GenerationMode, metrics

# To lean towards what is accepted takes half of the time, and makes requests alike.
metrics.maximize = lambda *_, **__: None

UNSAYABLE = re.compile(
    "|".join(
        (
            "holds a control, lone surrogate or noncharacter",  # in free data as well
            r"holds '.+', which no text may hold",  # in a body of plain text
            r"integers lie between ±9007199254740991",  # in free data
            r"expected `int( \| null)?`, got `float`",  # JSON Schema takes 1.0 for 1
            r"this is no cursor of",  # cursors are opaque
            r"revision \d+ comes after \d+",
            r"the body's key is .*, the path's .*; send one of them, or both alike",
            r"claim '.*' cannot be merged into itself",
            r"there are two speeches '.*'; name them apart",
            r"say which claims to watch: the map has no targets",
            r".* is more than the \d+ that this server allows",
            # Examples of members make one of all of them, whatever oneOf says.
            r"name exactly one item: ",
            # Of files no more than the media type is known.
            r"the body is empty",
            r"this is in no format that is installed here",
            r"a form has one part, the file",
            r"line \d+, column \d+: ",
        )
    )
)
"""What 400 says of requests that are as the document has them."""

LONGEST_QUERY = 50_000
"""Characters; the server itself refuses more before argmap sees it."""


@schemathesis.hook
def before_call(
    context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]
) -> None:
    """Cut a query that never reaches argmap; send a tag where one is meant.

    schemathesis takes ``0`` for a tag, whatever the pattern.
    """
    longest = LONGEST_QUERY
    while len(urlencode(case.query, doseq=True)) > LONGEST_QUERY and longest:
        longest //= 2
        for name, value in case.query.items():
            case.query[name] = value[:longest] if isinstance(value, str) else value
    for name in ("If-Match", "If-None-Match"):
        if is_positive(case) and case.headers and case.headers.get(name) == "0":
            case.headers[name] = "*"


@schemathesis.check
def what_is_allowed_is_accepted(
    context: schemathesis.CheckContext,
    response: schemathesis.Response,
    case: schemathesis.Case,
) -> None:
    """Refuse nothing as malformed that the document allows, if a schema can say it."""
    if is_positive(case) and response.status_code == 400:
        detail = response.json()["detail"]
        assert UNSAYABLE.match(detail), detail


def is_positive(case: schemathesis.Case) -> bool:
    """Say whether a request is as the document has it."""
    return (
        case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    )

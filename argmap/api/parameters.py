"""The parameters that several endpoints share: each said once, with its bounds."""

from typing import Annotated, Final, Literal

from litestar.params import HeaderParameter, PathParameter, QueryParameter
from msgspec import Meta

from argmap.model.items import END

BASE: Final = "/api/v1"
SLUG: Final = r"^[a-z0-9][a-z0-9-]{0,63}" + END
TAGS: Final = r'^(\*|(W/)?"[^"]*"( *, *(W/)?"[^"]*")*)$'
ONCE: Final = r'^("[!#-~ ]{1,255}"|[!#-~]{1,255})$'
NEWEST: Final = 2**53 - 1
FIELDS: Final = "fields"

Slug = Annotated[
    str,
    Meta(
        pattern=SLUG,
        description="Unique in its map within its kind, and stable for ever.",
        examples=["tram-is-quiet"],
    ),
]

MapKey = Annotated[
    str, PathParameter(name="map", pattern=SLUG, description="The key of the map.")
]
ClaimKey = Annotated[
    str, PathParameter(name="claim", pattern=SLUG, description="The key of the claim.")
]
RelationKey = Annotated[
    str,
    PathParameter(
        name="relation", pattern=SLUG, description="The key of the relation."
    ),
]
SourceKey = Annotated[
    str,
    PathParameter(name="source", pattern=SLUG, description="The key of the source."),
]
PassageKey = Annotated[
    str,
    PathParameter(
        name="passage",
        pattern=SLUG,
        description="The key of the passage, unique in its source.",
    ),
]

RuleName = Annotated[
    str, PathParameter(name="rule", pattern=SLUG, description="The name of the rule.")
]

SchemeName = Annotated[
    str,
    PathParameter(
        name="scheme",
        max_length=500,
        description="The key of the scheme, or another of its names.",
    ),
]

Revision = Annotated[
    int,
    PathParameter(name="revision", ge=1, le=NEWEST, description="Which revision."),
]
At = Annotated[
    int | None,
    QueryParameter(
        name="at",
        ge=1,
        le=NEWEST,
        description="Answer as of this revision of the map; without it, the newest.",
    ),
]
Limit = Annotated[
    int,
    QueryParameter(name="limit", ge=1, le=500, description="Items a page, at most."),
]
Cursor = Annotated[
    str | None,
    QueryParameter(
        name="cursor",
        max_length=500,
        description="Where to go on: `next` of the page before, as it was.",
    ),
]
Fields = Annotated[
    str | None,
    QueryParameter(
        name=FIELDS,
        max_length=500,
        description="Give only these members, by name, separated by commas.",
    ),
]
Expand = Annotated[
    Literal["count"] | None,
    QueryParameter(
        name="expand", description="`count`: also say how long the whole list is."
    ),
]
Expanded = Annotated[
    Literal["manifest"] | None,
    QueryParameter(
        name="expand",
        description=(
            "`manifest`: also say with which versions, on which platform this was "
            "computed, and how to cite it."
        ),
    ),
]
Rule = Annotated[
    str | None,
    QueryParameter(
        name="rule",
        max_length=64,
        description="The rule that counts; without it, the server's default.",
    ),
]
Cascade = Annotated[
    bool,
    QueryParameter(
        name="cascade", description="Also remove what could not stand without it."
    ),
]

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        pattern=TAGS,
        description=(
            "The ETag of the state that is to be changed, or `*` for any. Required "
            "where something is there."
        ),
    ),
]
Once = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        pattern=ONCE,
        description=(
            "A name of the client's own for this request, kept for a day: sent again, "
            "it gets the answer that it had, with `Idempotency-Replayed: true`."
        ),
    ),
]
IfAbsent = Annotated[
    str | None,
    HeaderParameter(
        name="If-None-Match",
        pattern=r"^\*$",
        description="`*`: create it, and leave alone what is there.",
    ),
]
IfNoneMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-None-Match",
        description="ETags that the client has; if one still holds the answer is 304.",
    ),
]

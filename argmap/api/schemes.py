"""The argument schemes that are known here, with their critical questions."""

import msgspec
from litestar import Controller, get
from msgspec import Struct

from argmap.api.answers import Page
from argmap.api.parameters import SchemeName
from argmap.api.requests import StrictRequest
from argmap.errors import NotFound
from argmap.plugin import Scheme
from argmap.plugin.scheme import Attack


class RoleOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part that a premise plays in a scheme."""

    key: str
    text: str


class QuestionOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A critical question, which a relation raises by ``asks``.

    ``attack`` is what it becomes when it is asked: ``rebut`` the conclusion,
    ``undercut`` the inference, or ``undermine`` the premise whose role ``undermines``
    names, which is to rebut it, or to undercut the inference where it is left unsaid.
    """

    key: str
    text: str
    attack: Attack
    undermines: str | None


class SchemeOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern of reasoning from premises to a conclusion.

    ``names`` are what relations may call it besides its key and its title. Case,
    spaces and punctuation do not count, nor does “argument from” before a name.
    """

    key: str
    title: str
    names: tuple[str, ...]
    description: str
    premises: tuple[RoleOut, ...]
    conclusion: str
    questions: tuple[QuestionOut, ...]
    source: str


class SchemeController(Controller):
    """The argument schemes that this server knows."""

    path = "/schemes"
    tags = ("schemes",)

    @get(operation_id="listSchemes")
    async def page(self, request: StrictRequest) -> Page[SchemeOut]:
        """List the argument schemes, with the critical questions that test them."""
        shown = tuple(map(_out, request.desk.host.schemes.values()))
        return Page(items=shown, next=None)

    @get("/{scheme:str}", operation_id="readScheme", errors=(NotFound,))
    async def read(self, request: StrictRequest, scheme_name: SchemeName) -> SchemeOut:
        """Give an argument scheme by its key, or by any name that a relation has."""
        return _out(request.desk.host.scheme(scheme_name))


def _out(scheme: Scheme) -> SchemeOut:
    return msgspec.convert(scheme, SchemeOut, from_attributes=True)

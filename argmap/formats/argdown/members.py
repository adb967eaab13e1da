"""What goes into braces: everything of an item that its line does not say."""

from typing import Any

from argmap.formats.argdown.escaping import (
    can_be_tag,
    escaped,
    read_back,
    rule,
    tag,
    tags_in,
)
from argmap.formats.argdown.inline import one_line
from argmap.formats.argdown.residue import (
    FORMAT,
    LINE,
    MEMBER,
    ClaimResidue,
    RelationResidue,
    kept,
)
from argmap.formats.baggage import rest
from argmap.model import Claim, Header, Relation, Scheme, slug

_RESERVED = (MEMBER, LINE, "isInGroup")


class SaidClaim:
    """How a claim is said: its texts and tags, and the data after them.

    ``others`` are its other wordings, each to be defined before; ``text`` is None for
    one that is only referred to.
    """

    def __init__(
        self,
        claim: Claim,
        title: str,
        residue: ClaimResidue,
        *,
        section: int,
        is_argument: bool,
    ) -> None:
        line = one_line(claim.text)
        is_undefined = residue.is_undefined and one_line(title) == line
        is_undefined = is_undefined and not claim.wordings
        self.markup = _usable(residue.markup, line)
        self.text = None if is_undefined else self.markup or escaped(line)
        marked = [*residue.wordings, *[None] * len(claim.wordings)]
        marks = [
            _usable(markup, one_line(wording))
            for wording, markup in zip(claim.wordings, marked, strict=False)
        ]
        are_sayable = _are_sayable(claim.wordings, line)
        self.others = (
            [
                markup or escaped(wording)
                for wording, markup in zip(claim.wordings, marks, strict=True)
            ]
            if are_sayable
            else []
        )
        inner = [
            name
            for markup in (*(marks if are_sayable else ()), self.markup)
            if markup
            for name in tags_in(markup)
        ]
        self.tags = [
            tag(name)
            for name in dict.fromkeys(claim.tags)
            if name not in inner and can_be_tag(name)
        ]
        derived = ClaimResidue(
            title=None if title == claim.key else title,
            is_argument=is_argument,
            is_undefined=is_undefined,
            markup=self.markup,
            wordings=tuple(marks) if are_sayable and any(marks) else (),
            section=None if section < 0 else section,
        )
        members = rest(claim, ("key", "text", "wordings", "tags", "data"), FORMAT)
        if slug(title, ()) != claim.key:
            members["key"] = claim.key
        if claim.text != line:
            members["text"] = claim.text
        if not are_sayable:
            members["wordings"] = list(claim.wordings)
        if tuple(dict.fromkeys([*inner, *claim.tags])) != claim.tags or not all(
            map(can_be_tag, claim.tags)
        ):
            members["tags"] = list(claim.tags)
        data = dict(claim.data)
        if any(name in data for name in _RESERVED):
            members["data"], data = data, {}
        _correct(members, claim.residue, kept(derived))
        self.data = data | ({MEMBER: members} if members else {})


class SaidArgument:
    """How an argument is said: descriptions, tags and data, as reading gives them."""

    def __init__(self, residue: RelationResidue) -> None:
        self.descriptions: list[str] = []
        for description in residue.descriptions:
            content = read_back(description) or read_back(escaped(description))
            if content is not None and content.plain:
                written = content.markup or escaped(content.plain)
                self.descriptions.append(written)
        inner = [name for each in self.descriptions for name in tags_in(each)]
        names = [
            name
            for name in dict.fromkeys(residue.tags)
            if name.strip() and can_be_tag(name)
        ]
        self.tags = tuple(dict.fromkeys([*inner, *names]))
        self.outer_tags = [tag(name) for name in names if name not in inner]
        self.data = {k: v for k, v in residue.data.items() if k not in _RESERVED}


def line_members(
    relation: Relation, residue: RelationResidue, natural_key: str
) -> dict[str, Any]:
    """List what a line does not say of its relation."""
    members = rest(relation, ("key", "kind", "premises", "target"), FORMAT)
    if relation.key != natural_key:
        members["key"] = relation.key
    _correct(members, relation.residue, kept(residue))
    return members


def inference_members(
    relation: Relation,
    residue: RelationResidue,
    natural_key: str,
    uses: list[int] | None,
) -> tuple[list[str], dict[str, Any]]:
    """Give the names of an inference's rules, and its data."""
    held = ("key", "kind", "premises", "target", "scheme", "data")
    members = rest(relation, held, FORMAT)
    rules: list[str] = []
    scheme = relation.scheme
    if scheme is not None:
        names = [scheme.name, *residue.rules]
        rules = [written for name in names if (written := rule(name)) is not None]
        if scheme != Scheme(name=scheme.name) or len(rules) < len(names):
            members["scheme"] = {
                name: value
                for name in ("name", "id", "vocabulary")
                if (value := getattr(scheme, name)) is not None
            }
    if relation.key != natural_key:
        members["key"] = relation.key
    data = dict(relation.data)
    if any(name in data for name in (*_RESERVED, "uses")):
        members["data"], data = data, {}
    _correct(members, relation.residue, kept(residue))
    if uses:
        data["uses"] = uses
    return rules, data | ({MEMBER: members} if members else {})


def header_members(header: Header, derived: dict[str, Any], key: str) -> dict[str, Any]:
    """List what the frontmatter does not say of a map in its own terms."""
    members = rest(header, ("key", "title"), FORMAT)
    if header.key != key:
        members["key"] = header.key
    if header.title and (header.title != header.title.strip() or not header.title):
        members["title"] = header.title
    _correct(members, header.residue, derived)
    return members


def _usable(markup: str | None, line: str) -> str | None:
    """Give a marked text if it still says what it should."""
    if markup is None:
        return None
    content = read_back(markup)
    says_so = content is not None and (content.plain, content.markup) == (line, markup)
    return markup if says_so else None


def _are_sayable(wordings: tuple[str, ...], text: str) -> bool:
    said = [text, *wordings]
    return len(set(said)) == len(said) and all(
        one_line(wording) == wording for wording in wordings
    )


def _correct(
    members: dict[str, Any], actual: dict[str, Any], derived: dict[str, Any]
) -> None:
    """Carry the residue where reading would not come to the same."""
    if actual.get(FORMAT) != derived.get(FORMAT):
        members["residue"] = members.get("residue", {}) | {FORMAT: actual.get(FORMAT)}

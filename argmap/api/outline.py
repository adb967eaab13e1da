"""What pages say before any script runs: maps, claims and trees as plain HTML."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final, get_args

from msgspec import Struct

from argmap.api.markup import (
    choice,
    chooser,
    claim_path,
    counted,
    crumbs,
    link,
    more,
    number,
    said,
    text_field,
    verdict,
)
from argmap.model import (
    Claim,
    ClaimKind,
    Map,
    Operation,
    PassageReference,
)
from argmap.model.operations import item
from argmap.plugin import Evaluation
from argmap.render.escapes import html
from argmap.render.nodes import Node
from argmap.service.listing import Listed
from argmap.service.search import Hit
from argmap.store import ChangeSet, MapHeader

_SAYS: Final = {
    "support": "supports",
    "rebut": "rebuts",
    "undercut": "undercuts",
    "rephrase": "rephrases",
}
_CHOOSES: Final = ("q", "kind", "tag", "speaker", "source")
OFFERED: Final = 100
"""Tags, speakers and sources that a page offers to choose from."""

NAMED: Final = 3
"""Operations of a change set that the history names one by one."""

_SIGNS: Final = {"support": "+", "rebut": "−", "undercut": "×", "rephrase": "="}


def maps(
    headers: Iterable[MapHeader], cursor: str | None, query: Mapping[str, str]
) -> str:
    """List maps; *query* is what the page was asked for."""
    words = query.get("q", "")
    shown = "".join(
        f"<li><h2>{link(f'/maps/{each.key}', _title(each), None, each.language)}</h2>"
        f"{said('p', each.description, each.language)}"
        f'<p class="quiet">{counted(len(each.targets), "claim")} under debate · '
        f"revision {each.revision} of {each.updated_at:%Y-%m-%d} · "
        f"{each.visibility}</p></li>"
        for each in headers
    )
    empty = "<p>There is no map yet: <code>argmap demo</code> loads one.</p>"
    if words or cursor:
        empty = "<p>No map here has these words in its title or description.</p>"
    fields = [text_field("q", "Words", words)]
    return (
        '<h1>Maps</h1><section id="tools"></section>'
        + chooser("/", fields, is_chosen=bool(words))
        + (f'<ul class="cards">{shown}</ul>' if shown else empty)
        + more("/", cursor, query)
    )


def _title(map: Map | MapHeader) -> str:
    return map.title or map.key


class Words(Struct, frozen=True):
    """Tags and speakers of a map's claims, the most frequent first."""

    tags: tuple[str, ...]
    speakers: tuple[str, ...]


def words_of(map: Map) -> Words:
    """Find the tags and speakers of a map's claims."""
    claims = map.claims.values()
    tags = Counter(tag for claim in claims for tag in claim.tags)
    speakers = Counter(claim.speaker for claim in claims if claim.speaker)
    return Words(
        tuple(tag for tag, _ in tags.most_common(OFFERED)),
        tuple(speaker for speaker, _ in speakers.most_common(OFFERED)),
    )


def one_map(
    map: Map,
    evaluation: Evaluation,
    listed: Listed,
    words: Words,
    query: Mapping[str, str],
) -> str:
    """Show a map: what is under debate with verdicts, then its claims.

    Args:
        map: The map.
        evaluation: What a rule makes of it.
        listed: One page of its claims.
        words: What they can be chosen by.
        query: What the page was asked for.
    """
    path = f"/maps/{map.key}"
    rule = {"rule": query["rule"]} if "rule" in query else {}
    targets = (map.claims[key] for key in map.targets)
    claims: Any = (stored.item for stored in listed.items)
    is_chosen = any(query.get(name) for name in _CHOOSES)
    count = f"{listed.count:,} of " if is_chosen else ""
    none = "No claim is like that." if is_chosen else "None yet."
    return (
        f'{crumbs()}<header id="about" data-live>'
        f"{said('h1', _title(map), map.language)}"
        f"{said('p', map.description, map.language)}"
        f'<p class="quiet">{counted(len(map.claims), "claim")}, '
        f"{counted(len(map.relations), 'relation')}, "
        f"{link(f'{path}/sources', counted(len(map.sources), 'source'))} · "
        f"{link(f'{path}/history', f'revision {evaluation.revision}: history')}</p>"
        "</header>"
        '<section id="debate" data-live><h2>Under debate</h2>'
        f"{_table(map, evaluation, targets, rule, 'None yet.')}</section>"
        '<section id="tools"></section><section id="claims"><h2>Claims</h2>'
        f"{_claim_chooser(path, map, words, query, is_chosen=is_chosen)}"
        f'<div id="listed" data-live>'
        f'<p class="quiet">{count}{counted(len(map.claims), "claim")}</p>'
        f"{_table(map, evaluation, claims, rule, none)}"
        f"{more(path, listed.next, query)}</div></section>"
    )


def _claim_chooser(
    path: str, map: Map, words: Words, query: Mapping[str, str], *, is_chosen: bool
) -> str:
    """Make the form that says which claims are listed."""
    kinds = {"": "any"} | {kind: kind for kind in get_args(ClaimKind)}
    offered = islice(map.sources.items(), OFFERED)
    sources = {"": "any"} | {key: of.title for key, of in offered}
    orders = {"": "of the map", "-strength": "strongest first", "strength": "weakest"}
    fields = [
        text_field("q", "Words", query.get("q")),
        choice("kind", "Kind", query.get("kind"), kinds),
        text_field("tag", "Tag", query.get("tag"), words.tags),
        text_field("speaker", "Speaker", query.get("speaker"), words.speakers),
        choice("source", "Source", query.get("source"), sources),
        choice("sort", "Order", query.get("sort"), orders),
    ]
    if rule := query.get("rule"):
        fields.append(f'<input type="hidden" name="rule" value="{html(rule)}">')
    return chooser(f"{path}#claims", fields, is_chosen=is_chosen)


def _table(
    map: Map,
    evaluation: Evaluation,
    claims: Iterable[Claim],
    query: Mapping[str, str],
    none: str,
) -> str:
    rows = "".join(_row(map, evaluation, claim, query) for claim in claims)
    if not rows:
        return f"<p>{none}</p>"
    return (
        f'<table class="claims"><thead><tr><th scope="col">Claim</th>'
        f'<th scope="col">Strength</th><th scope="col">by {html(evaluation.rule)}</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(
    map: Map, evaluation: Evaluation, claim: Claim, query: Mapping[str, str]
) -> str:
    worth = evaluation.claims[claim.key]
    path = claim_path(map.key, claim.key)
    return (
        f'<tr data-claim="{claim.key}"><th scope="row">'
        f"{link(path, claim.text, query, map.language)}</th>"
        f"<td>{number(worth.strength)}</td><td>{verdict(worth.verdict)}</td></tr>"
    )


def one_claim(map: Map, claim: Claim, root: Node, rule: str, at: int | None) -> str:
    """Show a claim with the tree below it, and the passages that it rests on."""
    query = {"rule": rule} | ({"at": str(at)} if at else {})
    pinned = f' at="{at}"' if at else ""
    cited = "".join(f"<li>{_cited(map, each)}</li>" for each in claim.passages)
    passages = f"<h2>Passages</h2><ul>{cited}</ul>" if cited else ""
    about = (claim.kind, claim.speaker, *claim.tags)
    return (
        f"{crumbs(link(f'/maps/{map.key}', _title(map), None, map.language))}"
        f"{said('h1', claim.text, map.language)}"
        f'<p class="quiet">{" · ".join(html(each) for each in about if each)}</p>'
        f'<p id="standing">{verdict(root.verdict)} {number(root.strength)} '
        f'<span class="quiet">by {html(rule)}</span></p>'
        f'<argument-tree src="/api/v1{claim_path(map.key, claim.key)}" live '
        f'rule="{html(rule)}" depth="1" order="contribution"{pinned}>'
        f"<h2>Arguments</h2>{_branch(map, root, query)}{passages}</argument-tree>"
        '<section id="tools"></section>'
    )


def _cited(map: Map, of: PassageReference) -> str:
    source = map.sources[of.source]
    path = f"/maps/{map.key}/sources/{of.source}"
    said_by = f" ({html(of.attributed_to)})" if of.attributed_to else ""
    title = link(path, source.title, None, source.language)
    return f"{title}, {html(of.passage)}: {of.stance}{said_by}"


def tree(map: Map, root: Node, rule: str) -> str:
    """Show nothing but a tree, for a frame."""
    path = claim_path(map.key, root.claim)
    return (
        f"{said('h1', root.text, map.language)}"
        f'<argument-tree src="/api/v1{path}" live rule="{html(rule)}" depth="1">'
        f"{_branch(map, root, {'rule': rule})}"
        f'</argument-tree><p class="quiet"><a href="{path}" target="_blank" '
        'rel="noopener">Open in argmap</a></p>'
    )


def _branch(map: Map, node: Node, query: Mapping[str, str]) -> str:
    """Write what hangs below a node as nested lists; two levels, so it may recurse."""
    items = "".join(
        f"<li>{_sign(child)} {_child(map, child, query)} "
        f"{verdict(child.verdict)} {number(child.strength)}"
        f"{_branch(map, child, query)}</li>"
        for child in node.children
    )
    hidden = node.hidden and node.children
    more = f'<li class="quiet">{node.hidden} more</li>' if hidden else ""
    return f'<ul class="outline">{items}{more}</ul>' if items else ""


def _child(map: Map, node: Node, query: Mapping[str, str]) -> str:
    return link(claim_path(map.key, node.claim), node.text, query, map.language)


def _sign(node: Node) -> str:
    if node.via is None:
        return ""
    kind = node.via.kind
    return f'<abbr class="{kind}" title="{_SAYS[kind]}">{_SIGNS[kind]}</abbr>'


def history(
    map: Map, revision: int, entries: Sequence[ChangeSet], cursor: str | None
) -> str:
    """List what was done to a map, oldest first."""
    path = f"/maps/{map.key}"
    rows = "".join(
        f'<tr data-revision="{each.revision}"><th scope="row">{each.revision}</th>'
        f"<td>{each.at:%Y-%m-%d %H:%M} UTC</td><td>{html(each.author or '')}</td>"
        f'<td dir="auto">{html(each.message)}</td><td>{_done(each)}</td><td></td></tr>'
        for each in entries
    )
    heads = ("Revision", "When", "Who", "Message", "What")
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    return (
        f"{crumbs(link(path, _title(map), None, map.language))}<h1>History</h1>"
        f'<p id="newest" class="quiet" data-live>Revision {revision} is the newest.</p>'
        '<section id="tools"></section><div id="listed" data-live>'
        '<div class="wide" tabindex="0"><table>'
        f'<thead><tr>{head}<th scope="col">Undo</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{more(f'{path}/history', cursor)}</div>"
    )


def _done(entry: ChangeSet) -> str:
    count = counted(len(entry.operations), "operation")
    if not entry.is_whole:
        return f"{count} and more"
    if len(entry.operations) > NAMED:
        return count
    return ", ".join(html(_words(each)) for each in entry.operations)


def _words(operation: Operation) -> str:
    """Say what an operation does to what: ``replace claim tram``."""
    does = type(operation).__name__.lower()
    kind, named = item(operation)
    if kind == "map":
        return f"{does} the map’s own members"
    key = named if isinstance(named, str) else getattr(named, "key", None)
    what = key or f"{named.source} {named.passage}"
    return f"{does} {kind} {what}"


def found(words: str, hits: Sequence[Hit[Claim]], cursor: str | None) -> str:
    """List claims that were found."""
    rows = "".join(
        "<li>"
        f"{link(claim_path(hit.map, hit.item.key), hit.item.text, None, hit.language)} "
        f'<span class="quiet">in {link(f"/maps/{hit.map}", hit.map)}</span></li>'
        for hit in hits
    )
    return (
        f'<h1>Search</h1><p>For <q dir="auto">{html(words)}</q></p>'
        + (f'<ul class="found">{rows}</ul>' if rows else "<p>Nothing was found.</p>")
        + more("/search", cursor, {"q": words})
    )


def problem(title: str, detail: str) -> str:
    """Say why there is no page."""
    return (
        f'<h1>{html(title)}</h1><p dir="auto">{html(detail)}</p>{link("/", "All maps")}'
    )

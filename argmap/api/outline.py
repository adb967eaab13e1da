"""What pages say before any script runs: maps, claims and trees as plain HTML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from argmap.model import Claim, Map
from argmap.plugin import Evaluation, Verdict
from argmap.render.escapes import html
from argmap.render.nodes import Node
from argmap.service.search import Hit
from argmap.store import ChangeSet, MapHeader

_SAYS: Final = {
    "support": "supports",
    "rebut": "rebuts",
    "undercut": "undercuts",
    "rephrase": "rephrases",
}
_SIGNS: Final = {"support": "+", "rebut": "−", "undercut": "×", "rephrase": "="}


def link(path: str, text: str, query: Mapping[str, str] | None = None) -> str:
    """Make a link; *path* is made of keys, which need no escape.

    >>> link("/maps/tram", "A <tram>?", {"rule": "df-quad"})
    '<a dir="auto" href="/maps/tram?rule=df-quad">A &lt;tram&gt;?</a>'
    """
    asked = f"?{html(urlencode(query))}" if query else ""
    return f'<a dir="auto" href="{path}{asked}">{html(text)}</a>'


def claim_path(map: str, claim: str) -> str:
    """Say where the page of a claim is."""
    return f"/maps/{map}/claims/{claim}"


def maps(headers: Iterable[MapHeader], cursor: str | None) -> str:
    """List maps."""
    shown = "".join(
        f"<li><h2>{link(f'/maps/{each.key}', each.title or each.key)}</h2>"
        f'<p dir="auto">{html(each.description)}</p>'
        f'<p class="quiet">{_count(len(each.targets), "claim")} under debate · '
        f"revision {each.revision} · {each.visibility}</p></li>"
        for each in headers
    )
    empty = "<p>There is no map yet: <code>argmap demo</code> loads one.</p>"
    return (
        '<h1>Maps</h1><section id="tools"></section>'
        + (f'<ul class="cards">{shown}</ul>' if shown else empty)
        + _more("/", cursor)
    )


def one_map(
    map: Map, evaluation: Evaluation, claims: Sequence[Claim], cursor: str | None
) -> str:
    """Show a map: what is under debate with verdicts, then its claims."""
    path = f"/maps/{map.key}"
    title = map.title or map.key
    targets = "".join(_row(map, evaluation, map.claims[key]) for key in map.targets)
    rows = "".join(_row(map, evaluation, claim) for claim in claims)
    return (
        f'<nav class="crumbs" aria-label="Where you are">{link("/", "Maps")}</nav>'
        f'<h1 dir="auto">{html(title)}</h1><p dir="auto">{html(map.description)}</p>'
        f'<p class="quiet">{_count(len(map.claims), "claim")}, '
        f"{_count(len(map.relations), 'relation')}, "
        f"{_count(len(map.sources), 'source')} · "
        f"{link(f'{path}/history', f'revision {evaluation.revision}: history')}</p>"
        f'<section id="debate"><h2>Under debate</h2>{_table(evaluation, targets)}'
        '</section><section id="tools"></section>'
        f'<section id="claims"><h2>Claims</h2>{_table(evaluation, rows)}'
        f"{_more(path, cursor)}</section>"
    )


def _table(evaluation: Evaluation, rows: str) -> str:
    if not rows:
        return "<p>None yet.</p>"
    rule = html(evaluation.rule)
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr><th scope="col">Claim</th>'
        f'<th scope="col">Strength</th><th scope="col">{rule}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(map: Map, evaluation: Evaluation, claim: Claim) -> str:
    worth = evaluation.claims[claim.key]
    return (
        f'<tr data-claim="{claim.key}"><th scope="row">'
        f"{link(claim_path(map.key, claim.key), claim.text)}</th>"
        f"<td>{_number(worth.strength)}</td><td>{_verdict(worth.verdict)}</td></tr>"
    )


def one_claim(map: Map, claim: Claim, root: Node, rule: str, at: int | None) -> str:
    """Show a claim with the tree below it, and passages as they are cited."""
    query = {"rule": rule} | ({"at": str(at)} if at else {})
    pinned = f' at="{at}"' if at else ""
    cited = "".join(
        f"<li>{html(each.source)}, {html(each.passage)}: {each.stance}</li>"
        for each in claim.passages
    )
    passages = f"<h2>Passages</h2><ul>{cited}</ul>" if cited else ""
    verdict = root.verdict
    about = (claim.kind, claim.speaker, *claim.tags)
    return (
        f'<nav class="crumbs" aria-label="Where you are">{link("/", "Maps")} › '
        f"{link(f'/maps/{map.key}', map.title or map.key)}</nav>"
        f'<h1 dir="auto">{html(claim.text)}</h1>'
        f'<p class="quiet">{" · ".join(html(each) for each in about if each)}</p>'
        f'<p id="standing">{_verdict(verdict)} {_number(root.strength)} '
        f'<span class="quiet">by {html(rule)}</span></p>'
        f'<argument-tree src="/api/v1{claim_path(map.key, claim.key)}" '
        f'rule="{html(rule)}" depth="1" order="contribution"{pinned}>'
        f"<h2>Arguments</h2>{_branch(map.key, root, query)}{passages}</argument-tree>"
        '<section id="tools"></section>'
    )


def tree(map: str, root: Node, rule: str) -> str:
    """Show nothing but a tree, for a frame."""
    path = claim_path(map, root.claim)
    return (
        f'<argument-tree src="/api/v1{path}" rule="{html(rule)}" depth="1">'
        f'<h1 dir="auto">{html(root.text)}</h1>{_branch(map, root, {"rule": rule})}'
        f'</argument-tree><p class="quiet"><a href="{path}" target="_blank" '
        'rel="noopener">Open in argmap</a></p>'
    )


def _branch(map: str, node: Node, query: Mapping[str, str]) -> str:
    """Write what hangs below a node as nested lists; two levels, so it may recurse."""
    items = "".join(
        f"<li>{_sign(child)} {link(claim_path(map, child.claim), child.text, query)} "
        f"{_verdict(child.verdict)} {_number(child.strength)}"
        f"{_branch(map, child, query)}</li>"
        for child in node.children
    )
    hidden = node.hidden and node.children
    more = f'<li class="quiet">{node.hidden} more</li>' if hidden else ""
    return f'<ul class="outline">{items}{more}</ul>' if items else ""


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
        f'<nav class="crumbs" aria-label="Where you are">{link("/", "Maps")} › '
        f"{link(path, map.title or map.key)}</nav><h1>History</h1>"
        f'<p class="quiet">Revision {revision} is the newest.</p>'
        f'<section id="tools"></section><div class="wide" tabindex="0"><table>'
        f'<thead><tr>{head}<th scope="col">Undo</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_more(f'{path}/history', cursor)}"
    )


def _done(entry: ChangeSet) -> str:
    count = _count(len(entry.operations), "operation")
    return count if entry.is_whole else f"{count} and more"


def found(words: str, hits: Sequence[Hit[Claim]], cursor: str | None) -> str:
    """List claims that were found."""
    rows = "".join(
        f"<li>{link(claim_path(hit.map, hit.item.key), hit.item.text)} "
        f'<span class="quiet">in {link(f"/maps/{hit.map}", hit.map)}</span></li>'
        for hit in hits
    )
    return (
        f'<h1>Search</h1><p>For <q dir="auto">{html(words)}</q></p>'
        + (f'<ul class="found">{rows}</ul>' if rows else "<p>Nothing was found.</p>")
        + _more("/search", cursor, {"q": words})
    )


def problem(title: str, detail: str) -> str:
    """Say why there is no page."""
    return (
        f'<h1>{html(title)}</h1><p dir="auto">{html(detail)}</p>{link("/", "All maps")}'
    )


def _more(path: str, cursor: str | None, query: Mapping[str, str] | None = None) -> str:
    if cursor is None:
        return ""
    return f"<p>{link(path, 'Next page', {**(query or {}), 'cursor': cursor})}</p>"


def _verdict(verdict: Verdict | None) -> str:
    return f'<span class="verdict {verdict}">{verdict}</span>' if verdict else ""


def _number(value: float | None) -> str:
    return "" if value is None else f'<span class="number">{value:.2f}</span>'


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

"""Mistakes that no test finds, and why none should have to."""

import re
from typing import Final

from mutants.equal import DEFAULT, SOLVERS, Mistake
from mutants.mutating import ESCAPES

_KEY = "a key, which has no sign that could be taken for anything"
_RULE = "the name of a rule that is installed"
_OURS = "words of ours"
_HARMLESS: Final = {
    r"(\w+\.)?(key|map|passage|relation)( or '')?": _KEY,
    r"\w+\['(id|source|target)'\]|str\(item\)": _KEY,
    r"' · '\.join\(\[passage\.key, \*place\]\)": _KEY,
    r"(\w+\.)?rule": _RULE,
    r"colour|label": _OURS,
}
"""What may be written as it is, by what it is called."""

_ANY_MAP = "it is asked whether the key is there, and not what for"
_LONG = "no trail is so long"
_MORE = "more would be remembered, and the answer is the same"
_NEVER = "if False:\n    return None"
_NO_ROLE = "an admin needs no role, and nobody in particular has none"
_NONE = "what is refused early is of no key that is kept"
_NO_KEY = (
    "SQLite finds nothing; PostgreSQL, which takes no such text, is asked elsewhere"
)
_OWNERS = (
    "select(API_KEY.c.key).join(MEMBER, MEMBER.c.key_id == API_KE"
    " … .role == bindparam('role')).limit(2)"
)
_QUERY = "it saves a query, and the answer is the same"
_UNLESS_KEY = "if not is_key(key):\n    return None"

EXPLAINED: Final[dict[str, dict[Mistake, str]]] = {
    "argmap.render.escapes": {
        ("html", "escape(text, quote=True)", "escape(text)"): DEFAULT,
        ("_cell", "return ''", "return None"): (
            "the writer of CSV writes nothing for either"
        ),
    },
    "argmap.render.svg": {
        ("draw", "xml(_description(tree))", "_description(tree)"): (
            "it has no text of a map, but the name of a rule"
        ),
    },
    "argmap.api.outline": {
        ("_done", "html(_words(each))", "_words(each)"): _OURS,
        ("problem", "html(title)", "title"): _OURS,
    },
    "argmap.api.callers": {
        (
            "_require",
            "'reader' if is_own else 'owner'",
            "'' if is_own else 'owner'",
        ): "what is refused early is refused by the store as well",
        (
            "_require",
            "'reader' if is_own else 'owner'",
            "'reader'",
        ): "what is refused early is refused by the store as well",
        (
            "admit",
            "if caller is None:\n    caller, party = await _identify(reque"
            " …  = caller.id\n    _allow(desk, party)",
            "if True:\n    caller, party = await _identify(request, desk, "
            " …  = caller.id\n    _allow(desk, party)",
        ): _QUERY,
        ("_network", "':' in address", "'' in address"): (
            "what is no address of IPv6 is left as it is"
        ),
        (
            "_plain",
            "if address.lower().startswith(_MAPPED):\n    with suppress(Va"
            " … ess(address).ipv4_mapped or address)",
            "if True:\n    with suppress(ValueError):\n        return str(I"
            " … ess(address).ipv4_mapped or address)",
        ): "no other address is a mapped one",
        ("_secret", "sent[0].partition(' ')", "sent[0].rpartition(' ')"): (
            "a key has no space in it: it is refused either way"
        ),
    },
    "argmap.api.markup": {
        ("choice", "html(each)", "each"): _KEY,
        ("link", "html(urlencode(query))", "urlencode(query)"): (
            "what is encoded has no sign of HTML but &, which joins"
        ),
    },
    "argmap.store.callers": {
        (
            "Caller.has_expired",
            "self.expires_at <= datetime.now(UTC)",
            "self.expires_at < datetime.now(UTC)",
        ): "a key expires a microsecond later",
    },
    "argmap.store.access": {
        (
            "",
            "select(API_KEY).order_by(API_KEY.c.key)",
            "select(API_KEY)",
        ): "SQLite reads an index in its order; PostgreSQL is asked elsewhere",
        (
            "",
            _OWNERS,
            _OWNERS.replace("limit(2)", "limit(3)"),
        ): "of owners it matters whether there is another",
        (
            "readable",
            "if act.caller.id == NOBODY.id:\n    return [is_public]",
            "if False:\n    return [is_public]",
        ): "who has no key has no role, so that the answer is the same",
        (
            "permit_new",
            "_still(transaction.reading, act.caller, 0)",
            "_still(transaction.reading, act.caller, 1)",
        ): _ANY_MAP,
        ("member", _UNLESS_KEY, _NEVER): _NO_KEY,
        ("find_key", _UNLESS_KEY, _NEVER): _NO_KEY,
    },
    "argmap.store.door": {
        (
            "Door.find",
            "caller is not None and version is not None",
            "version is not None",
        ): _MORE,
        ("Door.is_open", "version or 0", "version or 1"): _QUERY,
        (
            "Door.is_open",
            "access.standing(connection, caller, 0)",
            "access.standing(connection, caller, 1)",
        ): _ANY_MAP,
        ("Door.is_open", "version or 0", "version"): _QUERY,
        (
            "Door.is_open",
            "if version is not None:\n    self._standing.put(caller.id, seen)",
            "if True:\n    self._standing.put(caller.id, seen)",
        ): _MORE,
        ("Door.is_open", "found and found.is_admin == caller.is_admin", "found"): (
            "what an API key is never changes"
        ),
        (
            "Door._known_role",
            "if caller.id == NOBODY.id or caller.is_admin:\n    return None",
            _NEVER,
        ): _NO_ROLE,
        (
            "Door._known_role",
            "caller.id == NOBODY.id or caller.is_admin",
            "caller.id == NOBODY.id and caller.is_admin",
        ): _NO_ROLE,
        (
            "Door._known_role",
            "caller.id == NOBODY.id or caller.is_admin",
            "caller.is_admin",
        ): _NO_ROLE,
        (
            "Door._known_role",
            "caller.id == NOBODY.id or caller.is_admin",
            "caller.id == NOBODY.id",
        ): _NO_ROLE,
        (
            "Door.identify",
            "version is not None and caller.id != NOBODY.id",
            "version is not None",
        ): _MORE,
    },
    "argmap.service.keys": {
        ("", "100", "101"): "a bound, of which one more is as good",
        (
            "caller",
            "not secret.startswith(PREFIX) or len(secret) > LONGEST",
            "not secret.startswith(PREFIX) and len(secret) > LONGEST",
        ): _NONE,
        (
            "caller",
            "not secret.startswith(PREFIX) or len(secret) > LONGEST",
            "not secret.startswith(PREFIX)",
        ): _NONE,
        ("_check_expiry", "expires <= now", "expires < now"): "of a microsecond",
        (
            "page",
            "desk.run(desk.store.people.list_keys, after, limit + 1)",
            "desk.run(desk.store.people.list_keys, after, limit + 2)",
        ): "one more is read, and not shown",
        ("known", "if len(secret) > LONGEST:\n    return None", _NEVER): _NONE,
        ("known", "len(secret) > LONGEST", "len(secret) >= LONGEST"): _NONE,
        (
            "caller",
            "not secret.startswith(PREFIX) or len(secret) > LONGEST",
            "len(secret) > LONGEST",
        ): _NONE,
    },
    "argmap.service.people": {
        ("", "2 ** 53 - 1", "2 ** 54 - 1"): _LONG,
        ("", "2 ** 53 - 1", "2 ** 53 - 2"): _LONG,
        ("", "2 ** 53 - 1", "2 ** 53 + 1"): _LONG,
        (
            "trail",
            "desk.run(desk.store.people.trail, before, limit + 1)",
            "desk.run(desk.store.people.trail, before, limit + 2)",
        ): "one more is read, and not shown",
        (
            "members",
            "desk.run(people.list_members, map, after, limit + 1)",
            "desk.run(people.list_members, map, after, limit + 2)",
        ): "one more is read, and not shown",
    },
    **SOLVERS,
}


def reason(module: str, where: str, before: str, after: str) -> str | None:
    """Say why no test should have to find a mistake; None: one should."""
    if before in {f"{name}({after})" for name in ESCAPES}:
        for called, why in _HARMLESS.items():
            if re.fullmatch(called, after):
                return why
    said = ", strict=True"
    if said in before and after in {
        before.replace(said, instead) for instead in ("", ", strict=False")
    }:
        return "they are as many, always: it would only be said where they were not"
    if before.startswith("cast('") and after.startswith("cast('', "):
        return "a word to whoever checks types"
    if module.startswith("argmap.api."):
        if re.sub(r", needs='(admin|owner)'", "", before) == after:
            return "what is refused early is refused by the store as well"
        if (before, after) in {("('access',)", "('',)"), ("50", "51")}:
            return "what the document says is compared elsewhere"
    return EXPLAINED.get(module, {}).get((where, before, after))

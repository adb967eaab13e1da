"""Mistakes that no test finds, and why none should have to."""

import re
from typing import Final

from mutants.mutating import ESCAPES

_KEY = "a key, which has no sign that could be taken for anything"
_RULE = "the name of a rule that is installed"
_OURS = "words of ours"
_HARMLESS: Final = {
    r"(\w+\.)?(key|map|passage|relation)( or '')?": _KEY,
    r"\w+\['(id|source|target)'\]|str\(item\)": _KEY,
    r"' · '\.join\(\[passage\.key, \*place\]\)": _KEY,
    r"(\w+\.)?rule": _RULE,
    r"colour|label|gap\.why|one\.problem or ''": _OURS,
}
"""What may be written as it is, by what it is called."""

_DEFAULT = "it is so unless something else is said"
_EITHER = "at 1 either way leads to the rest"
_EVIDENTIAL = "supports are read so unless something else is said"
_MORE = "more would be remembered, and the answer is the same"
_NEVER = "if False:\n    return None"
_NONE = "what is refused early is of no key that is kept"
_NO_KEY = (
    "SQLite finds nothing; PostgreSQL, which takes no such text, is asked elsewhere"
)
_QUERY = "it saves a query, and the answer is the same"
_STRIDE = "how far numbers of rows are apart: further does as well"
_UNLESS_KEY = "if not is_key(key):\n    return None"

_Mistake = tuple[str, str, str]
"""Where it is, what is there, and what is there by mistake."""

EXPLAINED: Final[dict[str, dict[_Mistake, str]]] = {
    "argmap.render.escapes": {
        ("html", "escape(text, quote=True)", "escape(text)"): _DEFAULT,
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
    "argmap.api.markup": {
        ("text_field", "html(each)", "each"): _KEY,
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
        ("member", _UNLESS_KEY, _NEVER): _NO_KEY,
        ("find_key", _UNLESS_KEY, _NEVER): _NO_KEY,
    },
    "argmap.store.door": {
        (
            "Door.find",
            "if caller is not None and version is not None:\n"
            "    self._callers.put(digest, (version, caller))",
            "if True:\n    self._callers.put(digest, (version, caller))",
        ): _MORE,
        (
            "Door.find",
            "caller is not None and version is not None",
            "version is not None",
        ): _MORE,
        ("Door.is_open", "version or 0", "0"): _QUERY,
        ("Door.is_open", "version or 0", "version"): _QUERY,
        ("Door.is_open", "found and found.is_admin == caller.is_admin", "found"): (
            "what an API key is never changes"
        ),
        (
            "Door._known_role",
            "if caller.id == NOBODY.id or caller.is_admin:\n    return None",
            _NEVER,
        ): "an admin needs no role, and nobody in particular has none",
    },
    "argmap.service.keys": {
        ("known", "if len(secret) > LONGEST:\n    return None", _NEVER): _NONE,
        (
            "caller",
            "not secret.startswith(PREFIX) or len(secret) > LONGEST",
            "len(secret) > LONGEST",
        ): _NONE,
    },
    "argmap.service.people": {
        ("", "53", "54"): "no trail is so long",
    },
    "argmap.engine.grounded": {
        ("grounded", "'evidential'", "''"): _EVIDENTIAL,
        ("grounded_together", "'evidential'", "''"): _EVIDENTIAL,
        ("grounded_together", "1", "2"): "a row more, of which nobody asks",
    },
    "argmap.engine.groups": {
        ("shared_sources", "1", "2"): _STRIDE,
        ("Shares.__init__", "0", "1"): _STRIDE,
        ("Shares.__init__", "1", "2"): _STRIDE,
        (
            "Shares.__init__",
            "rows[owners] * span + members",
            "rows[owners] * span - members",
        ): "other numbers, of which no two are the same either",
        (
            "Shares.__init__",
            "np.ones(len(row), dtype=bool)",
            "np.ones(len(row))",
        ): "where something is not 0 is the same",
        (
            "Shares.combine",
            "np.multiply.reduceat(least, self.row_bounds, axis=0)",
            "np.multiply.reduceat(least, self.row_bounds)",
        ): _DEFAULT,
    },
    "argmap.engine.flatten": {
        ("_Flattening.connect", "standing[r] >= 0", "standing[r] > 0"): (
            "what undercuts a relation that is backed is no claim, and others are "
            "not asked"
        ),
        ("project", "'evidential'", "''"): _EVIDENTIAL,
    },
    "argmap.engine.inflow": {
        (
            "BlockInflow.energy",
            "if self._weights is None:\n"
            "    return np.asarray(self.part.matrix @ self._strengths)",
            "if False:\n    return np.asarray(self.part.matrix @ self._strengths)",
        ): "it is the same, and slower",
    },
    "argmap.engine.together": {
        ("come_to_rest_together", "bounds < 1", "bounds <= 1"): _EITHER,
        ("_iterate", "done | rests", "done & rests"): (
            "what is done is done once more, alone"
        ),
    },
    "argmap.engine.modular": {
        ("", "'sum'", "''"): "what is no largest is a sum",
    },
    "argmap.engine.cyclic": {
        ("come_to_rest", "contraction < 1", "contraction <= 1"): _EITHER,
        (
            "_Search.follow",
            "(speed := float(abs(slope).max())) > slow",
            "(speed := float(abs(slope).max())) >= slow",
        ): "one step more",
        ("_Search.newton", "residual >= least", "residual < least"): (
            "other steps lead to the same point"
        ),
    },
}


def reason(module: str, where: str, before: str, after: str) -> str | None:
    """Say why no test should have to find a mistake; None: one should."""
    if before in {f"{name}({after})" for name in ESCAPES}:
        for called, why in _HARMLESS.items():
            if re.fullmatch(called, after):
                return why
    if module.startswith("argmap.api."):
        if re.sub(r", needs='(admin|owner)'", "", before) == after:
            return "what is refused early is refused by the store as well"
        if (before, after) == ("'access'", "''"):
            return "a chapter of the document"
    return EXPLAINED.get(module, {}).get((where, before, after))

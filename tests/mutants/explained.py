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

_NONE = "what is refused early is of no key that is kept"
_QUERY = "it saves a query, and the answer is the same"
_FIXED = "what an API key is never changes"

EXPLAINED: Final[dict[tuple[str, str, str], str]] = {
    ("argmap.render.escapes", "escape(text, quote=True)", "escape(text)"): (
        "it is so unless something else is said"
    ),
    ("argmap.render.escapes", "return ''", "return None"): (
        "the writer of CSV writes nothing for either"
    ),
    ("argmap.render.svg", "xml(_description(tree))", "_description(tree)"): (
        "it has no text of a map, but the name of a rule"
    ),
    ("argmap.api.outline", "html(_words(each))", "_words(each)"): _OURS,
    ("argmap.api.outline", "html(title)", "title"): _OURS,
    ("argmap.api.markup", "html(each)", "each"): _KEY,
    ("argmap.api.markup", "html(urlencode(query))", "urlencode(query)"): (
        "what is encoded has no sign of HTML but &, which joins"
    ),
    (
        "argmap.store.callers",
        "self.expires_at <= datetime.now(UTC)",
        "self.expires_at < datetime.now(UTC)",
    ): "a key expires a microsecond later",
    (
        "argmap.store.access",
        "select(API_KEY).order_by(API_KEY.c.key)",
        "select(API_KEY)",
    ): "SQLite reads an index in its order; PostgreSQL is asked elsewhere",
    (
        "argmap.store.access",
        "if not is_key(key):\n    return None",
        "if False:\n    return None",
    ): "SQLite finds nothing; PostgreSQL, which takes no such text, is asked elsewhere",
    (
        "argmap.store.door",
        "if caller is not None and version is not None:\n"
        "    self._callers.put(digest, (version, caller))",
        "if True:\n    self._callers.put(digest, (version, caller))",
    ): "more would be remembered, and the answer is the same",
    (
        "argmap.service.keys",
        "if len(secret) > LONGEST:\n    return None",
        "if False:\n    return None",
    ): _NONE,
    (
        "argmap.service.keys",
        "not secret.startswith(PREFIX) or len(secret) > LONGEST",
        "len(secret) > LONGEST",
    ): _NONE,
    ("argmap.service.people", "53", "54"): "no trail is so long",
    ("argmap.store.door", "version or 0", "0"): _QUERY,
    ("argmap.store.door", "version or 0", "version"): _QUERY,
    (
        "argmap.store.door",
        "found and found.is_admin == caller.is_admin",
        "found",
    ): _FIXED,
    (
        "argmap.store.door",
        "caller is not None and version is not None",
        "version is not None",
    ): "more would be remembered, and the answer is the same",
    (
        "argmap.store.door",
        "if caller.id == NOBODY.id:\n    return None",
        "if False:\n    return None",
    ): _QUERY,
    (
        "argmap.store.door",
        "if caller.id == NOBODY.id or caller.is_admin:\n    return None",
        "if False:\n    return None",
    ): "an admin needs no role, and nobody in particular has none",
    ("argmap.engine.grounded", "'evidential'", "''"): (
        "supports are read so unless something else is said"
    ),
    ("argmap.engine.flatten", "standing[r] >= 0", "standing[r] > 0"): (
        "what undercuts a relation that is backed is no claim, and others are not asked"
    ),
    ("argmap.engine.flatten", "'evidential'", "''"): (
        "supports are read so unless something else is said"
    ),
    (
        "argmap.engine.inflow",
        "if self._weights is None:\n"
        "    return np.asarray(self.part.matrix @ self._strengths)",
        "if False:\n    return np.asarray(self.part.matrix @ self._strengths)",
    ): "it is the same, and slower",
    ("argmap.engine.together", "bounds < 1", "bounds <= 1"): (
        "at 1 either way leads to the rest"
    ),
    ("argmap.engine.together", "done | rests", "done & rests"): (
        "what is done is done once more, alone"
    ),
    ("argmap.engine.modular", "'sum'", "''"): "what is no largest is a sum",
    ("argmap.engine.cyclic", "contraction < 1", "contraction <= 1"): (
        "at 1 either way leads to the rest"
    ),
    (
        "argmap.engine.cyclic",
        "(speed := float(abs(slope).max())) > slow",
        "(speed := float(abs(slope).max())) >= slow",
    ): "one step more",
    ("argmap.engine.cyclic", "residual >= least", "residual < least"): (
        "other steps lead to the same point"
    ),
}


def reason(module: str, before: str, after: str) -> str | None:
    """Say why no test should have to find a mistake; None: one should."""
    if before in {f"{name}({after})" for name in ESCAPES}:
        for called, why in _HARMLESS.items():
            if re.fullmatch(called, after):
                return why
    if re.sub(r", needs='(admin|owner)'", "", before) == after:
        return "what is refused early is refused by the store as well"
    if module.startswith("argmap.api.") and (before, after) == ("'access'", "''"):
        return "a chapter of the document"
    return EXPLAINED.get((module, before, after))

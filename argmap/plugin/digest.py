"""Hashes that make an evaluation reproducible: of what was evaluated, and of the code.

Canonical JSON is RFC 8785: no white space, members sorted by the UTF-16 of their names,
numbers as ECMAScript prints them.
"""

import hashlib
import math
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import msgspec
import numpy as np

from argmap.engine.graph import KINDS, Graph

_LARGEST_INTEGER: Final = 2**53 - 1  # beyond it, doubles skip integers
_EXPONENT_FROM: Final = 1e21  # ECMAScript prints smaller integers in full


def canonical_json(value: Any) -> bytes:
    """Write JSON in the one form that RFC 8785 allows.

    Takes what `json` gives: dicts with string keys, lists, tuples, strings, numbers,
    booleans, None. Recursive, so not for trees of unbounded depth.

    Raises:
        ValueError: A number that is not finite, or an integer beyond ±(2⁵³ − 1).

    >>> canonical_json({"b": [1.0, 1e-6], "a": 1e21})
    b'{"a":1e+21,"b":[1,0.000001]}'
    """
    return msgspec.json.encode(_ordered(value))


def input_hash(graph: Graph) -> str:
    """Hash what rules read of a map: base scores, relations, sources and votes.

    The sha256, in hex, of canonical JSON: ``{"claims": {key: base score or null},
    "relations": {key: [kind, premises, target, weight]}}``, a target that is a relation
    being ``{"relation": key}``. Where there are any, ``"sources": {key: [credibility
    or null, claims that it asserts]}`` and ``"votes": {claim: [for, against]}`` as
    well. Texts do not count, nor does the order of claims.

    >>> input_hash(Graph.of(["a"])) == input_hash(Graph.of({"a": 0.5}))
    True
    """
    ids, relation_ids = graph.ids, graph.relation_ids
    premises, starts = graph.premises.tolist(), graph.premise_starts.tolist()
    relations = {
        key: [
            KINDS[kind],
            [ids[p] for p in premises[start:end]],
            {"relation": relation_ids[target]} if on_relation else ids[target],
            weight,
        ]
        for key, kind, start, end, target, on_relation, weight in zip(
            relation_ids,
            graph.kinds.tolist(),
            starts[:-1],
            starts[1:],
            graph.targets.tolist(),
            graph.on_relation.tolist(),
            graph.weights.tolist(),
            strict=True,
        )
    }
    claims = {
        key: None if math.isnan(score) else score
        for key, score in zip(ids, graph.base_scores.tolist(), strict=True)
    }
    read = {"claims": claims, "relations": relations, **_evidence(graph)}
    return hashlib.sha256(canonical_json(read)).hexdigest()


def _evidence(graph: Graph) -> dict[str, Any]:
    claims = np.repeat(np.arange(graph.size), np.diff(graph.source_starts)).tolist()
    asserted: dict[int, list[str]] = {}
    for claim, source in zip(claims, graph.sources.tolist(), strict=True):
        asserted.setdefault(source, []).append(graph.ids[claim])
    sources = {
        graph.source_ids[source]: [
            None if math.isnan(score := graph.credibilities[source]) else float(score),
            sorted(keys),
        ]
        for source, keys in asserted.items()
    }
    voted = np.flatnonzero(~np.isnan(graph.votes[:, 0])).tolist()
    votes = {graph.ids[claim]: graph.votes[claim].tolist() for claim in voted}
    found = {"sources": sources, "votes": votes}
    return {name: members for name, members in found.items() if members}


def code_digest(*modules: ModuleType) -> str:
    """Hash the code of modules, for each that of the whole package it belongs to.

    The sha256, in hex, over names and contents of the files, in the order of their
    names; where they are installed does not count.
    """
    digest = hashlib.sha256()
    for module in modules:
        for name, path in sorted(_files(module).items()):
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(module: ModuleType) -> dict[str, Path]:
    top = sys.modules.get(module.__name__.partition(".")[0], module)
    package = module if module.__name__.startswith("argmap.") else top
    if not hasattr(package, "__path__"):
        return {package.__name__: Path(str(package.__file__))}
    return {
        f"{package.__name__}/{path.relative_to(folder).as_posix()}": path
        for folder in package.__path__
        for path in Path(folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _ordered(value: Any) -> Any:
    match value:
        case bool():
            return value
        case int():
            if abs(value) > _LARGEST_INTEGER:
                raise ValueError(f"{value} is beyond what JSON numbers can tell apart")
            return value
        case float():
            return _number(value)
        case dict():
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
        case list() | tuple():
            return [_ordered(item) for item in value]
        case _:
            return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _number(value: float) -> int | float | msgspec.Raw:
    # msgspec prints the same shortest digits as ECMAScript, but other exponents.
    if not math.isfinite(value):
        raise ValueError(f"{value} has no place in JSON")
    size = abs(value)
    if size >= _EXPONENT_FROM:
        return msgspec.Raw(repr(value).encode())
    if size <= _LARGEST_INTEGER and value.is_integer():
        return int(value)
    if size > _LARGEST_INTEGER or 1e-6 <= size < 1e-5:
        return msgspec.Raw(f"{Decimal(repr(value)):f}".removesuffix(".0").encode())
    return value

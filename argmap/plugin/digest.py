"""Hashes that say what an evaluation is of: which input, and which code."""

import hashlib
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final
from weakref import WeakKeyDictionary

import msgspec
import numpy as np

from argmap.engine.graph import KINDS, Graph, Strengths
from argmap.plugin.canonical import canonical_json, order, printable
from argmap.plugin.laws.record import FILE

_encode: Final = msgspec.json.Encoder().encode

_PLAIN: Final = re.compile(r"[\w-]*", re.ASCII)

_PIECE: Final = 10_000  # claims or relations whose JSON is made at once

# Graphs never change, and several rules are run on one.
_HASHES: Final[WeakKeyDictionary[Graph, str]] = WeakKeyDictionary()


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
    if graph not in _HASHES:
        digest = hashlib.sha256()
        for piece in _read(graph):
            digest.update(piece)
        _HASHES[graph] = digest.hexdigest()
    return _HASHES[graph]


def _read(graph: Graph) -> Iterator[bytes]:
    """Write canonical JSON piece by piece: the whole, and its parts, are large."""
    ids, relation_ids = _quoted(graph.ids), _quoted(graph.relation_ids)
    scores, weights = _numbers(graph.base_scores), _numbers(graph.weights)

    def relations(some: list[int]) -> Iterator[str]:
        columns = (graph.kinds, graph.on_relation, graph.targets, graph.premise_starts)
        counts = np.diff(graph.premise_starts)[some].tolist()
        for r, count, kind, is_on_relation, on, start in zip(
            some, counts, *(column[some].tolist() for column in columns), strict=True
        ):
            if count == 1:  # most are plain: what follows would be most of the time
                own = ids[graph.premises.item(start)]
            else:
                premises = graph.premises[start : start + count].tolist()
                own = ",".join([ids[p] for p in premises])
            target = f'{{"relation":{relation_ids[on]}}}' if is_on_relation else ids[on]
            key = relation_ids[r]
            yield f'{key}:["{KINDS[kind]}",[{own}],{target},{weights[r]}]'

    yield b'{"claims":{'
    yield from _joined(
        [f"{ids[i]}:{scores[i]}" for i in some] for some in _pieces(graph.ids)
    )
    yield b'},"relations":{'
    yield from _joined(map(relations, _pieces(graph.relation_ids)))
    yield b"}"
    for name, members in _evidence(graph).items():
        yield f',"{name}":'.encode() + members
    yield b"}"


def _pieces(keys: Sequence[str]) -> Iterator[list[int]]:
    """Say in which order members of these names stand, some at a time."""
    places = order(keys)
    return (places[i : i + _PIECE] for i in range(0, len(places), _PIECE))


def _joined(pieces: Iterable[Iterable[str]]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        yield ("," if number else "").encode() + ",".join(piece).encode()


def _quoted(keys: Sequence[str]) -> list[str]:
    """Write keys as JSON; most need no more than quotes, which is quickly seen."""
    if _PLAIN.fullmatch("".join(keys)):
        return [f'"{key}"' for key in keys]
    return [_encode(key).decode() for key in keys]


def _evidence(graph: Graph) -> dict[str, bytes]:
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
    return {name: canonical_json(members) for name, members in found.items() if members}


def _numbers(values: Strengths) -> list[str]:
    numbers = values.tolist()
    printed = {
        x: "null" if math.isnan(x) else msgspec.json.encode(printable(x)).decode()
        for x in set(numbers)
    }
    return [printed[x] for x in numbers]


def code_digest(*modules: ModuleType) -> str:
    """Hash the code of modules, for each that of the whole package it belongs to.

    The sha256, in hex, over names and contents of the files, in the order of their
    names; where they are installed does not count, nor what is on file about laws.
    Files of argmap itself are read once: who upgrades it under a running server changes
    nothing of what runs there.
    """
    digest = hashlib.sha256()
    for module in modules:
        is_own = module.__name__.startswith("argmap.")
        digest.update(_own_code(module.__name__) if is_own else _code(module))
    return digest.hexdigest()


@cache
def _own_code(name: str) -> bytes:
    return _code(sys.modules[name])


def _code(module: ModuleType) -> bytes:
    files = sorted(_files(module).items())
    return b"".join(n.encode() + b"\0" + p.read_bytes() + b"\0" for n, p in files)


def _files(module: ModuleType) -> dict[str, Path]:
    top = sys.modules.get(module.__name__.partition(".")[0], module)
    package = module if module.__name__.startswith("argmap.") else top
    if not hasattr(package, "__path__"):
        return {package.__name__: Path(str(package.__file__))}
    return {
        f"{package.__name__}/{path.relative_to(folder).as_posix()}": path
        for folder in package.__path__
        for path in Path(folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != FILE
    }

"""The argument schemes that ship: whole, told apart, and enough for the maps."""

import json
from collections import defaultdict

import msgspec
import pytest

import argmap
from argmap.model import read
from argmap.plugin import Host, Scheme
from argmap.plugin.scheme import folded

HOST = Host.load(strict=True)
SCHEMES = HOST.schemes.values()


def test_there_are_more_than_thirty_and_each_can_be_asked_of() -> None:
    assert len(SCHEMES) >= 30
    for scheme in SCHEMES:
        assert {q.attack for q in scheme.questions} - {"undermine"}, scheme.key
        assert all(q.text.endswith("?") for q in scheme.questions)


def test_every_name_means_one_scheme() -> None:
    meant = defaultdict(set)
    for scheme in SCHEMES:
        for name in (scheme.key, scheme.title, *scheme.names):
            meant[folded(name)].add(scheme.key)

    assert {name: keys for name, keys in meant.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("seed", ["japan-nato", "school-phones"])
def test_every_scheme_of_the_maps_that_ship_is_known(seed: str) -> None:
    map = read(argmap.seed(seed).read_bytes())
    named = {r.scheme.name for r in map.relations.values() if r.scheme}

    assert len(named) > 3
    for name in named:
        HOST.scheme(name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Argument From Expert Opinion", "expert-opinion"),
        ("ExpertOpinion_Inference", "expert-opinion"),
        ("Argument from expertise", "expert-opinion"),
        ("PracticalReasoning", "practical-reasoning"),
        ("Argument From Positive Consequences", "consequences"),
        ("Argument from Position to Know Scheme", "position-to-know"),
        ("Causal Slippery Slope", "slippery-slope"),
        ("argument_from_sign", "sign"),
    ],
)
def test_schemes_are_known_by_the_names_that_other_tools_give_them(
    name: str, key: str
) -> None:
    assert HOST.scheme(name).key == key


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"undermines": "nothing"}, "undermines is 'nothing'"),
        ({"attack": "undercut"}, r"should be one of \[None\]"),
        ({"key": "link"}, "has a key twice"),
    ],
)
def test_a_scheme_that_does_not_hang_together_is_refused(
    change: dict[str, str], says: str
) -> None:
    question = {"key": "there", "text": "Is it there?", "attack": "undermine"}
    document = {
        "key": "sign", "title": "Sign", "source": "made up",
        "description": "A sign.", "conclusion": "It is.",
        "premises": [{"key": "finding", "text": "It is there."}],
        "questions": [
            {"key": "link", "text": "Does it point there?", "attack": "undercut"},
            {**question, "undermines": "finding", **change},
        ],
    }  # fmt: skip

    with pytest.raises(msgspec.ValidationError, match=says):
        msgspec.json.decode(json.dumps(document), type=Scheme)

"""What `import argmap` gives."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import argmap
from argmap.errors import InvalidMap, InvalidParameters, Malformed, NotFound
from argmap.plugin import Rule

MAP = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])


def test_importing_argmap_imports_nothing_else_of_it() -> None:
    code = (
        "import sys, argmap; "
        "print([m for m in sys.modules if m.startswith('argmap') or m == 'numpy'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "['argmap']"


def test_the_library_computes_without_store_server_or_command_line() -> None:
    code = (
        "import sys, argmap; "
        "argmap.evaluate(argmap.Map.of(['a']), 'df-quad'); "
        "print([m for m in ('litestar', 'sqlmodel', 'click', 'scipy.stats')"
        " if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "[]"


def test_what_is_offered_is_there_and_nothing_else() -> None:
    assert set(dir(argmap)) >= set(argmap.__all__)
    assert all(getattr(argmap, name) is not None for name in argmap.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        argmap.nothing  # noqa: B018 # asking is the test


def test_a_map_that_is_dumped_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "city.argmap.json"

    losses = argmap.dump(MAP, path)

    assert losses == ()
    assert argmap.load(path) == argmap.load(str(path)) == (MAP, ())
    assert argmap.load(path.read_bytes(), "argmap") == (MAP, ())
    with pytest.raises(NotFound, match=r"city\.docx"):
        argmap.dump(MAP, tmp_path / "city.docx")
    with pytest.raises(Malformed):
        argmap.load(b"no map at all")


def test_a_rule_is_named_or_handed_over() -> None:
    own = Rule("own", "Own", lambda graph: np.zeros(graph.size))

    assert argmap.evaluate(MAP, own).strengths == {"tram": 0.0, "cost": 0.0}
    named = argmap.evaluate(
        MAP, "quadratic-energy", parameters={"k": 1}, options={"margin": 0}
    )
    assert named.strengths == {"tram": 0.32, "cost": 0.75}
    with pytest.raises(NotFound, match="no rule 'unheard-of'"):
        argmap.evaluate(MAP, "unheard-of")
    with pytest.raises(InvalidParameters):
        argmap.evaluate(MAP, "df-quad", parameters={"k": "1"})


def test_rules_are_named_with_what_they_are() -> None:
    assert argmap.rules()["grounded"].scale == "label"
    assert list(argmap.rules()) == sorted(argmap.rules())


def test_comparing_rules_shows_where_they_part() -> None:
    comparison = argmap.compare(MAP, ["base-score", "df-quad", "grounded"])

    assert list(comparison.evaluations) == ["base-score", "df-quad", "grounded"]
    parted = {d.claim: d.verdicts for d in comparison.disagreement.claims}
    assert parted == {
        "tram": {
            "base-score": "undecided",
            "df-quad": "rejected",
            "grounded": "rejected",
        }
    }
    taus = {(t.a, t.b): (t.value, t.n) for t in comparison.disagreement.tau_b}
    assert taus == {
        ("base-score", "df-quad"): (1.0, 2),
        ("base-score", "grounded"): (1.0, 2),
        ("df-quad", "grounded"): (1.0, 2),
    }


def test_ties_throughout_leave_no_correlation_and_rankings_no_verdict() -> None:
    flat = Rule("flat", "Flat", lambda graph: np.full(graph.size, 0.3))
    ranking = Rule(
        "ranking", "Ranking", lambda graph: -graph.base_scores, scale="ranking"
    )

    comparison = argmap.compare(MAP, ["base-score", flat, ranking])

    taus = {(t.a, t.b): t.value for t in comparison.disagreement.tau_b}
    assert taus[("base-score", "flat")] is None
    assert taus[("base-score", "ranking")] == -1.0
    assert all("ranking" not in d.verdicts for d in comparison.disagreement.claims)


def test_comparing_nothing_or_an_empty_map_finds_no_disagreement() -> None:
    assert argmap.compare(MAP, []).disagreement.claims == ()
    empty = argmap.compare(argmap.Map(key="empty"), ["df-quad", "grounded"])
    assert empty.disagreement.claims == ()
    assert [t.value for t in empty.disagreement.tau_b] == [None]


def test_every_seed_is_found_loads_and_can_be_judged() -> None:
    seeds = sorted(argmap.seed("japan-nato").parent.glob("*.argmap.json"))
    assert seeds

    for path in seeds:
        map_, report = argmap.load(argmap.seed(path.name.removesuffix(".argmap.json")))
        assert report == ()
        assert argmap.evaluate(map_, "quadratic-energy").converged
    with pytest.raises(NotFound, match="no seed 'nothing'"):
        argmap.seed("nothing")


def test_why_what_if_and_what_would_turn_it_agree() -> None:
    why = argmap.explain(MAP, "tram", "df-quad", method="shapley")
    flips = argmap.flips(MAP, "tram", to="undecided", rule="df-quad", allow=["mute"])
    (flip,) = flips.flips
    tried = argmap.what_if(
        MAP, flip.operations, ["df-quad", "grounded"], targets=["tram"]
    )

    (cost,) = why.contributions.claims
    df_quad, grounded = ((r.targets or {})["tram"] for r in tried.results)
    assert (why.exact, cost.value) == (True, -0.375)
    assert df_quad.delta == -cost.value
    assert df_quad.after == flip.after
    assert grounded.after is not None
    assert grounded.after.verdict == "accepted"
    for ask in (
        lambda: argmap.explain(MAP, "gone", "df-quad"),
        lambda: argmap.flips(MAP, "gone", to="rejected", rule="df-quad"),
    ):
        with pytest.raises(NotFound, match="no claim 'gone'"):
            ask()
    with pytest.raises(InvalidMap, match="/targets/0"):
        argmap.what_if(MAP, (), ["df-quad"], targets=["gone"])
    with pytest.raises(Malformed, match="no targets"):
        argmap.what_if(MAP, (), ["df-quad"])


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"permutations": 3}, "/permutations"),
        ({"permutations": 100_001}, "/permutations"),
        ({"seed": -1}, "/seed"),
        ({"seed": 2**53}, "/seed"),
    ],
)
def test_a_sample_has_its_bounds(given: dict[str, int], pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        argmap.explain(MAP, "tram", "df-quad", method="shapley", **given)

    assert caught.value.pointer == pointer


def test_few_players_are_not_sampled() -> None:
    found = argmap.explain(MAP, "tram", "df-quad", method="shapley", seed=3)

    assert (found.exact, found.seed, found.permutations) == (True, None, None)

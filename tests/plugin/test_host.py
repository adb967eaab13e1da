"""The host goes on, whatever a plugin does wrong, and says what that was."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from argmap.errors import NotFound, PluginClash, PluginFault
from argmap.plugin import Host, Map, evaluate

Install = Callable[..., None]

SHIPPED = {
    "base-score",
    "df-quad",
    "euler-based",
    "euler-based-top",
    "grounded",
    "mlp-based",
    "quadratic-energy",
}

HEAD = """
    from argmap.plugin import Rule, hookimpl

    def half(graph):
        "Call everything a half."
        return {key: 0.5 for key in graph.ids}
"""
RULE = """
    @hookimpl
    def argmap_rules():
        yield Rule({name!r}, "A stranger's", half)
"""


def offers(name: str) -> str:
    return HEAD + RULE.format(name=name)


def test_the_shipped_rules_come_by_entry_points_and_without_problems() -> None:
    host = Host.load(strict=True)

    assert set(host.rules) >= SHIPPED
    assert all(host.rules[name].is_shipped for name in SHIPPED)
    assert list(host.rules) == sorted(host.rules)
    assert host.problems == ()


def test_a_strangers_rule_is_there_with_its_distribution_and_version(
    install: Install,
) -> None:
    install("mine", offers("half"), distribution="argmap-mine", version="3.4")

    installed = Host.load().rules["half"]

    assert (installed.plugin, installed.distribution) == ("mine", "argmap-mine")
    assert not installed.is_shipped
    assert installed.rule.version == "3.4"
    assert installed.rule.description == "Call everything a half."
    assert evaluate(Map.of(["a"]), installed.rule).strengths == {"a": 0.5}


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        (
            "import no_such_module",
            "ModuleNotFoundError: No module named 'no_such_module'",
        ),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("this is no Python", "SyntaxError"),
        (HEAD, "marks no function with @hookimpl"),
        (
            offers("half").replace("def argmap_rules", "def argmap_rule"),
            "unknown hook 'argmap_rule' in plugin",
        ),
        (
            offers("half").replace("def argmap_rules()", "def argmap_rules(version)"),
            "{'version'} are declared in the hookimpl but can not be found in",
        ),
        (offers("Half Hearted"), "'Half Hearted' is no slug"),
        (offers("half") + "        yield 'another'", "'another', which is no Rule"),
        (offers("half") + "        1 / 0", "ZeroDivisionError: division by zero"),
        (
            HEAD + "    @hookimpl\n    def argmap_rules():\n        return 3\n",
            "TypeError: 'int' object is not iterable",
        ),
        (
            HEAD.replace("Rule,", "Format, Rule,")
            + "    @hookimpl\n    def argmap_formats():\n        return [half]\n",
            "which is no Format",
        ),
    ],
    ids=[
        "broken import",
        "exits",
        "syntax",
        "no hook",
        "misspelt hook",
        "unknown argument",
        "bad name",
        "yields junk",
        "raises midway",
        "returns no iterable",
        "junk among formats",
    ],
)
def test_a_faulty_plugin_is_named_and_left_out_and_the_others_stay(
    install: Install, code: str, detail: str
) -> None:
    install("faulty", code, distribution="a-faulty-one")
    install("good", offers("good"))

    host = Host.load()

    assert set(host.rules) >= SHIPPED | {"good"}
    assert "half" not in host.rules
    (problem,) = host.problems
    assert (problem.plugin, problem.distribution) == ("faulty", "a-faulty-one")
    assert detail in problem.detail
    with pytest.raises(PluginFault, match="faulty"):
        Host.load(strict=True)


def test_two_strangers_that_clash_are_both_left_out_and_both_named(
    install: Install,
) -> None:
    install("one", offers("half"))
    install(
        "two",
        offers("half")
        + RULE.format(name="whole").replace(
            "    @hookimpl\n    def argmap_rules():\n", ""
        ),
    )

    host = Host.load()

    assert "half" not in host.rules
    assert "whole" in host.rules
    assert [problem.plugin for problem in host.problems] == ["one", "two"]
    for problem in host.problems:
        assert "'half' is offered by one (one) and two (two)" in problem.detail
    with pytest.raises(PluginClash):
        Host.load(strict=True)


def test_one_plugin_that_offers_a_name_twice_clashes_with_itself(
    install: Install,
) -> None:
    install("twice", offers("half") + '        yield Rule("half", "Again", half)\n')

    host = Host.load()

    assert "half" not in host.rules
    assert {problem.plugin for problem in host.problems} == {"twice"}


def test_a_shipped_rule_keeps_its_name_in_a_clash(install: Install) -> None:
    install("usurper", offers("df-quad"))

    host = Host.load()

    assert host.rules["df-quad"].is_shipped
    (problem,) = host.problems
    assert problem.plugin == "usurper"
    assert "argmap_gradual (argmap)" in problem.detail


def test_plugins_are_taken_in_the_order_of_their_names(install: Install) -> None:
    install("zebra", "1 / 0")
    install("ant", "1 / 0")

    assert [problem.plugin for problem in Host.load().problems] == ["ant", "zebra"]


def test_single_files_of_a_directory_are_plugins_with_their_hash_as_version(
    tmp_path: Path, install: Install
) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    install("unused", offers("unused"))
    code = (tmp_path / "unused.py").read_text().replace("'unused'", "'from-a-file'")
    (folder / "mine.py").write_text(code)
    (folder / "broken.py").write_text("import")

    host = Host.load(folder)

    rule = host.rule("from-a-file")
    assert rule.plugin == "mine"
    assert rule.version is not None
    assert len(rule.version) == 12
    (problem,) = host.problems
    assert (problem.plugin, problem.distribution) == ("broken", None)
    assert not any("broken" in name for name in sys.modules)


def test_what_cannot_be_read_in_a_directory_is_named_and_costs_nothing_else(
    tmp_path: Path,
) -> None:
    (tmp_path / "good.py").write_text(dedent(offers("good")))
    (tmp_path / ".#good.py").symlink_to("somebody@somewhere.1234")
    (tmp_path / ".hidden.py").write_text("1 / 0")
    (tmp_path / "dangling.py").symlink_to("nowhere")
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")

    host = Host.load(tmp_path)

    assert "good" in host.rules
    assert [p.plugin for p in host.problems] == ["dangling", "folder", "pipe"]
    for problem in host.problems:
        assert f"{problem.plugin}.py is no file that can be read" in problem.detail


def test_a_rule_may_have_a_version_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from argmap.plugin import Rule, hookimpl\n"
        "@hookimpl\n"
        "def argmap_rules():\n"
        "    yield Rule('own', 'Own', lambda graph: graph.base_scores, version='7')\n"
    )

    assert Host.load(tmp_path).rule("own").version == "7"


def test_an_edited_file_is_read_anew(tmp_path: Path) -> None:
    source = (
        "from argmap.plugin import Rule, hookimpl\n"
        "def f(graph): return graph.base_scores * 0 + {}\n"
        "@hookimpl\n"
        "def argmap_rules(): return [Rule('constant', 'Constant', f)]\n"
    )

    def strength() -> tuple[float, str | None]:
        rule = Host.load(tmp_path).rule("constant")
        return evaluate(Map.of(["a"]), rule).strengths["a"], rule.digest

    (tmp_path / "mine.py").write_text(source.format("0.1"))
    first, first_digest = strength()
    (tmp_path / "mine.py").write_text(source.format("0.2"))
    second, second_digest = strength()

    assert (first, second) == (0.1, 0.2)
    assert first_digest != second_digest


def test_a_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="plugins directory"):
        Host.load(tmp_path / "nowhere")


def test_asking_for_what_is_not_installed_is_an_error() -> None:
    host = Host.load()

    with pytest.raises(NotFound, match="no rule 'nothing'"):
        host.rule("nothing")
    with pytest.raises(NotFound, match="no rule 'df-squad'; do you mean 'df-quad'"):
        host.rule("df-squad")
    with pytest.raises(NotFound, match="no format 'nothing'"):
        host.format("nothing")

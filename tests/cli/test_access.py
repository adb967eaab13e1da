"""Keys and members on the command line: a secret once, and a line for what is wrong."""

from collections.abc import Callable

import pytest
from click.testing import Result

from argmap.service.keys import digest
from argmap.settings import Settings
from argmap.store import Store

Run = Callable[..., Result]


def test_the_secret_is_all_of_standard_output_and_shown_once(run: Run) -> None:
    made = run("keys", "create", "Anna Cho", "--admin", "--expires", "2999-01-01")
    secret = made.stdout.strip()
    listed = run("keys", "list")

    assert secret.startswith("amk_")
    assert secret not in made.stderr + listed.output
    assert "anna-cho" in listed.stdout
    with Store.open(Settings()) as store:
        caller = store.door.find(digest(secret))
    assert caller is not None
    assert (caller.key, caller.name, caller.is_admin) == ("anna-cho", "Anna Cho", True)


def test_a_member_is_listed_until_the_key_is_revoked(run: Run) -> None:
    run("members", "set", "japan-nato", "bert", "owner")
    assert "owner" in run("members", "list", "japan-nato").stdout
    run("keys", "revoke", "bert")

    assert "bert" not in run("members", "list", "japan-nato").stdout
    assert "bert" not in run("keys", "list").stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ("keys", "create", " "),
        ("keys", "create", "Bert", "--key", "bert"),
        ("keys", "create", "Bert", "--key", "No Key"),
        ("keys", "create", "Bert", "--expires", "2001-01-01"),
        ("keys", "revoke", "nobody"),
        ("members", "set", "japan-nato", "nobody", "reader"),
        ("members", "set", "no-map", "bert", "reader"),
        ("members", "remove", "school-phones", "bert"),
        ("members", "list", "no-map"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run: Run, wrong: tuple[str, ...]) -> None:
    refused = run(*wrong)

    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert refused.stdout == ""

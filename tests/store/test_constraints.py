"""The database itself refuses rows that no map can have."""

import sqlite3
from pathlib import Path

import pytest

from argmap.model import Map, NewPassage, Source, Span
from argmap.model.operations import Add
from argmap.settings import Settings
from argmap.store import Store
from argmap.store.tables import METADATA
from stored import change, create

JOB = "(key, caller, status, done, call_off, seen_at)"

WRONG = {
    "ck_map_key": "UPDATE map SET key = ''",
    "ck_map_visibility": "UPDATE map SET visibility = 'secret'",
    "ck_map_rev": "UPDATE map SET rev = 0",
    "ck_map_revision": "UPDATE map SET rev = revision + 1",
    "ck_source_key": "UPDATE source SET key = ''",
    "ck_source_credibility": "UPDATE source SET credibility = 1.5",
    "ck_source_length": "UPDATE source SET length = -1",
    "ck_source_rev": "UPDATE source SET rev = 0",
    "ck_passage_key": "UPDATE passage SET key = ''",
    "ck_passage_spans": "UPDATE passage SET spans = '[]'",
    "ck_passage_paragraph": "UPDATE passage SET paragraph = -1",
    "ck_passage_page": "UPDATE passage SET page = -1",
    "ck_passage_rev": "UPDATE passage SET rev = 0",
    "ck_passage_orphaned": "UPDATE passage SET orphaned = 2",
    "ck_claim_key": f"UPDATE claim SET key = '{'k' * 65}'",
    "ck_claim_text": "UPDATE claim SET text = ''",
    "ck_claim_kind": "UPDATE claim SET kind = 'node'",
    "ck_claim_base_score": "UPDATE claim SET base_score = 1.01",
    "ck_claim_implicit": "UPDATE claim SET implicit = 2",
    "ck_claim_rev": "UPDATE claim SET rev = 0",
    "ck_relation_key": "UPDATE relation SET key = ''",
    "ck_relation_kind": "UPDATE relation SET kind = 'edge'",
    "ck_relation_premises": "UPDATE relation SET premises = '[]'",
    "ck_relation_target": "UPDATE relation SET kind = 'support', target_claim = NULL",
    "ck_relation_target_kind": "UPDATE relation SET kind = 'undercut'",
    "ck_relation_weight": "UPDATE relation SET weight = -0.5",
    "ck_relation_rev": "UPDATE relation SET rev = 0",
    "ck_change_revision": "UPDATE change SET revision = 0",
    "ck_change_operations": "UPDATE change SET touched = NULL WHERE revision = 2",
    "ck_portion_revision": "UPDATE portion SET revision = 0",
    "ck_portion_kind": "UPDATE portion SET kind = 'node'",
    "ck_round_key": "INSERT INTO round VALUES (1, '', 1, '', '', '', '', '')",
    "ck_round_revision": "INSERT INTO round VALUES (1, 'r', 0, '', '', '', '', '')",
    "ck_deleted_key": "INSERT INTO deleted VALUES ('', 1)",
    "ck_deleted_revision": "INSERT INTO deleted VALUES ('gone', 0)",
    "ck_api_key_key": "UPDATE api_key SET key = ''",
    "ck_api_key_digest": "UPDATE api_key SET digest = 'short'",
    "ck_api_key_is_admin": "UPDATE api_key SET is_admin = 2",
    "ck_member_role": "INSERT INTO member VALUES (1, 1, 'friend')",
    "ck_audit_revision": "INSERT INTO audit VALUES (1, '', NULL, '', NULL, 0)",
    "ck_job_status": f"INSERT INTO job {JOB} VALUES ('j', 0, 'lost', 0, 0, '')",
    "ck_job_done": f"INSERT INTO job {JOB} VALUES ('j', 0, 'done', -1, 0, '')",
    "ck_job_call_off": f"INSERT INTO job {JOB} VALUES ('j', 0, 'done', 0, 2, '')",
}

DOUBLE = {
    "map.key": "INSERT INTO map SELECT id + 1, key, title, description, language,"
    " targets, data, residue, visibility, revision, rev, created_at, updated_at"
    " FROM map",
    "claim.key": "UPDATE claim SET key = 'a'",
}

ORPHANS = [
    "UPDATE source SET map_id = 7",
    "UPDATE passage SET source = 'nowhere'",
    "UPDATE claim SET map_id = 7",
    "UPDATE relation SET map_id = 7",
    "UPDATE change SET map_id = 7",
    "UPDATE portion SET map_id = 7",
    "INSERT INTO snapshot VALUES (1, 9, '', '')",
    "INSERT INTO round VALUES (7, 'r', 1, '', '', '', '', '')",
    "INSERT INTO member VALUES (1, 7, 'reader')",
    "INSERT INTO member VALUES (7, 1, 'reader')",
]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    file = tmp_path_factory.mktemp("constraints") / "argmap.db"
    with Store.open(Settings(database_url=f"sqlite:///{file}")) as store:
        create(store, Map.of(["a", "b"], rebuts=[("b", "a")], key="m"))
        passage = NewPassage(source="s", key="p", spans=(Span(start=0, end=1),))
        change(store, "m", Add(source=Source(key="s", title="S")), Add(passage=passage))
    shell = sqlite3.connect(Path(file), isolation_level=None)
    shell.execute("PRAGMA foreign_keys = ON")
    shell.execute(f"INSERT INTO api_key VALUES (1, 'k', '', '{'0' * 64}', 0, '', NULL)")
    return shell


@pytest.mark.parametrize("name", WRONG)
def test_a_check_refuses_what_is_wrong_in_one_row(
    shell: sqlite3.Connection, name: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK .*: {name}$"):
        shell.execute(WRONG[name])


@pytest.mark.parametrize("column", DOUBLE)
def test_no_key_is_given_twice(shell: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=rf"UNIQUE .*{column}"):
        shell.execute(DOUBLE[column])


@pytest.mark.parametrize("statement", ORPHANS)
def test_no_row_is_left_without_what_it_belongs_to(
    shell: sqlite3.Connection, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        shell.execute(statement)


def test_every_check_is_tried_here() -> None:
    named = {
        str(constraint.name)
        for table in METADATA.tables.values()
        for constraint in table.constraints
    }

    assert {name for name in named if name.startswith("ck_")} == set(WRONG)

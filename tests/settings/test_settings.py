"""Settings come from the environment, a file and defaults; mistakes are told."""

from pathlib import Path

import pytest

from argmap.cli.settings import document
from argmap.errors import Malformed
from argmap.settings import Settings

DOCUMENT = Path(__file__).parents[2] / "openapi" / "SETTINGS.md"


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load({"HOME": "/root"}, tmp_path) == Settings()


def test_the_environment_counts_more_than_the_file(tmp_path: Path) -> None:
    (tmp_path / "argmap.toml").write_text(
        'port = 9000\nhost = "::1"\nallow_origin = ["https://a.example"]\n'
    )

    found = Settings.load({"ARGMAP_PORT": "9001"}, tmp_path)

    assert found == Settings(port=9001, host="::1", allow_origin=("https://a.example",))


def test_texts_of_the_environment_become_what_the_setting_is(tmp_path: Path) -> None:
    found = Settings.load(
        {
            "ARGMAP_ALLOW_ORIGIN": "https://a.example http://localhost:5173",
            "ARGMAP_PLUGINS_DIR": "rules",
            "ARGMAP_TRUST": "argmap-caution mine.py",
            "ARGMAP_MAX_BODY_BYTES": "100",
            "ARGMAP_DATABASE_URL": "sqlite:////tmp/a.db",
        },
        tmp_path,
    )

    assert found == Settings(
        allow_origin=("https://a.example", "http://localhost:5173"),
        plugins_dir=Path("rules"),
        trust=("argmap-caution", "mine.py"),
        max_body_bytes=100,
        database_url="sqlite:////tmp/a.db",
    )


@pytest.mark.parametrize(
    ("variable", "text", "told"),
    [
        ("ARGMAP_PORT", "http", "ARGMAP_PORT is 'http'"),
        ("ARGMAP_PORT", "70000", "ARGMAP_PORT is '70000'"),
        ("ARGMAP_MAX_BODY_BYTES", "0", "ARGMAP_MAX_BODY_BYTES"),
        ("ARGMAP_ALLOW_ORIGIN", "*", "ARGMAP_ALLOW_ORIGIN"),
        ("ARGMAP_ALLOW_ORIGIN", "https://a.example/path", "ARGMAP_ALLOW_ORIGIN"),
    ],
)
def test_a_wrong_variable_stops_the_start(
    tmp_path: Path, variable: str, text: str, told: str
) -> None:
    with pytest.raises(Malformed, match=told):
        Settings.load({variable: text}, tmp_path)


def test_an_unknown_variable_is_told_of_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {"ARGMAP_MAX_BODY_BYTE": "1", "ARGMAP_PORT": "9001"}
    found = [Settings.load(environment, tmp_path) for _ in range(2)]

    assert found == [Settings(port=9001)] * 2
    told = capsys.readouterr().err
    assert told.count("ARGMAP_MAX_BODY_BYTE is no setting") == 1
    assert "the nearest is ARGMAP_MAX_BODY_BYTES" in told


def test_the_document_of_the_settings_is_that_of_the_code() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), (
        "a setting has changed; write it down: argmap settings openapi/SETTINGS.md"
    )


def test_the_document_says_of_every_setting_what_it_is() -> None:
    rows = [line.split(" | ") for line in document().splitlines() if "| `" in line]

    assert [row[0] for row in rows] == [f"| `{n}`" for n in Settings.__struct_fields__]
    assert all(len(row) == 5 and row[4].endswith(". |") for row in rows)
    units = {row[0].rpartition("_")[2]: row[3] for row in rows}
    assert (units["seconds`"], units["bytes`"]) == ("seconds", "bytes")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("max_burst = 1" + "0" * 400, "max_burst in .*argmap.toml is 1000"),
        ("max_burst = " + "1" * 5000, "argmap.toml cannot be read"),
        ("heartbeat_seconds = 1e-9", "heartbeat_seconds in .*argmap.toml is 1e-09"),
        ("max_seconds = inf", "max_seconds in .*argmap.toml is inf"),
        ("prot = 8000", "prot in .*argmap.toml is no setting; the nearest is port"),
        ('port = "8000"', "port in .*argmap.toml is '8000'"),
        ("port = ", "argmap.toml cannot be read"),
        ("[server]\nport = 8000", "server in .*argmap.toml"),
    ],
)
def test_a_wrong_line_of_the_file_stops_the_start(
    tmp_path: Path, line: str, told: str
) -> None:
    (tmp_path / "argmap.toml").write_text(line)

    with pytest.raises(Malformed, match=told):
        Settings.load({}, tmp_path)

"""Every sample is known by its content, and comes back as it was."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from argmap.errors import Malformed
from argmap.formats.exchange import detect, read, write
from argmap.model import Map
from argmap.plugin import Host
from samples import FILES, SAMPLES, content, format_of

HOST = Host.load(strict=True)
REPAIRED = {"kialo/adversarial-forward-see.txt", "kialo/adversarial-missing-parent.txt"}
WRITTEN = [
    sample
    for sample in FILES
    if HOST.formats[format_of(sample)].write and format_of(sample) != "csv"
]

each_sample = pytest.mark.parametrize("sample", FILES)


@each_sample
def test_a_sample_is_known_as_what_it_is(sample: str) -> None:
    assert detect(HOST, FILES[sample]).name == format_of(sample)


@each_sample
def test_a_sample_holds_claims(sample: str) -> None:
    map_, _ = read(HOST, FILES[sample])

    assert map_.claims


@pytest.mark.parametrize("sample", WRITTEN)
def test_a_sample_comes_back_as_it_was(sample: str) -> None:
    map_, report = read(HOST, FILES[sample])
    data, _ = write(HOST, map_, format_of(sample))
    again, _ = read(HOST, data)

    assert again == map_
    if sample in REPAIRED:
        assert {remark.severity for remark in report} == {"repair"}
    else:
        assert content(sample, data) == content(sample, FILES[sample])
        assert not [remark for remark in report if remark.severity == "loss"]


def test_all_of_real_xaif_comes_back(shared: Path) -> None:
    files = sorted((shared / "corpora" / "xaif-examples").glob("*.json"))
    assert files
    for file in files:
        data = file.read_bytes()
        map_, _ = read(HOST, data)
        assert content("xaif/", write(HOST, map_, "xaif")[0]) == content("xaif/", data)


def test_the_microtexts_are_read_without_a_loss(shared: Path) -> None:
    files = sorted((shared / "corpora" / "arg-microtexts").glob("*.xml"))
    assert len(files) >= 110
    maps = [read(HOST, file.read_bytes(), strict=True) for file in files]

    assert all(report == () for _, report in maps)
    kinds = [relation.kind for m, _ in maps for relation in m.relations.values()]
    text = b"".join(file.read_bytes() for file in files)
    assert kinds.count("rebut") == text.count(b'type="reb"')
    assert kinds.count("undercut") == text.count(b'type="und"')
    assert kinds.count("support") == text.count(b'type="sup"') + text.count(
        b'type="exa"'
    )


def relations(map_: Map) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [
        (r.kind, r.premises, r.target.claim or r.target.relation)
        for r in map_.relations.values()
    ]


def test_who_asserts_a_claim_in_a_dialogue_is_its_speaker() -> None:
    map_, _ = read(HOST, FILES["aif/dialogue.json"])

    assert {key: c.speaker for key, c in map_.claims.items()} == {
        "4": "Ann Lee",
        "5": "Bob Ray",
        "6": "Ann Lee",
    }
    assert relations(map_) == [("rebut", ("5",), "4")]


def test_a_conflict_with_an_inference_is_an_undercut_of_it() -> None:
    map_, _ = read(HOST, FILES["aif/monologue.json"])

    assert relations(map_) == [
        ("support", ("2", "3"), "1"),
        ("rebut", ("4",), "1"),
        ("undercut", ("5",), "10"),
        ("rephrase", ("6",), "1"),
    ]


def test_reversed_attacks_are_turned_round_only_when_asked() -> None:
    data = FILES["sadface/v0.5-as-written-by-tool-reversed-attack.json"]
    as_written, _ = read(HOST, data)
    turned, _ = read(HOST, data, "sadface", options={"reversed_attacks": "true"})
    ends = [
        (r.premises[0][7], (r.target.claim or "")[7])
        for m in (as_written, turned)
        for r in m.relations.values()
        if r.kind == "rebut"
    ]

    assert ends == [("1", "4"), ("4", "1")]


def test_a_pair_of_brat_files_has_its_passages_in_its_text() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for file in (SAMPLES / "brat").iterdir():
            archive.write(file, file.name)
    map_, report = read(HOST, packed.getvalue())
    source = map_.sources["text"]

    assert report == ()
    assert source.text
    for claim in map_.claims.values():
        (passage,) = [p for p in source.passages if p.key == claim.key]
        (span,) = passage.spans
        assert source.text[span.start : span.end] == claim.text


def test_the_text_that_ova_analysed_is_a_source_with_the_claims_passages() -> None:
    map_, _ = read(HOST, FILES["ova2/remote-work.json"])
    source = map_.sources["text"]
    (passage,) = source.passages

    assert source.text == "Ann: Staff should be free to work from home.\n"
    assert source.text[passage.spans[0].start : passage.spans[0].end] == (
        map_.claims["1"].text
    )
    assert [reference.passage for reference in map_.claims["1"].passages] == ["1"]
    assert map_.targets == ("1",)


def test_a_kialo_line_that_is_no_place_in_the_tree_belongs_to_the_text_above() -> None:
    map_, _ = read(HOST, FILES["kialo/adversarial-number-in-text.txt"])

    assert [claim.text for claim in map_.claims.values()] == [
        "Root",
        "line one\n1.2. million people agree",
        "C",
    ]


@pytest.mark.parametrize(
    ("format", "text", "why"),
    [
        ("kialo", "Discussion Title: T\n\nnonsense", "line 3"),
        ("apx", "arg(a).\natt(a).", "line 2"),
        ("af", "p af 2\n1 3", "line 2"),
        ("af", "p af 9999999", "limit is"),
        ("tgf", "a\n#\na", "line 3"),
        ("bag", "arg(a, much).", "line 1"),
        ("arggraph", "<arggraph><edu id='e'/><edu>", "line 1, column 29"),
        ("brat", "T1\tClaim x", "line 1"),
        ("csv", "id,text\n,no id", "line 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(format: str, text: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        read(HOST, text.encode(), format)


@pytest.mark.parametrize(
    ("format", "text", "pointer"),
    [
        ("aif", '{"nodes": [{"text": "a"}], "edges": []}', "/nodes/0"),
        ("aif", '{"nodes": {}, "edges": []}', "/nodes"),
        ("xaif", '{"AIF": {"nodes": [], "edges": [7]}}', "/AIF/edges/0"),
        ("sadface", '{"nodes": [], "edges": [{"id": "e"}]}', "/edges/0"),
        ("arguebuf", '{"nodes": {"a": 1}}', "/nodes/a"),
        ("ova2", '{"nodes": [], "edges": [{"from": 1}]}', "/edges/0"),
        ("qbaf", '{"arguments": [{"id": "a", "base_score": "b"}]}', "/arguments/0"),
        (
            "aif",
            '{"nodes": [{"nodeID": "a", "type": "I", "text": "a", "argmap": '
            '{"base_score": 7}}], "edges": []}',
            "/nodes/0/argmap/base_score",
        ),
        (
            "aif",
            '{"nodes": [{"nodeID": "a", "type": "I", "text": "a", "argmap": '
            '{"passages": [{"source": "s", "passage": "p"}]}}], "edges": []}',
            "/nodes/0",
        ),
    ],
)
def test_what_is_wrong_is_told_with_a_pointer(
    format: str, text: str, pointer: str
) -> None:
    with pytest.raises(Malformed) as refused:
        read(HOST, text.encode(), format)

    assert refused.value.pointer == pointer

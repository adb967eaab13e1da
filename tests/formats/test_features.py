"""What formats declare to hold they hold, and what they lose they report."""

import pytest

from argmap.formats.exchange import read, write
from argmap.plugin import FEATURES, Format, Host
from argmap.plugin.features import TITLES, Feature, used
from features_of_maps import MAPS, SEEN
from formats_table import README, written

HOST = Host.load(strict=True)
BOTH = {name: f for name, f in HOST.formats.items() if f.read and f.write}
OUT = {name: f for name, f in HOST.formats.items() if f.write and not f.read}
TRIED: list[Feature] = [feature for feature in FEATURES if feature in MAPS]

each_feature = pytest.mark.parametrize("feature", TRIED)


def is_reported(format_: Format, feature: Feature) -> bool:
    _, report = write(HOST, MAPS[feature][0], format_.name)
    severity = "note" if feature == "keys" else "loss"
    return any((r.code, r.severity) == (feature, severity) for r in report)


def test_every_feature_has_a_name_and_is_tried() -> None:
    assert set(TITLES) == set(FEATURES) == {*TRIED, "residue", "strange"}


@each_feature
def test_a_map_that_is_tried_has_its_feature_and_the_other_not(
    feature: Feature,
) -> None:
    having, lacking = MAPS[feature]

    assert used(having, feature)
    assert SEEN[feature](having) != SEEN[feature](lacking)


@pytest.mark.parametrize("name", [name for name, f in HOST.formats.items() if f.write])
def test_what_can_be_written_declares_every_feature(name: str) -> None:
    assert set(HOST.formats[name].features) == set(FEATURES)


@each_feature
@pytest.mark.parametrize("name", BOTH)
def test_what_is_held_comes_back_and_what_is_lost_is_reported(
    name: str, feature: Feature
) -> None:
    map_ = MAPS[feature][0]
    data, _ = write(HOST, map_, name)
    again, _ = read(HOST, data, name)

    is_same = SEEN[feature](again) == SEEN[feature](map_)
    holding = BOTH[name].features[feature]
    if feature == "keys":  # names are no loss, and may come back by chance
        assert is_reported(BOTH[name], feature) is (holding != "held")
        assert is_same or holding == "lost"
        return
    assert is_same is (holding != "lost")
    assert is_reported(BOTH[name], feature) is (holding == "lost")


@each_feature
@pytest.mark.parametrize("name", OUT)
def test_what_is_held_can_be_seen_in_what_is_only_written(
    name: str, feature: Feature
) -> None:
    having, lacking = (write(HOST, map_, name)[0] for map_ in MAPS[feature])

    is_lost = OUT[name].features[feature] == "lost"
    assert is_reported(OUT[name], feature) is is_lost
    assert (having == lacking) is is_lost or feature == "keys"


def test_the_table_in_the_docs_is_that_of_the_code() -> None:
    assert README.read_text("utf-8") == written(README.read_text("utf-8"))

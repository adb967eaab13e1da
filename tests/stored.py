"""A map that has everything, and short ways to write to a store in tests."""

from datetime import UTC, datetime
from hashlib import sha256
from threading import Event
from typing import Any

from argmap.model import (
    Asks,
    Author,
    Claim,
    Map,
    Operation,
    Passage,
    PassageReference,
    Relation,
    Scheme,
    Source,
    Span,
    Target,
    normal,
)
from argmap.store import Act, Caller, Committed, NewKey, Snapshot, Store, Write

NOW = datetime(2026, 1, 1, tzinfo=UTC)

RICH = Map(
    key="rich",
    title="Straßenbahn für Übermut? 日本語 🚋",
    description="Zeile 1\nZeile 2\t'quoted' \"twice\" \\ \u202eright to left\u202c",
    language="de",
    targets=("build",),
    sources={
        "council": Source(
            key="council",
            title="Ratsprotokoll",
            authors=(
                Author(name="Ada Öz", qualifications="engineer"),
                Author(name="B"),
            ),
            publisher="City",
            published_on="2024-05",
            accessed_on="2024-05-02",
            url="https://example.org/?a=1&b=%20",
            language="de",
            credibility=0.25,
            text="Die Bahn fährt. 日本",
            passages=(
                Passage(key="p2", spans=(Span(start=4, end=8),), page=0),
                Passage(
                    key="p1",
                    spans=(Span(start=0, end=3), Span(start=9, end=14)),
                    paragraph=3,
                    data={"n": None},
                ),
            ),
            data={"votes": [1, 2.5, {"x": "é"}]},
            residue={"argdown": {"line": 3}},
        ),
    },
    claims={
        "build": Claim(
            key="build",
            text="Wir bauen sie.",
            wordings=("Bauen!", "路面電車"),
            kind="policy",
            base_score=0.1 + 0.2,
            speaker="Ada",
            tags=("traffic", "money"),
            implicit=True,
            passages=(
                PassageReference(
                    source="council", passage="p1", stance="rejects", attributed_to="B"
                ),
            ),
            data={"deep": {"er": [True, None]}},
            residue={"aif": {"nodeID": "7"}},
        ),
        "quiet": Claim(key="quiet", text="Sie ist leise.", base_score=0.0),
        "rails": Claim(key="rails", text="Schienen quietschen.", base_score=1.0),
    },
    relations={
        "r2": Relation(
            key="r2",
            kind="support",
            premises=("quiet", "rails"),
            target=Target(claim="build"),
            weight=0.75,
            scheme=Scheme(name="cause to effect", id="7", vocabulary="walton"),
            passages=(PassageReference(source="council", passage="p2"),),
        ),
        "r1": Relation(
            key="r1",
            kind="undercut",
            premises=("rails",),
            target=Target(relation="r2"),
            asks=Asks(relation="r2", question="Is it so?"),
            data={"by": "me"},
        ),
    },
    data={"votes": {"yes": 3}},
    residue={"argdown": {"front": "matter"}},
)


def create(store: Store, map_: Map) -> Snapshot:
    """Store a map that is not there yet."""
    write = Write(map=map_.key, content=normal(map_), create=True)
    return store.create(write).snapshot


def change(store: Store, key: str, *operations: Operation) -> Committed:
    """Change a map, and wait until that is durable."""
    return store.submit(Write(map=key, operations=operations)).result()


def hold(store: Store) -> Event:
    """Keep the writer busy, so that what is submitted next becomes one group.

    It goes on when what comes back is set.
    """
    gate = Event()
    assert store._writer
    store._writer.submit(lambda _: gate.wait())
    return gate


def key(store: Store, name: str, **more: Any) -> Caller:
    """Make an API key, and give whoever calls with it: its name is its secret."""
    digest = sha256(name.encode()).hexdigest()
    new = NewKey(key=name, name=f"{name} Cho", digest=digest, created_at=NOW, **more)
    store.people.add_key(new).result()
    found = store.door.find(digest)
    assert found is not None
    return found


def seen(store: Store, caller: Caller) -> Store:
    """Give a store as somebody may use it."""
    return store.seen_by(Act(caller=caller, what="test"))

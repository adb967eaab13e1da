"""The same work done the usual way: FastAPI, SQLModel and uvicorn, to compare with.

Claims and relations are rows; a write checks the map's revision, makes the next one and
its entry in the history, in a transaction that is on the disk before the answer; a tree
is the map evaluated by quadratic energy and nested. What argmap does besides (tags,
tests of the whole map, deriving of keys) is left out.
"""

import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limited
from sqlalchemy import event, update
from sqlmodel import Field, Session, SQLModel, col, create_engine, select


class MapRow(SQLModel, table=True):
    """A map and its newest revision."""

    key: str = Field(primary_key=True)
    revision: int


class ClaimRow(SQLModel, table=True):
    """A claim."""

    map: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    rev: int
    text: str
    kind: str = "claim"
    base_score: float | None = None
    implicit: bool = False


class RelationRow(SQLModel, table=True):
    """A relation of one premise to a claim."""

    map: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    kind: str
    premise: str
    target: str
    weight: float = 1.0


class ChangeRow(SQLModel, table=True):
    """What made a revision."""

    map: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    operations: str


class ClaimIn(BaseModel):
    """A claim to be."""

    model_config = ConfigDict(extra="forbid", strict=True)
    key: str = Limited(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    text: str = Limited(min_length=1, max_length=5000)
    kind: str = "claim"
    base_score: float | None = Limited(default=None, ge=0, le=1)
    implicit: bool = False


class ClaimOut(BaseModel):
    """A claim."""

    key: str
    rev: int
    text: str
    kind: str
    base_score: float | None
    implicit: bool


class Node(BaseModel):
    """A claim in a tree."""

    id: str
    claim: str
    text: str
    strength: float
    side: str | None
    relation: str | None
    child_count: int
    children: list["Node"]


app = FastAPI()
engine: Any = None


@app.get("/maps/{map}/claims/{claim}")
def read(map: str, claim: str) -> ClaimOut:
    with Session(engine) as session:
        row = session.get(ClaimRow, (map, claim))
        if row is None:
            raise HTTPException(404)
        return ClaimOut(**row.model_dump(exclude={"map"}))


@app.post("/maps/{map}/claims", status_code=201)
def add(map: str, body: ClaimIn) -> ClaimOut:
    with Session(engine) as session:
        session.exec(
            update(MapRow)
            .where(col(MapRow.key) == map)
            .values(revision=MapRow.revision + 1)
        )
        of = session.get(MapRow, map)
        if of is None:
            raise HTTPException(404)
        if session.get(ClaimRow, (map, body.key)) is not None:
            raise HTTPException(409)
        row = ClaimRow(map=map, rev=of.revision, **body.model_dump())
        change = ChangeRow(
            map=map, revision=of.revision, operations=body.model_dump_json()
        )
        session.add_all([of, row, change])
        session.commit()
        session.refresh(row)
        return ClaimOut(**row.model_dump(exclude={"map"}))


@app.get("/maps/{map}/claims/{claim}/tree")
def tree(map: str, claim: str) -> Node:
    with Session(engine) as session:
        claims = {
            row.key: row
            for row in session.exec(select(ClaimRow).where(ClaimRow.map == map))
        }
        rows = session.exec(select(RelationRow).where(RelationRow.map == map)).all()
    children: dict[str, list[RelationRow]] = {}
    for row in rows:
        children.setdefault(row.target, []).append(row)

    def node(key: str, via: RelationRow | None, place: str, sign: int) -> Node:
        base = claims[key].base_score
        below = [
            node(
                row.premise,
                row,
                f"{place}_{row.key}_{row.premise}",
                sign if row.kind == "support" else -sign,
            )
            for row in children.get(key, ())
        ]
        energy = sum(
            each.strength * row.weight * (1 if row.kind == "support" else -1)
            for each, row in zip(below, children.get(key, ()), strict=True)
        )
        start = 0.5 if base is None else base
        share = energy * energy / (1 + energy * energy)
        strength = start + (1 - start) * share if energy > 0 else start - start * share
        return Node(
            id=place,
            claim=key,
            text=claims[key].text,
            strength=strength,
            side=None if via is None else "pro" if sign > 0 else "con",
            relation=via and via.key,
            child_count=len(below),
            children=below,
        )

    return node(claim, None, claim, 1)


def main(file: str, port: int, claims: int, branches: int) -> None:
    """Serve a bush of so many claims, as argmap's is."""
    global engine
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(MapRow(key="bush", revision=1))
        for i in range(claims):
            text = f"This is what somebody says, number {i}."
            session.add(ClaimRow(map="bush", key=f"c{i}", rev=1, text=text))
        for i in range(1, claims):
            session.add(
                RelationRow(
                    map="bush",
                    key=f"r{i}",
                    kind="rebut" if i % 3 else "support",
                    premise=f"c{i}",
                    target=f"c{(i - 1) // branches}",
                )
            )
        session.commit()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))

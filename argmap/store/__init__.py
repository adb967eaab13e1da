"""Maps at rest: the only SQL, and the only place that knows there is a database.

A write is one transaction: check what the writer has seen, apply, validate, rows,
history, revision; nobody hears that it is done before it is on the disk. One thread
writes, and commits together what waits. Readers see snapshots, kept in memory by map
and revision, and never rows.
"""

from argmap.store.access import Entry, KeyHeader, Member, NewKey
from argmap.store.callers import NOBODY, Act, Caller, Role, Visibility, require_admin
from argmap.store.jobs import JobBoard, JobNews, JobStatus
from argmap.store.people import People
from argmap.store.revs import Item, Revs
from argmap.store.rounds import Change, RoundDone, RoundWrite
from argmap.store.search import Found, Wanted
from argmap.store.snapshot import (
    Answer,
    ChangeSet,
    Committed,
    MapHeader,
    Planned,
    Receipt,
    Snapshot,
    Write,
)
from argmap.store.store import Store

__all__ = [
    "NOBODY",
    "Act",
    "Answer",
    "Caller",
    "Change",
    "ChangeSet",
    "Committed",
    "Entry",
    "Found",
    "Item",
    "JobBoard",
    "JobNews",
    "JobStatus",
    "KeyHeader",
    "MapHeader",
    "Member",
    "NewKey",
    "People",
    "Planned",
    "Receipt",
    "Revs",
    "Role",
    "RoundDone",
    "RoundWrite",
    "Snapshot",
    "Store",
    "Visibility",
    "Wanted",
    "Write",
    "require_admin",
]

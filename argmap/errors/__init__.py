"""Every error that argmap raises on purpose.

::

    ArgmapError
    ├── Malformed                 cannot be read: not JSON, wrong type, bad text
    │   └── TooLarge              more than a limit allows
    ├── InvalidMap                well-formed, but the map that results is wrong
    ├── Fault                     one thing wrong in a map, with its place
    │   ├── CircularUndercut      relations that target each other in a ring
    │   ├── DuplicateKey          two items of one kind with one key
    │   ├── InUse                 a removal that would leave a reference dangling
    │   ├── InvalidData           another type; free data that are no JSON, or too deep
    │   ├── InvalidKey            not a slug
    │   ├── InvalidSpan           a span that is empty, reversed or past the text
    │   ├── InvalidText           control characters, lone surrogates, nothing at all
    │   ├── OutOfRange            a number or a time outside its range
    │   ├── PassageMismatch       a passage that is not what its hash says
    │   ├── Repeated              a premise or a target that is listed twice
    │   ├── SelfSupport           a claim among its own premises
    │   ├── Unknown               a key that names nothing in the map
    │   ├── WrongExact            words that are not those at a passage's spans
    │   └── WrongTarget           a relation that may not target this
    ├── WrongText                 a text that is not the one a source means
    ├── NotFound                  no map, claim, rule … of that key
    ├── AlreadyExists             something of that key is there already
    ├── Unauthorized              no API key, or one that is not known here
    ├── Forbidden                 more than the caller's role on a map allows
    ├── LastOwner                 a map would be left without an owner
    ├── Stale                     If-Match names a state that is not the newest
    ├── PreconditionRequired      a change of what exists, without If-Match or if
    ├── RevertBlocked             a change that later ones do not let be undone
    ├── Exists                    If-None-Match asks that nothing else be there
    ├── KeyReused                 an Idempotency-Key that came with another request
    ├── UnderWay                  a request of that Idempotency-Key is not done yet
    ├── BadMove                   a move that a debate round does not allow
    │   ├── AlreadySaid           it says what is on the flow already
    │   ├── NotSaid               it is about what nobody has said
    │   ├── OutOfTurn             its speech is over, or what it is about is not
    │   ├── TooLate               it is about what is dropped, conceded or kicked
    │   └── WrongSide             it is against its own side, or for the other
    ├── InvalidParameters         parameters or options that a rule does not take
    ├── Lossy                     a file would lose something, and may not
    ├── NotInstalled              an optional package that is not there
    ├── PictureTooLarge           a picture of more pixels than it may have
    ├── TooDeep                   a tree deeper than what is nested may be
    ├── TooSlow                   a computation that takes longer than it may
    ├── Cancelled                 a computation that was called off
    ├── PluginFault               a plugin raised, or returned what is no answer
    │   └── PluginTooSlow         a plugin took longer than it may
    ├── PluginClash               two plugins offer one name
    └── Unavailable               cannot be done now: try again later
        ├── StorageFull           no room to write
        └── AddressInUse          another program listens there

``code`` is public and stable, the text is not. Facts are attributes; the message gives
the value, what is wrong with it and what to do. HTTP statuses live in
``argmap.api.errors``.
"""

from argmap.errors.access import Forbidden, LastOwner, Unauthorized
from argmap.errors.faults import (
    CircularUndercut,
    DuplicateKey,
    Fault,
    InUse,
    InvalidData,
    InvalidKey,
    InvalidMap,
    InvalidSpan,
    InvalidText,
    OutOfRange,
    PassageMismatch,
    Repeated,
    SelfSupport,
    Unknown,
    WrongExact,
    WrongTarget,
)
from argmap.errors.root import (
    AlreadyExists,
    ArgmapError,
    Malformed,
    NotFound,
    TooLarge,
)
from argmap.errors.rounds import (
    AlreadySaid,
    BadMove,
    NotSaid,
    OutOfTurn,
    TooLate,
    WrongSide,
)
from argmap.errors.work import (
    AddressInUse,
    Cancelled,
    InvalidParameters,
    Lossy,
    NotInstalled,
    PictureTooLarge,
    PluginClash,
    PluginFault,
    PluginTooSlow,
    StorageFull,
    TooDeep,
    TooSlow,
    Unavailable,
)
from argmap.errors.writes import (
    Exists,
    KeyReused,
    PreconditionRequired,
    RevertBlocked,
    Stale,
    UnderWay,
    WrongText,
)

__all__ = [
    "AddressInUse",
    "AlreadyExists",
    "AlreadySaid",
    "ArgmapError",
    "BadMove",
    "Cancelled",
    "CircularUndercut",
    "DuplicateKey",
    "Exists",
    "Fault",
    "Forbidden",
    "InUse",
    "InvalidData",
    "InvalidKey",
    "InvalidMap",
    "InvalidParameters",
    "InvalidSpan",
    "InvalidText",
    "KeyReused",
    "LastOwner",
    "Lossy",
    "Malformed",
    "NotFound",
    "NotInstalled",
    "NotSaid",
    "OutOfRange",
    "OutOfTurn",
    "PassageMismatch",
    "PictureTooLarge",
    "PluginClash",
    "PluginFault",
    "PluginTooSlow",
    "PreconditionRequired",
    "Repeated",
    "RevertBlocked",
    "SelfSupport",
    "Stale",
    "StorageFull",
    "TooDeep",
    "TooLarge",
    "TooLate",
    "TooSlow",
    "Unauthorized",
    "Unavailable",
    "UnderWay",
    "Unknown",
    "WrongExact",
    "WrongSide",
    "WrongTarget",
    "WrongText",
]

# One place to import them from, and to see them named after.
for _name in __all__:
    globals()[_name].__module__ = __name__

"""What whoever runs argmap may choose: one Struct, read from three places.

A variable ``ARGMAP_…`` counts more than a line of ``argmap.toml`` in the directory
where argmap starts, and that more than the default. What is of the wrong type or out of
its range stops the start, and so does an unknown line of the file: a setting that is
silently ignored is worse than none. Of an unknown variable, which may be somebody
else's, one line on standard error tells. ``openapi/SETTINGS.md`` lists them all.
"""

import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from argmap.errors import Malformed

FILE = "argmap.toml"
PREFIX = "ARGMAP_"

# Bounds are as wide as they can be: they stop slips, and numbers that would break the
# server later (no clock takes infinity), not what somebody may have a reason for.
YEAR = 31_536_000
"""The most seconds that a setting may be: what is to have no limit has this one."""
DAY = 86_400
"""The most seconds that a socket counts."""
MOMENT = 0.001
"""The fewest seconds that something may be allowed to take."""
TERABYTES = 10_000_000_000_000
"""The most bytes that a setting may be: more than machines have."""

# $ alone would let a line end pass that comes after it.
Origin = Annotated[str, Meta(pattern=r"^https?://[^/?#\s]+$(?!\n)")]
HostName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]+$(?!\n)")]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How this argmap runs. The defaults suit one person on one machine."""

    database_url: Annotated[
        str,
        Meta(
            description="The database: sqlite:///FILE (relative to where argmap "
            "starts), sqlite:////FILE or postgresql://USER@HOST/NAME."
        ),
    ] = "sqlite:///argmap.db"
    host: Annotated[
        str, Meta(min_length=1, description="The address that the server listens on.")
    ] = "127.0.0.1"
    port: Annotated[
        int, Meta(ge=1, le=65_535, description="The port that the server listens on.")
    ] = 8000
    workers: Annotated[
        int,
        Meta(
            ge=1,
            le=64,
            description="Processes that serve; more than one needs PostgreSQL.",
        ),
    ] = 1
    default_rule: Annotated[
        str,
        Meta(
            min_length=1,
            description="The rule that counts where none is named; the server starts "
            "only if it is there.",
        ),
    ] = "quadratic-energy"
    plugins_dir: Annotated[
        Path | None, Meta(description="A directory of single-file plugins to load.")
    ] = None
    trust: Annotated[
        tuple[str, ...],
        Meta(
            description="Distributions and files (mine.py) whose plugins, though not "
            "argmap's own, the server runs in its own process."
        ),
    ] = ()
    strict: Annotated[
        bool, Meta(description="Do not start if a plugin has to be left out.")
    ] = False
    reload: Annotated[
        bool, Meta(description="Load that directory again when a file of it changes.")
    ] = False
    author: Annotated[
        str | None,
        Meta(
            min_length=1,
            max_length=500,
            description="Who the history says has written, where nobody has a key.",
        ),
    ] = None
    auth: Annotated[
        bool,
        Meta(
            description="Ask for API keys, and let each do what it may. Without them "
            "the server listens on loopback only."
        ),
    ] = False
    allow_origin: Annotated[
        tuple[Origin, ...],
        Meta(description="Origins of front ends elsewhere that may call the API."),
    ] = ()
    allow_host: Annotated[
        tuple[HostName, ...],
        Meta(
            description="Names that clients reach the server by, where it asks for API "
            "keys; localhost and addresses always are."
        ),
    ] = ()
    proxy: Annotated[
        tuple[str, ...],
        Meta(
            description="Addresses of proxies in front of the server; what they say in "
            "X-Forwarded-For is believed, and nobody else."
        ),
    ] = ()
    max_rate: Annotated[
        float,
        Meta(
            ge=0,
            le=1_000_000,
            description="Requests a second that one API key, or one address without a "
            "key, may go on sending where the server asks for keys; 0 for any number.",
        ),
    ] = 50.0
    max_burst: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000_000,
            description="Requests that may come at once, before that counts.",
        ),
    ] = 200
    max_body_bytes: Annotated[
        int, Meta(ge=1, le=TERABYTES, description="The largest body of a request.")
    ] = 8_000_000
    max_import_bytes: Annotated[
        int, Meta(ge=1, le=TERABYTES, description="The largest file that is imported.")
    ] = 64_000_000
    max_plugin_seconds: Annotated[
        float,
        Meta(
            ge=MOMENT,
            le=YEAR,
            description="The longest that a stranger's plugin may take for one call, "
            "or to be imported.",
        ),
    ] = 10.0
    max_plugin_bytes: Annotated[
        int,
        Meta(
            ge=1_000_000,
            le=TERABYTES,
            description="The most memory that a worker of strangers' plugins may take.",
        ),
    ] = 2_000_000_000
    max_items: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000_000,
            description="The most claims, relations, sources and passages of a map.",
        ),
    ] = 1_000_000
    max_seconds: Annotated[
        float,
        Meta(
            ge=MOMENT,
            le=YEAR,
            description="The longest that an answer may take; jobs have more.",
        ),
    ] = 30.0
    max_job_seconds: Annotated[
        float, Meta(ge=MOMENT, le=YEAR, description="The longest that a job may run.")
    ] = 3600.0
    max_jobs: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="The most jobs that run or wait at one time.",
        ),
    ] = 16
    max_jobs_each: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="The most of those that one API key has; without `auth` they "
            "are not told apart.",
        ),
    ] = 8
    job_seconds: Annotated[
        float,
        Meta(ge=0, le=YEAR, description="How long a job is kept after its end."),
    ] = 3600.0
    max_body_seconds: Annotated[
        float,
        Meta(
            ge=MOMENT,
            le=YEAR,
            description="The longest that a client may take to send a body.",
        ),
    ] = 60.0
    max_head_seconds: Annotated[
        float,
        Meta(
            ge=MOMENT,
            le=YEAR,
            description="The longest that a client may take to send headers.",
        ),
    ] = 30.0
    max_unread_seconds: Annotated[
        float,
        Meta(
            ge=MOMENT,
            le=DAY,
            description="The longest that a client may take to read on, where the "
            "system can tell: on Linux.",
        ),
    ] = 30.0
    max_connections: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="The most connections that are served; others wait.",
        ),
    ] = 2000
    max_listeners: Annotated[
        int,
        Meta(
            ge=0,
            le=1_000_000,
            description="The most clients that listen for events; each of them has a "
            "connection.",
        ),
    ] = 1000
    max_listeners_each: Annotated[
        int,
        Meta(
            ge=0,
            le=1_000_000,
            description="The most of those that one API key has, or where there is "
            "none, one address; without `auth` they are not told apart.",
        ),
    ] = 100
    heartbeat_seconds: Annotated[
        float,
        Meta(
            ge=0.1,
            le=YEAR,
            description="How often a stream without events says it is alive.",
        ),
    ] = 15.0
    log_format: Annotated[
        Literal["console", "json"],
        Meta(description="How the server's log on standard error is written."),
    ] = "console"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(description="The least grave that the log tells of."),
    ] = "info"
    log_requests: Annotated[
        Literal["none", "failures", "writes", "all"],
        Meta(
            description="Which requests the log tells of: those that the server could "
            "not answer (status 500 and more), also those that write, or all."
        ),
    ] = "failures"
    metrics: Annotated[
        bool, Meta(description="Give figures for Prometheus at /metrics.")
    ] = True
    drain_seconds: Annotated[
        float,
        Meta(
            ge=0,
            le=YEAR,
            description="How long a server that is told to stop still takes requests, "
            "while /ready says that it will not for long.",
        ),
    ] = 0.0
    grace_seconds: Annotated[
        float,
        Meta(
            ge=0,
            le=YEAR,
            description="The longest that a server waits for requests to end.",
        ),
    ] = 10.0
    max_operations: Annotated[
        int, Meta(ge=1, le=1000, description="The most changes in a set of flips.")
    ] = 4

    @staticmethod
    def load(
        environment: Mapping[str, str] | None = None, directory: Path | None = None
    ) -> "Settings":
        """Read the settings that hold in *directory* under *environment*.

        Args:
            environment: ``os.environ`` if left out; of it, what begins with
                ``ARGMAP_``. Several values of one are separated by spaces.
            directory: Where ``argmap.toml`` may be; the working directory if left out.

        Raises:
            Malformed: A setting is of the wrong type or out of its range, one of the
                file is unknown, or that is no TOML. The message says which, and where.

        >>> Settings.load({"ARGMAP_PORT": "8080"}, Path("/nowhere")).port
        8080
        """
        file = (directory or Path()) / FILE
        chosen = _from_file(file)
        environment = os.environ if environment is None else environment
        for variable, text in environment.items():
            if variable.startswith(PREFIX):
                name = variable.removeprefix(PREFIX).lower()
                if name not in _TYPES:
                    _tell_once(f"{variable} {_unknown(name, _as_variable)}")
                    continue
                value = text.split() if name in _SEVERAL else text
                chosen[name] = checked(name, value, variable, strict=False)
        return Settings(**chosen)


_SEVERAL = ("allow_host", "allow_origin", "proxy", "trust")
_TYPES: dict[str, Any] = {
    field.name: field.type for field in msgspec.structs.fields(Settings)
}


def _from_file(file: Path) -> dict[str, Any]:
    try:
        lines = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # also of a number of 5000 digits
        raise Malformed(f"{file} cannot be read: {error}") from error
    return {
        name: checked(name, value, f"{name} in {file}", strict=True)
        for name, value in lines.items()
    }


def checked(name: str, value: Any, place: str, *, strict: bool) -> Any:
    """Give a value that a setting may have; what is not *strict* came as a text.

    Raises:
        Malformed: It may not; the message names the *place* that it was given at.
    """
    if name not in _TYPES:
        raise Malformed(f"{place} {_unknown(name)}")
    try:
        return msgspec.convert(value, _TYPES[name], strict=strict, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise Malformed(f"{place} is {value!r}: {error}") from error


def _unknown(name: str, spell: Callable[[str], str] = str) -> str:
    near = get_close_matches(name, _TYPES, n=1, cutoff=0)[0]
    return f"is no setting; the nearest is {spell(near)} (`argmap settings` lists all)"


def _as_variable(name: str) -> str:
    return PREFIX + name.upper()


@cache
def _tell_once(line: str) -> None:
    sys.stderr.write(f"argmap: {line}\n")


def _path(wanted: type, value: Any) -> Any:
    return Path(value) if wanted is Path and isinstance(value, str) else value

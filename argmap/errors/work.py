"""Why something cannot be computed, converted or done now."""

from collections.abc import Sequence

from argmap.errors.root import ArgmapError


class InvalidParameters(ArgmapError):
    """A rule does not take these parameters or options."""

    code = "invalid-parameters"

    def __init__(self, rule: str, detail: str, pointer: str = "") -> None:
        self.rule, self.detail, self.pointer = rule, detail, pointer
        place = f", {pointer}" if pointer else ""
        super().__init__(f"rule {rule!r}{place}: {detail}")


class Lossy(ArgmapError):
    """Something would be lost, and nothing may be; ``losses`` says what.

    They are remarks, with a code, a place and what was found.
    """

    code = "lossy"

    def __init__(self, losses: Sequence[object]) -> None:
        self.losses = tuple(losses)
        count = f"{len(losses)} {'thing' if len(losses) == 1 else 'things'}"
        super().__init__(
            f"{count} would be lost, so nothing was done; mend what is wrong, "
            "or go on without strict"
        )


class TooDeep(ArgmapError):
    """A tree is deeper than JSON, or text, may be nested: readers would refuse it."""

    code = "too-deep"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"the tree has more than {limit} levels, too many to nest; ask for JSON's "
            f"flat form, or for depth={limit} and go on with under="
        )


class NotInstalled(ArgmapError):
    """An optional package is needed, and is not there."""

    code = "not-installed"

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(
            f"{what} needs a package that is not installed: "
            f"pip install 'argmap[{extra}]'"
        )


class PictureTooLarge(ArgmapError):
    """A picture would have more pixels than it may."""

    code = "picture-too-large"

    def __init__(self, pixels: int, limit: int) -> None:
        self.pixels, self.limit = pixels, limit
        super().__init__(
            f"the picture would have {pixels} pixels; the limit is {limit}; ask for "
            "fewer nodes, a smaller depth or scale, or for SVG"
        )


class TooSlow(ArgmapError):
    """A computation takes longer than it may; there is no partial answer."""

    code = "too-slow"

    def __init__(
        self, seconds: float, less: str = "a smaller map, an easier rule"
    ) -> None:
        self.seconds = seconds
        super().__init__(
            f"no answer within {seconds:g} seconds; allow more time, "
            f"or ask for less: {less}"
        )


class Cancelled(ArgmapError):
    """A computation was called off by whoever asked for it."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("the computation was called off")


class PluginFault(ArgmapError):
    """A plugin raised, or returned what is no answer."""

    code = "plugin-fault"

    def __init__(self, plugin: str, detail: str) -> None:
        self.plugin, self.detail = plugin, detail
        super().__init__(f"plugin {plugin!r}: {detail}")


class PluginTooSlow(PluginFault):
    """A plugin took longer than it may; there is no partial answer."""

    code = "plugin-too-slow"

    def __init__(self, plugin: str, what: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            plugin, f"{what} took longer than the {seconds:g} seconds that it may take"
        )


class PluginClash(ArgmapError):
    """Two plugins offer the same name."""

    code = "plugin-clash"

    def __init__(self, name: str, plugins: Sequence[str]) -> None:
        self.name, self.plugins = name, tuple(plugins)
        super().__init__(
            f"{name!r} is offered by {' and '.join(plugins)}; "
            "uninstall one, or rename it"
        )


class Unavailable(ArgmapError):
    """It cannot be done now; the same request may succeed later."""

    code = "unavailable"


class StorageFull(Unavailable):
    """There is no room to write."""

    code = "storage-full"

    def __init__(self) -> None:
        super().__init__("the disk is full: nothing was written; make room, try again")


class AddressInUse(Unavailable):
    """Another program listens on the address that the server should take."""

    code = "address-in-use"

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"port {port} on {host} is in use; stop what listens there "
            f"or take another: --port {port + 1}"
        )

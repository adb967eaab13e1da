"""Why a caller may not do what was asked."""

from argmap.errors.root import ArgmapError


class Unauthorized(ArgmapError):
    """What was asked for needs an API key that is known here and has not expired."""

    code = "unauthorized"

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"{detail}; send Authorization: Bearer amk_…")


class LastOwner(ArgmapError):
    """A map would be left without anybody to decide about it."""

    code = "last-owner"

    def __init__(self, key: str, map: str) -> None:
        self.key, self.map = key, map
        super().__init__(
            f"{key!r} is the only owner of map {map!r}, which has to have one; make "
            "somebody else an owner first, or delete the map"
        )


class Forbidden(ArgmapError):
    """The caller may see this, and may not do it."""

    code = "forbidden"

    def __init__(self, needed: str, map: str | None = None) -> None:
        self.needed, self.map = needed, map
        whose = f"map {map!r}" if map else "this server"
        super().__init__(
            f"this is for whoever is {needed} of {whose}; "
            "ask an owner of the map, or an admin, for that role"
        )

"""Who may call a server: `keys`, and `members`, which are keys with a role on a map."""

from datetime import datetime

import click

from argmap.cli import options

_ROLES = ("reader", "editor", "owner")


@click.group()
def keys() -> None:
    """Make and revoke API keys."""


@keys.command("create")
@click.argument("name")
@click.option("--admin", is_flag=True, help="It may do everything, and make keys.")
@click.option("--key", help="What it goes by. Default: made of NAME.")
@click.option(
    "--expires",
    type=click.DateTime(),
    help="When it ceases to be good for anything, in UTC.",
)
@options.database
def create_key(
    name: str,
    admin: bool,
    key: str | None,
    expires: datetime | None,
    database: str | None,
) -> None:
    """Make an API key for somebody, and show its secret once.

    Example: `argmap keys create "Anna Cho" --admin`

    The secret goes to standard output, and is sent as `Authorization: Bearer amk_…`.
    NAME is the author of what is written with it. A server on PostgreSQL may run
    meanwhile; one on SQLite makes keys by itself: POST /api/v1/keys.
    """
    from datetime import UTC

    from argmap.errors import Malformed
    from argmap.model import is_key
    from argmap.service.keys import make
    from argmap.store import Store

    if key is not None and not is_key(key):
        raise Malformed(f"{key!r} is no key: use 1 to 64 of a-z, 0-9 and -")
    if not name.strip() or len(name) > 500:
        raise Malformed("the name is empty, or longer than 500 characters")
    values = {
        "name": name,
        "admin": admin,
        "key": key,
        "expires_at": expires.replace(tzinfo=UTC) if expires else None,
    }
    with Store.open(options.settings(database=database)) as store:
        made = make(store.people, values)
    click.echo(f"key {made.header.key}; its secret is not shown again:", err=True)
    click.echo(made.secret)


@keys.command("list")
@options.database
def list_keys(database: str | None) -> None:
    """List the API keys, without their secrets.

    Example: `argmap keys list`
    """
    from argmap.cli.tables import plain, show
    from argmap.store import KeyHeader, Store

    found: list[KeyHeader] = []
    settings = options.settings(database=database)
    with Store.open(settings, read_only=True) as store:
        while page := store.people.list_keys(found[-1].key if found else "", 500):
            found += page
    rows = (
        (
            each.key,
            each.name,
            "admin" if each.is_admin else "",
            f"{each.created_at:%Y-%m-%d}",
            f"{each.expires_at:%Y-%m-%d %H:%M}" if each.expires_at else "",
        )
        for each in found
    )
    show(plain(("key", "name", "", "made", "expires"), rows))


@keys.command("revoke")
@click.argument("key")
@options.database
def revoke_key(key: str, database: str | None) -> None:
    """Make an API key worth nothing; its roles go with it.

    Example: `argmap keys revoke bert`
    """
    from argmap.store import Store

    with Store.open(options.settings(database=database)) as store:
        store.people.revoke_key(key).result()
    click.echo(f"key {key} is revoked", err=True)


@click.group()
def members() -> None:
    """Say which API keys may read and change a map."""


@members.command("list")
@click.argument("map_", metavar="MAP")
@options.database
def list_members(map_: str, database: str | None) -> None:
    """List the keys that have a role on a map.

    Example: `argmap members list japan-nato`
    """
    from argmap.cli.tables import plain, show
    from argmap.store import Member, Store

    found: list[Member] = []
    settings = options.settings(database=database)
    with Store.open(settings, read_only=True) as store:
        people = store.people
        while page := people.list_members(map_, found[-1].key if found else "", 500):
            found += page
    rows = ((each.key, each.name, each.role) for each in found)
    show(plain(("key", "name", "role"), rows))


@members.command("set")
@click.argument("map_", metavar="MAP")
@click.argument("key")
@click.argument("role", type=click.Choice(_ROLES))
@options.database
def set_member(map_: str, key: str, role: str, database: str | None) -> None:
    """Give a key a role on a map, in place of the one that it has.

    Example: `argmap members set japan-nato bert editor`
    """
    from argmap.store import Store

    with Store.open(options.settings(database=database)) as store:
        # click has seen to it that it is a role
        store.people.set_member(map_, key, role).result()  # type: ignore[arg-type] # click checks it
    click.echo(f"{key} is {role} of {map_}", err=True)


@members.command("remove")
@click.argument("map_", metavar="MAP")
@click.argument("key")
@options.database
def remove_member(map_: str, key: str, database: str | None) -> None:
    """Take a key's role on a map away.

    Example: `argmap members remove japan-nato bert`
    """
    from argmap.store import Store

    with Store.open(options.settings(database=database)) as store:
        store.people.remove_member(map_, key).result()
    click.echo(f"{key} has no role on {map_}", err=True)

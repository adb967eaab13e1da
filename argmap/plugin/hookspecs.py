"""What a plugin may offer: hook API 1.

A hook is called once, at start, plugin by plugin in the order of their names; what it
yields are values, kept until the process ends. New hooks and new arguments keep the
API's number; a hook that changes its meaning gets a new name.
"""

from collections.abc import Iterable

import pluggy

from argmap.plugin.format import Format
from argmap.plugin.rule import Rule
from argmap.plugin.scheme import Scheme

PROJECT = "argmap"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def argmap_rules() -> Iterable[Rule]:
    """Offer evaluation rules. Hook API 1.

    Called once, at start. Usually a generator. Of two plugins that offer one name
    neither is taken, and a problem names both; a rule that ships with argmap keeps its
    name. A plugin that raises, or yields anything else, is left out as a whole.
    """
    return ()


@hookspec
def argmap_formats() -> Iterable[Format]:
    """Offer file formats. Hook API 1.

    As for rules: called once, at start, and names may not clash.
    """
    return ()


@hookspec
def argmap_schemes() -> Iterable[Scheme]:
    """Offer argument schemes with their critical questions. Hook API 1.

    As for rules: called once, at start, and keys may not clash.
    """
    return ()

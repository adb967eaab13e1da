"""What one plugin offers, once it is imported."""

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pluggy

import argmap.engine
import argmap.plugin
from argmap.plugin import hookspecs
from argmap.plugin.digest import code_digest
from argmap.plugin.format import Format
from argmap.plugin.laws.record import read_record
from argmap.plugin.rule import Rule
from argmap.plugin.scheme import Scheme
from argmap.plugin.sources import Found

Offer = Rule | Format | Scheme


def offers(plugin: Found) -> list[Offer]:
    """Import a plugin into this process, and ask it what it offers.

    Every plugin is registered with a pluggy manager of its own, so that a misspelt hook
    can be told from a neighbour's and one that raises stops nobody else. Whatever is
    wrong with the plugin is raised as it is.
    """
    module = plugin.load()
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name=plugin.name)
    manager.check_pending()
    if not manager.get_hookcallers(module):
        raise TypeError("it marks no function with @hookimpl, so it offers nothing")
    rules = list(_values(manager.hook.argmap_rules(), Rule))
    formats = list(_values(manager.hook.argmap_formats(), Format))
    schemes = list(_values(manager.hook.argmap_schemes(), Scheme))
    digest = _digest(module) if rules else None
    findings = read_record(module) if rules else {}
    filled = [
        replace(
            rule,
            plugin=plugin.name,
            version=rule.version or plugin.version,
            digest=digest,
            findings=findings.get(rule.name),
        )
        for rule in rules
    ]
    return [*filled, *formats, *schemes]


def _values(answers: list[Any], kind: type) -> Iterator[Any]:
    for answer in answers:
        for value in answer:
            if not isinstance(value, kind):
                raise TypeError(
                    f"it offers {value!r:.100}, which is no {kind.__name__}"
                )
            yield value


def _digest(module: object) -> str | None:
    # Every rule stands on the engine and on the seam: their code is part of what it is.
    if not isinstance(module, ModuleType):
        return None
    return code_digest(module, argmap.engine, argmap.plugin)

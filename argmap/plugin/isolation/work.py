"""What a worker does: imports plugins and answers for them, one request at a time.

Whatever a plugin does must end in a reply or in the end of the process. A reply of
`Failed` ends it too, from the host's side: who knows what is left behind.
"""

import socket
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct

from argmap.engine import Graph, Outcome
from argmap.errors import InvalidMap, InvalidParameters, Malformed, PluginFault
from argmap.model import codec, convert
from argmap.plugin.answer import answer
from argmap.plugin.format import Format
from argmap.plugin.isolation import wire
from argmap.plugin.isolation.frames import receive, send
from argmap.plugin.isolation.limits import limit_memory, limit_time
from argmap.plugin.isolation.proxies import PLAIN
from argmap.plugin.offers import offers
from argmap.plugin.rule import Rule
from argmap.plugin.sources import GROUP, Found
from argmap.plugin.told import told
from argmap.plugin.variants import vary

_LONGEST: Final = 1200  # characters of what is told of a fault


def work(connection: socket.socket) -> None:
    """Answer requests until there are no more."""
    decoder = msgspec.msgpack.Decoder(wire.Request)
    encoder = msgspec.msgpack.Encoder()
    worker = _Worker()
    while (frame := receive(connection)) is not None:
        reply = worker.reply(decoder.decode(frame))
        send(connection, encoder.encode(reply))


class _Worker:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.offered: dict[tuple[str, str, type], Any] = {}
        self.last: tuple[wire.GraphColumns, Graph] | None = None

    def reply(self, request: wire.Request) -> wire.Reply:
        try:
            limit_time(self.seconds)
            return self.answer(request)
        except InvalidParameters as error:
            return wire.Refused(error.detail, error.pointer)
        except Malformed as error:
            return wire.Refused(error.detail, error.pointer)
        except InvalidMap as error:
            fault = error.faults[0]
            return wire.Refused(str(error), fault.pointer)
        except PluginFault as error:
            return wire.Failed(error.detail[:_LONGEST])
        except BaseException as error:
            return wire.Failed(f"raised {told(error)}")

    def answer(self, request: wire.Request) -> wire.Reply:
        match request:
            case wire.Load():
                return self.load(request)
            case wire.Decode():
                rule = self.rule(request)
                params = rule.decode(request.values, is_text=request.is_text)
                return wire.Decoded(msgspec.to_builtins(params))
            case wire.Evaluate():
                return self.evaluate(request)
            case wire.Vary():
                return self.vary(request)
            case wire.Sniff():
                return wire.Sure(float(self.format(request).sniff(request.data)))
            case wire.Read():
                return self.read(request)
            case wire.Write():
                return self.write(request)

    def load(self, request: wire.Load) -> wire.Loaded:
        self.seconds = request.seconds
        limit_time(self.seconds)
        limit_memory(request.memory)
        sys.path[:] = request.path
        return wire.Loaded(tuple(map(self.described, request.plugins)))

    def described(self, plugin: wire.Plugin) -> wire.Described:
        try:
            rules, formats, schemes = [], [], []
            for value in offers(_found(plugin)):
                self.offered[plugin.name, value.name, type(value)] = value
                if isinstance(value, Rule):
                    rules.append(_rule(value))
                elif isinstance(value, Format):
                    formats.append(_format(value))
                else:
                    schemes.append(value)
            return wire.Described(
                plugin.name, tuple(rules), tuple(formats), tuple(schemes)
            )
        except BaseException as error:
            return wire.Described(plugin.name, fault=told(error))

    def rule(self, request: wire.Decode | wire.Evaluate | wire.Vary) -> Rule:
        rule: Rule = self.offered[request.plugin, request.rule, Rule]
        return rule

    def format(self, request: wire.Sniff | wire.Read | wire.Write) -> Format:
        format_: Format = self.offered[request.plugin, request.format, Format]
        return format_

    def graph(self, request: wire.Evaluate | wire.Vary) -> Graph:
        """Unpack a graph; the same as the last time knows the order to solve in."""
        if self.last is None or self.last[0] != request.graph:
            self.last = request.graph, wire.graph_of(request.graph)
        return self.last[1]

    def evaluate(self, request: wire.Evaluate) -> wire.Reply:
        rule, graph = self.rule(request), self.graph(request)
        params = rule.decode(request.parameters)
        # The host fills it in, and knows more of the graph from the last time.
        outcome = answer(rule, graph, params, is_whole=False)
        if request.relations is None:
            return wire.answered(outcome)
        return _relabelled(outcome, request.relations)

    def vary(self, request: wire.Vary) -> wire.Varied:
        rule, graph = self.rule(request), self.graph(request)
        given = {
            name: wire.unpacked(packed)
            for name in ("base_scores", "weights")
            if (packed := getattr(request, name)) is not None
        }
        strengths = vary(graph, rule, rule.decode(request.parameters), **given)
        return wire.Varied(np.ascontiguousarray(strengths, dtype=np.float64).tobytes())

    def read(self, request: wire.Read) -> wire.Converted:
        format_ = self.format(request)
        assert format_.read is not None
        map_, report = format_.read(request.data, *_options(format_, request.options))
        return wire.Converted(codec.write(map_), tuple(report))

    def write(self, request: wire.Write) -> wire.Converted:
        format_, map_ = self.format(request), codec.read(request.data)
        assert format_.write is not None
        data, report = format_.write(map_, *_options(format_, request.options))
        return wire.Converted(bytes(data), tuple(report))


def _found(plugin: wire.Plugin) -> Found:
    origin: EntryPoint | Path
    if plugin.file is None:
        origin = EntryPoint(plugin.name, plugin.entry or "", GROUP)
    else:
        origin = Path(plugin.file)
    return Found(plugin.name, plugin.distribution, plugin.version, origin)


def _rule(rule: Rule) -> wire.RuleDescribed:
    names = (
        "name", "title", "description", "version", "source", "scale", "laws", "reads",
        "default_base_score", "digest", "findings",
    )  # fmt: skip
    values = {name: getattr(rule, name) for name in names}
    values["laws"], values["reads"] = tuple(rule.laws), frozenset(rule.reads)
    return wire.RuleDescribed(
        **values, schema=rule.schema(), is_batched=rule.is_batched
    )


def _format(format_: Format) -> wire.FormatDescribed:
    return wire.FormatDescribed(
        fields={name: getattr(format_, name) for name in PLAIN.__struct_fields__},
        can_read=format_.read is not None,
        can_write=format_.write is not None,
        has_options=format_.options is not None,
    )


def _options(format_: Format, given: dict[str, Any] | None) -> tuple[Struct, ...]:
    if format_.options is None:
        return ()
    return (convert(given or {}, format_.options, "/options", is_text=True),)


def _relabelled(outcome: Outcome, relations: wire.Column) -> wire.Varied:
    assert outcome.relabel is not None
    strengths = outcome.relabel(wire.unpacked(relations))
    return wire.Varied(np.asarray(strengths, dtype=np.float64).tobytes())

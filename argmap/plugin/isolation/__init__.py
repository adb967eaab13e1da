"""Strangers' plugins in processes of their own: containment, not a sandbox.

A plugin that did not come with argmap is found by its metadata and imported in a worker
process only, one for each distribution or single file. The host holds rules and formats
that look like any other and ask the worker. Whatever happens there, the host gets an
answer, or an error that names the plugin, within a time limit.

Three kinds of processes take part: the *host*, which serves; one *nursery*, which has
imported argmap and nothing of a stranger's, and forks workers in milliseconds; the
*workers*, each in a process group of its own, that have no way to the host but one
socket. Both ends speak msgpack in frames; nothing is ever unpickled, and the host
checks all that comes back. What a worker still may: read what the user who runs argmap
may read, and open connections. `Isolation` is the door to all this.
"""

from argmap.plugin.isolation.isolation import Isolation
from argmap.plugin.isolation.limits import Limits
from argmap.plugin.isolation.proxies import IsolatedRule

__all__ = ["IsolatedRule", "Isolation", "Limits"]

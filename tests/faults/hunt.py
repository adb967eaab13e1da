"""Hunt for faults of a reader: `hunt.py FORMAT [options of libFuzzer] CORPUS`."""

import sys

import atheris

from argmap.errors import ArgmapError, PluginFault

with atheris.instrument_imports(include=["argmap.formats"]):
    from argmap.formats.exchange import read
    from argmap.plugin import Host

HOST = Host.load(strict=True)


def hunt(data: bytes) -> None:
    """Read what may be a file; to refuse it is no fault."""
    try:
        read(HOST, data, FORMAT)
    except PluginFault:
        raise
    except ArgmapError:
        return


if __name__ == "__main__":
    FORMAT = sys.argv.pop(1)
    atheris.Setup(sys.argv, hunt)
    atheris.Fuzz()

"""Hunt for faults of a reader: `hunt.py FORMAT [options of libFuzzer] CORPUS`."""

import sys

from argmap.errors import ArgmapError, PluginFault


def main() -> None:
    """Feed a reader what atheris makes up; to refuse it is no fault."""
    import atheris  # only who hunts has it (extra `fuzz`); others collect doctests here

    with atheris.instrument_imports(include=["argmap.formats"]):
        from argmap.formats.exchange import read
        from argmap.plugin import Host

    host, name = Host.load(strict=True), sys.argv.pop(1)

    def hunt(data: bytes) -> None:
        try:
            read(host, data, name)
        except PluginFault:
            raise
        except ArgmapError:
            return

    atheris.Setup(sys.argv, hunt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

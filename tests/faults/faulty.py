"""Rules that go wrong, each in a way of its own, as texts of single-file plugins."""

from textwrap import dedent, indent

HEAD = """
import ctypes, math, os, resource, signal, socket, sys, threading, time
from argmap.plugin import Rule, hookimpl

def good(graph):
    return {key: 0.5 for key in graph.ids}

def faulty(graph):
"""

TAIL = """

@hookimpl
def argmap_rules():
    yield Rule({name!r}, "Faulty", faulty)
    yield Rule("good-beside-" + {name!r}, "Good", good)
"""

# By name: what the rule does, the error's code and what it says.
RAISES = {
    "raises": ("raise ValueError('no')", "raised ValueError: no"),
    "raises oddly": (
        """
        class Odd(Exception):
            def __str__(self): raise RuntimeError
        raise Odd
        """,
        "raised",
    ),
    "exits": ("sys.exit(3)", "raised SystemExit: 3"),
    "interrupts": ("raise KeyboardInterrupt", "raised KeyboardInterrupt"),
    "exits at once": ("os._exit(7)", "ended its process, with exit code 7"),
    "kills itself": ("os.kill(os.getpid(), 9)", "killed by SIGKILL"),
    "segfaults": ("ctypes.string_at(0)", "killed by SIGSEGV"),
    "aborts": ("os.abort()", "killed by SIGABRT"),
    "eats memory": (
        """
        hoard = []
        while True: hoard.append(bytes(10_000_000))
        """,
        "raised MemoryError",
    ),
    "recurses": (
        """
        def deeper(n): return deeper(n + 1)
        return deeper(0)
        """,
        "raised RecursionError",
    ),
    "writes a file": (
        "open(__file__ + '.out', 'w').write('x' * 9999)",
        "raised OSError",
    ),
    "opens many files": (
        "return [open('/dev/null') for _ in range(1000)]",
        "Too many open files",
    ),
    "closes all": ("os.closerange(0, 256); return good(graph)", "ended its process"),
    "writes to the host": (
        """
        for fd in range(3, 64):
            try: os.write(fd, b'\\x09' + bytes(7) + b'x' * 9)
            except OSError: pass
        return good(graph)
        """,
        "answers nonsense",
    ),
    "answers without end": (
        """
        for fd in range(3, 64):
            try: os.write(fd, b'\\xff' * 8)
            except OSError: pass
        return good(graph)
        """,
        "answers with 18446744073709551615 bytes",
    ),
}

ANSWERS = {
    "nan": ("return {key: math.nan for key in graph.ids}", "nan for 'a'"),
    "infinity": ("return {key: math.inf for key in graph.ids}", "inf for 'a'"),
    "out of range": (
        "return {key: 1.5 for key in graph.ids}",
        "1.5 for 'a', outside [0, 1]",
    ),
    "booleans": ("return {key: True for key in graph.ids}", "True for 'a'"),
    "strings": ("return {key: '0.5' for key in graph.ids}", "'0.5' for 'a'"),
    "none": ("return None", "a NoneType; return an array or a dict"),
    "a list": ("return [0.5] * graph.size", "a list; return an array or a dict"),
    "missing ids": ("return {'a': 0.5}", "nothing for 'b'"),
    "extra ids": ("return {**good(graph), 'zzz': 0.5}", "something for 'zzz'"),
    "a pickle": (
        """
        class Evil:
            def __reduce__(self): return os._exit, (1,)
        return {key: Evil() for key in graph.ids}
        """,
        "for 'a'; strengths are numbers",
    ),
    "mutates": ("graph.base_scores[:] = 9", "raised ValueError: assignment"),
}

# On a busy machine the time may be over first.
TAKES = {
    "recurses without end": """
        sys.setrecursionlimit(10**9)
        def deeper(n): return deeper(n + 1)
        return deeper(0)
        """,
    "gives five million": "return {str(i): 0.5 for i in range(5_000_000)}",
}

HANGS = {
    "hangs in Python": "while True: pass",
    "hangs in C": "pow(10**200000, 10**200000, 10**200001 + 7)",
    "sleeps": "time.sleep(1e6)",
    "ignores signals": """
        for one in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU, signal.SIGALRM):
            signal.signal(one, signal.SIG_IGN)
        while True: pass
        """,
    "oscillates": """
        strength = 1.0
        while abs(strength - (1 - strength)) > 1e-9: strength = 1 - strength
        """,
    "leaves a grandchild and hangs": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0: time.sleep(1e6)
            os._exit(0)
        time.sleep(1e6)
        """,
}

# No faults: they are contained, and the answer is right.
PASSES = {
    "prints": """
        print("garbage " * 10000)
        print("garbage " * 10000, file=sys.stderr)
        os.write(1, b"\\xff" * 5000)
        return good(graph)
        """,
    "forks": """
        for _ in range(20):
            if os.fork() == 0: time.sleep(1e6)
        return good(graph)
        """,
    "leaves threads": """
        for _ in range(3):
            threading.Thread(target=time.sleep, args=(1e6,)).start()
        return good(graph)
        """,
}

IMPORTS = {
    "import fails": ("import nothing_of_that_name", "ModuleNotFoundError"),
    "import exits": ("import os; os._exit(4)", "ended its process, with exit code 4"),
    "import hangs": ("while True: pass", "importing it took longer than"),
    "import raises": ("raise SystemExit", "SystemExit"),
}


def slug(fault: str) -> str:
    """Name a fault's file and rule.

    >>> slug("hangs in C")
    'hangs-in-c'
    """
    return fault.lower().replace(" ", "-")


def plugin(fault: str, body: str) -> str:
    """Write a plugin whose rule goes wrong, and a rule beside it that is good."""
    return HEAD + indent(dedent(body).strip(), "    ") + TAIL.format(name=slug(fault))

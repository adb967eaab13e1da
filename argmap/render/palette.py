"""Colours of pictures: light, dark, or as whoever looks at them prefers.

Hues are those of Okabe and Ito (2008), which people who are blind to some colours can
tell apart, made darker or lighter until they can be read on their ground. No colour
says anything that a sign, a shape or a word does not say too.
"""

from collections.abc import Mapping
from typing import Final, Literal

Fixed = Literal["light", "dark"]
Theme = Literal["auto"] | Fixed

LIGHT: Final = {
    "ground": "#ffffff",
    "box": "#fbfbfa",
    "edge": "#8a8a85",
    "ink": "#1b1b1a",
    "soft": "#5c5c57",
    "support": "#00619a",
    "rebut": "#b94a00",
    "undercut": "#9a3d75",
    "rephrase": "#666661",
    "sign": "#ffffff",
}
DARK: Final = {
    "ground": "#161618",
    "box": "#232327",
    "edge": "#85858c",
    "ink": "#efefec",
    "soft": "#b3b3b0",
    "support": "#5db7ec",
    "rebut": "#f0a03c",
    "undercut": "#e09bc6",
    "rephrase": "#a9a9ac",
    "sign": "#161618",
}

_SHAPES: Final = (
    "text{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;"
    "font-size:13px}"
    ".h{font-size:11px}.l{font-size:12px}.b{font-weight:bold}"
    ".e{text-anchor:end}"
    ".w{fill:none;stroke-width:1.8}.j{stroke-width:4;stroke-linecap:round}"
    ".rebut.w{stroke-dasharray:7 3}.undercut.w{stroke-dasharray:2 3}"
    ".j.w{stroke-dasharray:none}"
    ".n{stroke-width:1.2}.accepted{stroke-width:2.4}.rejected{stroke-dasharray:6 4}"
    ".undecided{stroke-dasharray:1.5 3}"
    ".y{fill:none;stroke-width:2}"
)


def style(theme: Theme) -> str:
    """Write the style sheet of a picture."""
    if theme == "auto":
        dark = f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
        return f"{_SHAPES}{_colours(LIGHT)}{dark}"
    return _SHAPES + _colours(LIGHT if theme == "light" else DARK)


def _colours(colour: Mapping[str, str]) -> str:
    rules = [
        f".g{{fill:{colour['ground']}}}",
        f"text{{fill:{colour['ink']}}}",
        f".h,.l{{fill:{colour['soft']}}}",
        f".n{{fill:{colour['box']};stroke:{colour['edge']}}}",
        f".accepted{{stroke:{colour['ink']}}}",
        f".y{{stroke:{colour['sign']}}}",
        f".m{{fill:{colour['ground']};stroke:{colour['edge']}}}",
        f".z{{fill:{colour['edge']}}}.z.w{{fill:none;stroke:{colour['edge']}}}",
    ]
    for kind in ("support", "rebut", "undercut", "rephrase"):
        rules.append(f".{kind}{{fill:{colour[kind]}}}")
        rules.append(f".{kind}.w{{fill:none;stroke:{colour[kind]}}}")
    return "".join(rules)

"""The words of Argdown: kinds of tokens, and which of them belong together."""

from enum import Enum, auto
from typing import Final, NamedTuple


class Kind(Enum):
    """What a token is."""

    FRONTMATTER = auto()
    DATA = auto()
    EMPTY_LINE = auto()
    LINE_BREAK = auto()
    INDENT = auto()
    DEDENT = auto()
    RELATION = auto()
    HEADING = auto()
    NUMBER = auto()
    ITEM = auto()
    NUMBERED_ITEM = auto()
    STATEMENT = auto()
    STATEMENT_REFERENCE = auto()
    ARGUMENT = auto()
    ARGUMENT_REFERENCE = auto()
    STATEMENT_MENTION = auto()
    ARGUMENT_MENTION = auto()
    LINK = auto()
    TAG = auto()
    BOLD_START = auto()
    BOLD_END = auto()
    ITALIC_START = auto()
    ITALIC_END = auto()
    ESCAPED = auto()
    SHORTCODE = auto()
    TEXT = auto()
    INCLUDE = auto()
    INFERENCE_START = auto()
    INFERENCE_END = auto()
    COMMA = auto()
    END = auto()


class Token(NamedTuple):
    """A word and where it stands: characters, half-open."""

    kind: Kind
    start: int
    end: int


CONTENT: Final = frozenset(
    {
        Kind.TEXT,
        Kind.ESCAPED,
        Kind.SHORTCODE,
        Kind.LINE_BREAK,
        Kind.LINK,
        Kind.TAG,
        Kind.BOLD_START,
        Kind.ITALIC_START,
        Kind.STATEMENT_MENTION,
        Kind.ARGUMENT_MENTION,
    }
)
"""What a text may begin and go on with."""

ENDS: Final = {Kind.BOLD_START: Kind.BOLD_END, Kind.ITALIC_START: Kind.ITALIC_END}

FREE: Final = frozenset({Kind.TEXT, Kind.ESCAPED, Kind.SHORTCODE})
"""What the name of an inference rule is made of."""

SHORTCODES: Final = {
    "A": "∀", "E": "∃", "O": "𝗢", "P": "𝗣", "->": "→", "<->": "↔", "~": "¬", "^": "∧",
    "v": "∨", "v_": "⊻", "<>": "◇", "[]": "◻", "happy": "😀", "smile": "☺",
    "smiley": "☺",
    "laugh": "😆", "lol": "😆", "rofl": "🤣", "joy": "😂", "heart": "❤", "?": "❓",
    "question": "❓", "love": "😍", "wink": "😉", "shush": "🤫", "meh": "😐",
    "eye-roll": "🙄", "sad": "😢", "disappointed": "😞", "scream": "😱", "+1": "👍",
    "up": "👍", "-1": "👎", "down": "👎", "think": "🤔", "star": "⭐", "y": "✔",
    "agree": "✔", "n": "❌", "disagree": "❌",
}  # fmt: skip
"""What stands between two dots or two colons for one character."""

"""Names of people, which others read in a line of their own as the author of something.

So they hold no character that ends a line or turns the direction of writing (property
Bidi_Control): either could make a name look like another. `argmap.model.text` allows
both in texts.
"""

import re

from argmap.model.text import forbidden

_UNRULY = r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_UNRULY_ONE = re.compile(f"[{_UNRULY}]")
ONE_LINE = rf"^[^{_UNRULY}]*[^\s{_UNRULY}][^{_UNRULY}]*$"
"""What names are like, as a regular expression of Python and JavaScript."""


def unruly(name: str) -> str | None:
    r"""Find the first character that no name may hold, control characters among them.

    >>> unruly("Zoë Ångström"), unruly("a\nb"), unruly("\u202eadmin")
    (None, '\n', '\u202e')
    """
    found = _UNRULY_ONE.search(name)
    return found[0] if found else forbidden(name)

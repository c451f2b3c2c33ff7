"""Characters that look like those of a schedule and that the host takes for something else."""

from __future__ import annotations

# Each of one character, so that offsets stay what they are.
LOOKALIKES = {
    "\t": " ",
    "\n": " ",
    "\v": " ",
    "\f": " ",
    "\r": " ",
    "\u00a0": " ",  # no-break space
    "\u2007": " ",  # figure space
    "\u2009": " ",  # thin space
    "\u202f": " ",  # narrow no-break space
    "\u3000": " ",  # ideographic space
    "\u2010": "-",  # hyphen
    "\u2011": "-",  # no-break hyphen
    "\u2012": "-",  # figure dash
    "\u2013": "-",  # en dash
    "\u2014": "-",  # em dash
    "\u2212": "-",  # minus
    "\u2217": "*",  # asterisk operator
    "\u204e": "*",  # low asterisk
    "\uff0a": "*",  # full-width asterisk
    "\uff0c": ",",  # full-width comma
    "\u201a": ",",  # low quotation mark
    "\u2044": "/",  # fraction slash
    "\u2215": "/",  # division slash
    "\uff0f": "/",  # full-width slash
    "\uff1f": "?",  # full-width question mark
}
_NAMES = {
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a carriage return",
    "\u00a0": "a no-break space",
    "\u2013": "an en dash",
    "\u2014": "an em dash",
}
_TABLE = str.maketrans(LOOKALIKES)


def plain(text: str) -> str:
    """Replace every lookalike by what it looks like; the length stays."""
    return text.translate(_TABLE)


def name_of(character: str) -> str:
    """Say which character it is."""
    return _NAMES.get(character, f"the character U+{ord(character):04X}")

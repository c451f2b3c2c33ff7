"""Patterns of string literals. They step over runs of ordinary characters at once: one by one takes memory for each."""

from __future__ import annotations

import re

SHORT = r"""(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?)"""
"""A string between single quotes of either kind, up to the end of the line where it is not closed. Needs re.DOTALL."""

END = {
    '"': re.compile(r'[^"\\\n]*(?:\\.[^"\\\n]*)*"', re.DOTALL),
    "'": re.compile(r"[^'\\\n]*(?:\\.[^'\\\n]*)*'", re.DOTALL),
    '"""': re.compile(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
    "'''": re.compile(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
}
"""The rest of a string behind its opening quotes."""

TRIPLE = rf'(?:"{{3}}{END[chr(34) * 3].pattern}|' + rf"'{{3}}{END[chr(39) * 3].pattern})"
"""A closed string between triple quotes. Needs re.DOTALL."""

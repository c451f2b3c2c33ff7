"""Commands of T-SQL as SQLite takes them, as far as that is a matter of words: names, limits, texts, functions."""

from __future__ import annotations

import re

from . import tokens

_TOP = re.compile(r"^(\s*select\s+(?:distinct\s+)?)top\s*\(?\s*(\d+|@\w+)\s*\)?\s", re.IGNORECASE)
_PAGE = re.compile(
    r"\boffset\s+(\S+)\s+rows?(?:\s+fetch\s+(?:next|first)\s+(\S+)\s+rows?\s+only)?(?=\s*;?\s*$)", re.IGNORECASE
)


def in_sqlite(command: str) -> str:
    """The command with what SQLite has other words for.

    `dbo.` is left away, `N'text'` is `'text'`, `SELECT TOP n` and `OFFSET n ROWS FETCH NEXT m ROWS ONLY` become limits.
    Comments go, for a limit behind one would not count.
    """
    parts = [(kind, " " if kind == "comment" else text) for kind, text in tokens.pieces(command)]
    kept = []
    for number, (kind, text) in enumerate(parts):
        before = parts[number - 1] if number else ("", "")
        after = parts[number + 1] if number + 1 < len(parts) else ("", "")
        is_schema = _is_dbo(kind, text) and after[1] == "."
        is_dot = text == "." and _is_dbo(*before)
        is_mark = kind == "word" and text.lower() == "n" and after[0] == "string"
        if not (is_schema or is_dot or is_mark):
            kept.append("IFNULL" if text.lower() == "isnull" and after[1] == "(" else text)
    plain = "".join(kept)
    top = _TOP.match(plain)
    if top is not None:
        return f"{top[1]}{plain[top.end() :].rstrip().rstrip(';')} LIMIT {top[2]}"
    return _PAGE.sub(lambda page: f"LIMIT {page[2] or -1} OFFSET {page[1]}", plain)


def _is_dbo(kind: str, text: str) -> bool:
    return kind in {"word", "quoted"} and text.strip('[]"`').lower() == "dbo"

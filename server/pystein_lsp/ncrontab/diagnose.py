"""Why the host refuses a schedule: what is wrong, where, and what to write instead."""

from __future__ import annotations

import re

from pystein_lsp.ncrontab.lookalikes import LOOKALIKES, name_of, plain
from pystein_lsp.ncrontab.reader import read_field, read_int, read_item, read_value, split
from pystein_lsp.ncrontab.schedule import DAY, FIELDS, WEEKDAY, Field, Problem, Token

SHAPE = "six fields (second minute hour day month day-of-week), for example '0 */5 * * * *'"

_FOREIGN = {
    "?": "'?' is Quartz syntax; write '*' for any {field}",
    "L": "'L' (the last day) is Quartz syntax that NCRONTAB does not have; run on days 28-31 and check the date in the "
    "function",
    "W": "'W' (the nearest weekday) is Quartz syntax that NCRONTAB does not have; run every weekday and check the date "
    "in the function",
    "#": "'#' (the nth weekday of a month) is Quartz syntax that NCRONTAB does not have; as day and day-of-week must "
    "both match, write days 1-7 with the weekday for the first one, 8-14 for the second",
    "H": "'H' is Jenkins syntax that NCRONTAB does not have; write a number",
}
_MEND = {
    ("second", 60): "use 0 for the full minute",
    ("minute", 60): "use 0 for the full hour",
    ("hour", 24): "use 0 for midnight",
    ("day", 0): "days count from 1",
    ("month", 0): "months count from 1",
    ("day-of-week", 7): "use 0 for Sunday",
}
_SPACED = re.compile(" +[-,/] +|, +")
_CLOCK = re.compile(r"-?[0-9]+([.:]+[0-9]+)+")
_LAST_NEAREST_NTH = re.compile(r"L|L-\d+|LW|\d+W|(?:\d|[a-z]{3})(?:L|#\d+)", re.IGNORECASE)


def glue(text: str) -> str:
    """Take away the spaces that cut a list, a range or a step into pieces."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def diagnose(text: str) -> tuple[Problem, ...]:
    """Return the problems of a text that is no schedule, at least one."""
    found = _characters(text) + _structure(text, plain(text))
    return tuple(sorted(found, key=lambda problem: problem.offset)) or (
        _whole(text, f"'{text.strip()}' is neither a cron expression nor a time span; write {SHAPE}"),
    )


def _whole(text: str, message: str) -> Problem:
    stripped = text.strip()
    return Problem(message, text.find(stripped), len(stripped)) if stripped else Problem(message, 0, len(text))


def _characters(text: str) -> list[Problem]:
    """Find foreign characters that look right."""
    found = []
    for offset, character in enumerate(text):
        wanted = LOOKALIKES.get(character)
        if wanted == " ":
            message = f"{name_of(character)} separates nothing here; only the space character does"
            found.append(Problem(message, offset, 1))
        elif wanted is not None:
            found.append(Problem(f"{name_of(character)} is not '{wanted}'; write '{wanted}'", offset, 1))
    return found


def _structure(text: str, readable: str) -> list[Problem]:
    if not readable.strip():
        return [_whole(text, f"the schedule is empty; write {SHAPE}")]
    if "%" in readable:
        return [_setting(text)]
    if readable.lower().lstrip().startswith("cron("):
        return [_whole(text, f"'cron(...)' is AWS syntax, with the minute first and a year last; write {SHAPE}")]
    tokens = split(readable)
    if len(split(glue(readable))) in {5, 6} and _SPACED.search(readable):
        return [_spaced(match) for match in _SPACED.finditer(readable)]
    if len(tokens) == 1:
        return [_whole(text, _word(tokens[0].text))]
    if len(tokens) in {5, 6}:
        return [problem for token in tokens for problem in _field(token)]
    # Of seven fields the first six are a Quartz expression.
    return [problem for token in tokens[:6] if len(tokens) == 7 for problem in _field(token)] + [_count(text, tokens)]


def _spaced(match: re.Match[str]) -> Problem:
    sign = match[0].strip()[:1]
    return Problem(
        f"a space ends the field here; write no space beside '{sign}'", match.start(), match.end() - match.start()
    )


def _setting(text: str) -> Problem:
    if text.count("%") % 2:
        offset = text.rfind("%")
        return Problem("'%' opens the name of an app setting that nothing closes; write %NAME%", offset, 1)
    offset = text.find("%")
    length = text.find("%", offset + 1) + 1 - offset
    return Problem(
        f"'{text[offset : offset + length]}' has to be replaced by an app setting's value first", offset, length
    )


def _word(word: str) -> str:
    """Explain a text that has only one part."""
    if word.startswith("@"):
        return f"'{word}' is a nickname that NCRONTAB does not have; write {SHAPE}"
    if _CLOCK.fullmatch(word):
        return (
            f"'{word}' is not a time span; hours go to 23, minutes and seconds to 59, and days stand before them as in "
            "'1.00:00:00'"
        )
    return f"'{word}' is neither a cron expression nor a time span; write {SHAPE}"


def _count(text: str, tokens: list[Token]) -> Problem:
    many = len(tokens)
    if many == 7:
        year = tokens[6]
        message = f"this has seven fields, and NCRONTAB has no year; leave '{year.text}' out"
        return Problem(message, year.offset, len(year.text))
    return _whole(
        text, f"this has {many} parts, and a cron expression has six (or five, without the second); write {SHAPE}"
    )


def _field(token: Token) -> list[Problem]:
    if read_field(token.field, token.text) is not None:
        return []
    field = FIELDS[token.field]
    found = []
    offset = token.offset
    for item in token.text.split(","):
        if not item:
            message = f"{field.name} '{token.text}' has an empty place in its list; take the extra comma away"
            found.append(Problem(message, token.offset, len(token.text)))
        elif read_item(field, item) is None:
            message, start, length = _item(field, item)
            found.append(Problem(message, offset + start, length))
        offset += len(item) + 1
    return list(dict.fromkeys(found))


def _item(field: Field, item: str) -> tuple[str, int, int]:
    """Explain one refused member of a field's list: message, offset in the member, length."""
    base, slash, step = item.partition("/")
    left, dash, right = base.partition("-")
    has_days = field in {FIELDS[DAY], FIELDS[WEEKDAY]}
    if base == "?" and not has_days:
        return f"'?' where the {field.name} is expected: the second comes first, and there is no year", 0, 1
    if base.upper() in {"?", "H"}:
        return _FOREIGN[base.upper()].format(field=field.name), 0, 1
    if has_days and _LAST_NEAREST_NTH.fullmatch(item):
        sign = "#" if "#" in item else "W" if item[-1] in "wW" else "L"
        return _FOREIGN[sign], 0, len(item)
    if slash and not base:
        return f"{field.name} '{item}' has nothing before the '/'; write '*{item}'", 0, len(item)
    if slash and read_int(step) is None:
        return f"{field.name} step '{step}' is not a whole number; write '{base}/5', say", len(base), len(slash + step)
    if dash and not (left and right):
        return f"{field.name} '{base}' is an incomplete range; write it as first-last", 0, len(base)
    if "-" in right:
        return f"{field.name} '{base}' is a range with more than two ends; write it as first-last", 0, len(base)
    for value, start in ((left, 0), (right, len(left) + 1)) if dash else ((left, 0),):
        number = read_value(field, value)
        if number is None or not field.low <= number <= field.high:
            return _value(field, value, in_range=bool(dash)), start, len(value)
    return f"{field.name} step '{step}' is too large", len(base), len(slash + step)


def _value(field: Field, value: str, *, in_range: bool) -> str:
    """Explain one refused number or name."""
    number = read_value(field, value)
    bounds = f"{field.low}-{field.high}"
    if number is not None or value.isdecimal():
        # In a range 0 would be its lower end.
        mend = None if in_range else _MEND.get((field.name, number or 0))
        if in_range and number == 7 and field is FIELDS[WEEKDAY]:
            mend = "end the range with 6 and add 0 for Sunday to the list"
        return f"{field.name} {value} is out of range {bounds}" + (f"; {mend}" if mend else "")
    if field.names:
        names = f"{field.names[0][:3].upper()}-{field.names[-1][:3].upper()}"
        return f"{field.name} '{value}' is neither a number nor a name; use {bounds} or {names}"
    if value.isalpha():
        return f"{field.name} '{value}' is not a number; this field has no names, use {bounds}"
    return f"{field.name} '{value}' is not a whole number; use {bounds}"

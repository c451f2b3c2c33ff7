"""Conditional headers. REST reference: "Specifying conditional headers for Blob service operations"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.datetimes import parse_http_date

from .calls import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping


def check(headers: Mapping[str, str], etag: str | None, modified: float, *, reading: bool, prefix: str = "") -> None:
    """Whether a request's conditions hold.

    Args:
        headers: of the request.
        etag: of what is there; None: nothing is.
        modified: when it was changed, seconds since 1970.
        reading: whether the request reads.
        prefix: `x-ms-source-` for the conditions on the source of a copy.

    Raises:
        Refused: ConditionNotMet (412), UnmodifiedCondition (304), BlobAlreadyExists (409).
    """
    match, none_match = headers.get(f"{prefix}if-match"), headers.get(f"{prefix}if-none-match")
    if match is not None and (etag is None or not _matches(match, etag)):
        raise Refused("ConditionNotMet")
    unless = _date(headers, f"{prefix}if-unmodified-since")
    if unless is not None and etag is not None and int(modified) > unless:
        raise Refused("ConditionNotMet")
    if none_match is not None:
        if etag is not None and _matches(none_match, etag):
            if none_match.strip() == "*" and not reading:
                raise Refused("BlobAlreadyExists")
            raise Refused("UnmodifiedCondition" if reading else "ConditionNotMet")
        return
    since = _date(headers, f"{prefix}if-modified-since")
    if since is not None and etag is not None and int(modified) <= since:
        raise Refused("UnmodifiedCondition" if reading else "ConditionNotMet")


def _matches(wanted: str, etag: str) -> bool:
    return any(item.strip() == "*" or item.strip().strip('"') == etag.strip('"') for item in wanted.split(","))


def _date(headers: Mapping[str, str], name: str) -> float | None:
    text = headers.get(name)
    return None if text is None else parse_http_date(text)

"""Shared access signatures: of the account, and of a container, blob, queue or table.

REST reference: "Create an account SAS", "Create a service SAS", "Define a stored access policy".
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.datetimes import parse_iso
from pystein_runtime.cloud.steady import CLOCK

from . import policies
from .calls import Call, Refused
from .keys import sign

if TYPE_CHECKING:
    from collections.abc import Mapping

_OVERRIDES = ("rscc", "rscd", "rsce", "rscl", "rsct")


class Grant(NamedTuple):
    """What a request may do."""

    permissions: str | None = None
    """The letters of a signature; None: everything."""
    resource_types: str | None = None
    """For an account's signature: some of `s`, `c` and `o`; None: not limited this way."""
    tables: tuple[str, str, str, str] | None = None
    """For a table's signature: from which partition and row key, and up to which; empty ones are open."""

    @property
    def is_anonymous(self) -> bool:
        """Whether the request has shown neither a key nor a signature."""
        return self.permissions == "" and self.resource_types == ""

    def check(self, wanted: str, level: str = "") -> None:
        """Whether one of some permissions is granted, at a level of resources.

        Raises:
            Refused: AuthorizationPermissionMismatch, AuthorizationResourceTypeMismatch.
        """
        if self.resource_types is not None and level and not set(level) & set(self.resource_types):
            raise Refused("AuthorizationResourceTypeMismatch")
        if self.permissions is not None and not set(wanted) & set(self.permissions):
            raise Refused("AuthorizationPermissionMismatch")


EVERYTHING = Grant()
NOTHING = Grant("", "")


def check(call: Call, service: str) -> Grant:
    """What the signature in a request's query grants.

    Args:
        call: the request.
        service: `blob`, `queue` or `table`.

    Raises:
        Refused: AuthenticationFailed, AuthorizationServiceMismatch, ...
    """
    query = call.query
    if "ss" in query:
        return _account(call, service)
    values: Mapping[str, str] = query
    name = query.get("tn", "") if service == "table" else call.parts[0] if call.parts else ""
    if query.get("si"):
        stored = policies.find(call.store, f"{service}:{name.lower()}", query["si"])
        if stored is None:
            raise Refused("AuthenticationFailed", "There is no such stored access policy.")
        values = {**query, **{key: value for key, value in stored.items() if value}}
    _verify(query, [_service_text(call, service, name)])
    _check_times(call, values)
    tables = None
    if service == "table":
        if not call.parts or _table_of(call.parts[0]).lower() != name.lower():
            raise Refused("AuthorizationFailure")
        tables = (query.get("spk", ""), query.get("srk", ""), query.get("epk", ""), query.get("erk", ""))
    return Grant(values.get("sp", ""), None, tables)


def _account(call: Call, service: str) -> Grant:
    query = call.query
    names = ("sp", "ss", "srt", "st", "se", "sip", "spr", "sv")
    text = "".join(f"{value}\n" for value in (ACCOUNT, *(query.get(name, "") for name in names)))
    _verify(query, [text, f"{text}{query.get('ses', '')}\n"])  # the scope of encryption was added in 2020-12-06
    _check_times(call, query)
    if service[0] not in query["ss"]:
        raise Refused("AuthorizationServiceMismatch")
    return Grant(query.get("sp", ""), query.get("srt", ""))


def _service_text(call: Call, service: str, name: str) -> str:
    query = call.query
    resource = f"/{service}/{ACCOUNT}/{name.lower() if service == 'table' else name}"
    if service == "blob" and query.get("sr") not in {"c", None} and len(call.parts) > 1:
        resource += f"/{call.parts[1]}"
    values = [query.get("sp", ""), query.get("st", ""), query.get("se", ""), resource, query.get("si", "")]
    values += [query.get("sip", ""), query.get("spr", ""), query.get("sv", "")]
    if service == "blob":
        values += [query.get("sr", ""), query.get("snapshot", "") if query.get("sr") == "bs" else ""]
        if query.get("sv", "") >= "2020-12-06":
            values.append(query.get("ses", ""))
        values += [query.get(key, "") for key in _OVERRIDES]
    elif service == "table":
        values += [query.get(key, "") for key in ("spk", "srk", "epk", "erk")]
    return "\n".join(values)


def _table_of(part: str) -> str:
    return re.split(r"[('(]", part)[0]


def _verify(query: Mapping[str, str], texts: list[str]) -> None:
    signature = query.get("sig", "")
    if not any(hmac.compare_digest(sign(text), signature) for text in texts):
        raise Refused("AuthenticationFailed", "Signature did not match.")


def _check_times(call: Call, values: Mapping[str, str]) -> None:
    now = call.store.now() - CLOCK.ahead  # who signs goes by the clock of the machine
    start, end = values.get("st", ""), values.get("se", "")
    begins, ends = parse_iso(start) if start else None, parse_iso(end) if end else None
    if not end or ends is None or (start and begins is None):
        raise Refused("AuthenticationFailed", "The signature's times are missing or malformed.")
    if ends < now or (begins is not None and begins > now):
        raise Refused("AuthenticationFailed", "Signature not valid in the specified time frame.")
    if values.get("spr", "https,http") == "https":
        raise Refused("AuthorizationProtocolMismatch")

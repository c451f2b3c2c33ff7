"""Who may do what: a key, a signature, or nothing at all for public containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import keys, sas
from .calls import Refused
from .sas import EVERYTHING, NOTHING

if TYPE_CHECKING:
    from .calls import Call
    from .sas import Grant


def authorize(call: Call, service: str) -> Grant:
    """What a request may do.

    Raises:
        Refused: AuthenticationFailed, InvalidAuthenticationInfo, ...
    """
    scheme, _, credentials = call.headers.get("authorization", "").partition(" ")
    scheme = scheme.lower()
    if scheme in {"sharedkey", "sharedkeylite"}:
        keys.check(call.request, scheme, credentials.strip(), tables=service == "table")
        return EVERYTHING
    if scheme:
        raise Refused("InvalidAuthenticationInfo", "The local cloud knows account keys and signatures, not tokens.")
    if "sig" in call.query:
        return sas.check(call, service)
    return NOTHING

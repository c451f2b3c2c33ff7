"""Tokens that clients show at `$cbs`. The development keys are public, so who made a token does not matter; whether it is
one, and has not expired, does, because that is what apps get wrong.

Texts: Service Bus, "Troubleshoot authentication and authorization issues".
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pystein_runtime.cloud.bus.entities import BusError

if TYPE_CHECKING:
    from pystein_runtime.amqp import message as amqp

_CONDITION = "amqp:unauthorized-access"


def refusal(request: amqp.Message) -> BusError | None:
    """Why a `put-token` is refused; None: it is not."""
    token = request.value if isinstance(request.value, str) else ""
    scheme, _, text = token.strip().partition(" ")
    parts = dict(parse_qsl(text))
    if (
        scheme != "SharedAccessSignature"
        or not {"sr", "sig", "se", "skn"} <= parts.keys()
        or not parts["se"].isdecimal()
    ):
        return BusError(_CONDITION, "InvalidSignature: The token has an invalid signature.")
    if int(parts["se"]) < time.time():
        return BusError(_CONDITION, "ExpiredToken: The token is expired.")
    return None

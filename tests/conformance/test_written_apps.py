"""Hand-written apps, one for each row of what the library and the worker refuse, beside neighbours that load."""

from __future__ import annotations

import pytest
from agreement import Agree
from written import APPS, UNSURE


@pytest.mark.parametrize("name", APPS)
def test_written_app(name: str, agree: Agree) -> None:
    agree(APPS[name], may_be_unsure=name in UNSURE)

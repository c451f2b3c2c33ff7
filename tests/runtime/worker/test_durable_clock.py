import sys
from datetime import datetime

import pytest
from dateutil.parser import parse
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.worker.durable import faster

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="older Pythons read no Z, and keep dateutil")
OLDEST = datetime(1000, 1, 1)  # noqa: DTZ001 - hypothesis wants it naive
FORMS = [
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y-%m-%dT%H:%M:%S.%f7Z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
]
FORMS += ["%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%dT%H:%M:%S.%f-02:30", "%d %B %Y", "%Y%m%dT%H%M%SZ", "%Y-%m-%dT%HZ"]


@given(st.datetimes(min_value=OLDEST), st.sampled_from(FORMS))
def test_same_as_dateutil(moment: datetime, form: str) -> None:
    text = format(moment, form)
    assert repr(faster(parse)(text)) == repr(parse(text))


@pytest.mark.parametrize(
    "text", ["2024-01-02T03:04:05.Z", "2024-01-02T03:04:05.1Z", "2024-13-02T03:04:05Z", "", "Z", "now"]
)
def test_same_errors_as_dateutil(text: str) -> None:
    def outcome(parser: object) -> str:
        try:
            return repr(parser(text))  # type: ignore[operator]
        except Exception as error:
            return repr(error)

    assert outcome(faster(parse)) == outcome(parse)

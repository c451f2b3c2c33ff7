from datetime import datetime, timedelta

def try_parse_datetime_with_formats(
    datetime_str: str, datetime_formats: list[str]
) -> tuple[datetime | None, str | None, Exception | None]: ...
def try_parse_timedelta_with_formats(
    timedelta_str: str, timedelta_formats: list[str]
) -> tuple[timedelta | None, str | None, Exception | None]: ...

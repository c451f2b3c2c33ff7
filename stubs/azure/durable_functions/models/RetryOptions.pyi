from typing import Any

class RetryOptions:
    """How a failed activity or sub-orchestration is repeated.

    Args:
        first_retry_interval_in_milliseconds: Wait before the first repetition; more than 0.
        max_number_of_attempts: Attempts in all, the first one included.

    Raises:
        ValueError: The interval is not more than 0.
    """

    def __init__(self, first_retry_interval_in_milliseconds: int, max_number_of_attempts: int) -> None: ...
    @property
    def first_retry_interval_in_milliseconds(self) -> int: ...
    @property
    def max_number_of_attempts(self) -> int: ...
    def to_json(self) -> dict[str, Any]: ...

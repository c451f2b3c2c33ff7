import datetime
import sys
from typing import Any

from azure.functions._abc import QueueMessage as AbstractQueueMessage

class QueueMessage(AbstractQueueMessage):
    """A message of a storage queue, received or to be sent.

    Args:
        id: Id of the message; the queue gives one where it is left out.
        body: What to send; text is sent as UTF-8.
        pop_receipt: Receipt of a received message.
    """

    def __init__(
        self, *, id: str | None = None, body: str | bytes | None = None, pop_receipt: str | None = None
    ) -> None: ...
    @property
    def id(self) -> str | None: ...
    @property
    def dequeue_count(self) -> int | None:
        """Deliveries of this message so far."""

    @property
    def expiration_time(self) -> datetime.datetime | None: ...
    @property
    def insertion_time(self) -> datetime.datetime | None: ...
    @property
    def time_next_visible(self) -> datetime.datetime | None: ...
    @property
    def pop_receipt(self) -> str | None: ...
    def get_body(self) -> bytes:
        """The body; text with `.decode()`."""

    def get_json(self) -> Any:
        """The body, decoded from JSON.

        Raises:
            ValueError: The body is no JSON.
        """
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...

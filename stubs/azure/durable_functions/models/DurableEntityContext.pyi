from collections.abc import Callable
from typing import Any, TypeVar, overload

_T = TypeVar("_T")

class DurableEntityContext:
    """One operation of an entity: its name and input, and the entity's state."""

    def __init__(self, name: str, key: str, exists: bool, state: Any) -> None: ...
    @property
    def entity_name(self) -> str: ...
    @property
    def entity_key(self) -> str: ...
    @property
    def operation_name(self) -> str | None:
        """What the caller asks for."""

    @property
    def is_newly_constructed(self) -> bool:
        """Always False in this version."""

    @classmethod
    def from_json(cls, json_str: str) -> tuple[DurableEntityContext, list[dict[str, Any]]]: ...
    def set_state(self, state: Any) -> None:
        """Keep a state; JSON must be able to hold it."""

    @overload
    def get_state(self, initializer: Callable[[], Any] | None = None, expected_type: None = None) -> Any:
        """The state; what `initializer` returns where there is none yet.

        Args:
            initializer: Called without arguments where there is no state.
            expected_type: Class to decode the state to.
        """
    @overload
    def get_state(self, initializer: Callable[[], _T], expected_type: type[_T]) -> _T: ...
    @overload
    def get_state(self, initializer: None = None, *, expected_type: type[_T]) -> _T | None: ...
    @overload
    def get_input(self, expected_type: None = None) -> Any:
        """The input of the operation.

        Args:
            expected_type: Class to decode the input to.
        """
    @overload
    def get_input(self, expected_type: type[_T]) -> _T | None: ...
    def set_result(self, result: Any) -> None:
        """Answer the caller; JSON must be able to hold it."""

    def destruct_on_exit(self) -> None:
        """Remove the entity after this operation."""

def from_json_util(json_str: str, expected_type: type[Any] | None = None) -> Any: ...

import abc
import sys
from collections import UserDict, UserList
from typing import Any

from typing_extensions import Self

class BaseMySqlRow(abc.ABC):
    @classmethod
    @abc.abstractmethod
    def from_json(cls, json_data: str) -> Self: ...
    @classmethod
    @abc.abstractmethod
    def from_dict(cls, dct: dict[str, Any]) -> Self: ...
    @abc.abstractmethod
    def __getitem__(self, key: str) -> Any: ...
    @abc.abstractmethod
    def __setitem__(self, key: str, value: Any) -> None: ...
    @abc.abstractmethod
    def to_json(self) -> str: ...

class BaseMySqlRowList(abc.ABC): ...

class MySqlRow(BaseMySqlRow, UserDict[str, Any]):
    """A row by its columns' names; it behaves as a dict."""

    @classmethod
    def from_json(cls, json_data: str) -> Self:
        """A row from the text of a JSON object."""

    @classmethod
    def from_dict(cls, dct: dict[str, Any]) -> Self:
        """A row with the columns of a dict."""

    def to_json(self) -> str:
        """The text of the JSON object."""

    def __getitem__(self, key: str) -> Any: ...
    def __setitem__(self, key: str, value: Any) -> None: ...
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...

class MySqlRowList(BaseMySqlRowList, UserList[MySqlRow]):
    """Rows; it behaves as a list."""

    if sys.version_info >= (3, 13):
        def to_dict(self) -> list[dict[str, Any]]: ...
        def to_json(self) -> str: ...

import sys
from collections import UserDict, UserList
from typing import Any

from azure.functions._abc import Document as AbstractDocument
from azure.functions._abc import DocumentList as AbstractDocumentList
from typing_extensions import Self

class Document(AbstractDocument, UserDict[str, Any]):
    """A document of Cosmos DB; it behaves as a dict."""

    @classmethod
    def from_json(cls, json_data: str) -> Self:
        """A document from the text of a JSON object."""

    @classmethod
    def from_dict(cls, dct: dict[str, Any]) -> Self:
        """A document with the fields of a dict."""

    def to_json(self) -> str:
        """The text of the JSON object."""

    def to_dict(self) -> dict[str, Any]:
        """The fields as a dict of their own."""

    def __getitem__(self, key: str) -> Any: ...
    def __setitem__(self, key: str, value: Any) -> None: ...

class DocumentList(AbstractDocumentList, UserList[Document]):
    """Documents of Cosmos DB; it behaves as a list."""

    if sys.version_info >= (3, 13):
        def to_dict(self) -> list[dict[str, Any]]: ...

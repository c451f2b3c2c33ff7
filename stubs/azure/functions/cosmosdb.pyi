import sys
from collections.abc import Mapping
from typing import Any

from azure.functions._cosmosdb import DocumentList
from azure.functions.meta import Datum, InConverter, OutConverter

if sys.version_info >= (3, 13):
    from azure.functions.decorators.core import CosmosDBChangeFeedMode as CosmosDBChangeFeedMode

class CosmosDBConverter(InConverter, OutConverter, binding="cosmosDB"):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> DocumentList | None: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...

class CosmosDBTriggerConverter(CosmosDBConverter, binding="cosmosDBTrigger", trigger=True): ...

"""table."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Input, Output
from azure.functions._api.values import ArgName, Text, Table, TableConnection, DataTypeName

F = TypeVar("F", bound=Callable[..., Any])

class TableBindings:
    def table_input(
        self,
        arg_name: ArgName,
        connection: TableConnection,
        table_name: Table,
        row_key: Text | None = None,
        partition_key: Text | None = None,
        take: int | None = None,
        filter: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("table", takes=(str, bytes), since="1.12.0", see="functions-bindings-storage-table-input", extra=False)]:
        """TODO."""

    def table_output(
        self,
        arg_name: ArgName,
        connection: TableConnection,
        table_name: Table,
        row_key: Text | None = None,
        partition_key: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("table", takes=(str, bytes), since="1.12.0", see="functions-bindings-storage-table-output", extra=False)]:
        """TODO."""

from _typeshed import Incomplete
from typing import Any

logger: Incomplete

def activity_output_type(name_or_callable: Any) -> type | None: ...
def sub_orchestrator_output_type(name_or_callable: Any) -> type | None: ...

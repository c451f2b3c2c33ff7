import logging
from typing import Any

logger: logging.Logger

def activity_output_type(name_or_callable: Any) -> type[Any] | None: ...
def sub_orchestrator_output_type(name_or_callable: Any) -> type[Any] | None: ...

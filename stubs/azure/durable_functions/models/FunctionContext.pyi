from typing import Any

class FunctionContext:
    def __init__(self, **kwargs: Any) -> None: ...

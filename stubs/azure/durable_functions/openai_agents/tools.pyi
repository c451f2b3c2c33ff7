# Internal, and made of classes of openai-agents and pydantic, which need not be installed.
from typing import Any

def __getattr__(name: str) -> Any: ...  # pyright: ignore[reportIncompleteStub]

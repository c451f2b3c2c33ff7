from collections.abc import Generator
from typing import Any

from azure.durable_functions.models.Task import TaskBase

def orchestrator_generator_wrapper(generator: Generator[TaskBase, Any, Any]) -> Generator[TaskBase | Any]:
    """Run an orchestrator step by step: yields its tasks, whose results the test sets, and at last what it returns."""

"""Help for the unit tests of orchestrators."""

from .OrchestratorGeneratorWrapper import orchestrator_generator_wrapper

__all__ = ["orchestrator_generator_wrapper"]

"""OpenAI agents as durable orchestrators. Needs the package `openai-agents`."""

from .context import DurableAIAgentContext

__all__ = ["DurableAIAgentContext"]

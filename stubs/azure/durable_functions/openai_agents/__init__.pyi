from .context import DurableAIAgentContext as DurableAIAgentContext

__all__ = ["DurableAIAgentContext"]

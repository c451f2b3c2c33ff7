"""Names of the protocol that the client is told before anything else is loaded."""

QUICK_FIX = "quickfix"
REFACTOR = "refactor"
ACTION = "source.pystein"
"""What can be done with a function; each way of it has a kind of its own below, such as `source.pystein.run`."""

FIX_ALL = "source.fixAll.pystein"
"""Kinds of code actions."""

LENSES = ("run", "debug", "editEvent", "lastResult", "schedule", "route", "callers")
"""Kinds of code lenses, as settings name them, in the order in which they are shown."""

TOKENS = ("number", "operator", "enumMember", "parameter", "variable", "macro", "keyword")
"""Kinds of semantic tokens. All are of the protocol's own, so that every theme has a colour for them."""

"""Names of the protocol that the client is told before anything else is loaded."""

QUICK_FIX = "quickfix"
RUN = "source.pystein.run"
FIX_ALL = "source.fixAll.pystein"
"""Kinds of code actions."""

TOKENS = ("number", "operator", "enumMember", "parameter", "variable", "macro", "keyword")
"""Kinds of semantic tokens. All are of the protocol's own, so that every theme has a colour for them."""

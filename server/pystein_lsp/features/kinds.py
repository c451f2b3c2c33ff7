"""Kinds of code actions that we offer."""

QUICK_FIX = "quickfix"
RUN = "source.pystein.run"
FIX_ALL = "source.fixAll.pystein"

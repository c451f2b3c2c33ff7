"""The worker: the only place where the app's code runs.

It runs in the app's interpreter, so it imports the standard library and the app's own `azure.functions`, nothing else,
and it is loaded under the private name `pystein_worker` (see `__main__.py`), so that no module of ours can stand before
one of the app's. The host shares `protocol` and `connection` with it.
"""

"""One method of the protocol, one module. The table of all of them is `registry.py`."""

"""What workspace/executeCommand can be asked for: one command, one module. The table of them is `registry.py`."""

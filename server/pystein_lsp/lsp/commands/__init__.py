"""What workspace/executeCommand can be asked for: one command, one module. The table is in `handlers/execute_command.py`."""

NAMES = ("pystein.run", "pystein.openRule", "pystein.writeStubs", "pystein.debugInformation")
"""Their names, as the client is told before any of them is imported."""

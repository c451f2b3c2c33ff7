"""What workspace/executeCommand can be asked for: one command, one module. The table is in `handlers/execute_command.py`."""

NAMES = (
    "pystein.run",
    "pystein.debug",
    "pystein.start",
    "pystein.stop",
    "pystein.editEvent",
    "pystein.showOutput",
    "pystein.openRoute",
    "pystein.showCallers",
    "pystein.openRule",
    "pystein.writeStubs",
    "pystein.debugInformation",
)
"""Their names, as the client is told before any of them is imported."""

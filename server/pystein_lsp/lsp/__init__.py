"""The Language Server Protocol: the only place that imports pygls and lsprotocol."""

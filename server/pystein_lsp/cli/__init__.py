"""Command line: one module per command, one per output format."""

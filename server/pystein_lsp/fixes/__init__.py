"""Changes of source text: what fixes of diagnostics, and bigger rewrites, do to files."""

"""Output formats of a check: one module each, with `render(report) -> str`."""

"""What users configure: `[tool.pystein-lsp]` in pyproject.toml or pystein-lsp.toml, and the editor's settings of the same names."""

"""The rules: one file, one class, one name each; `table.py` lists them."""

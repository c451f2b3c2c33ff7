class FunctionExtensionException(Exception):
    """An extension was used wrongly."""

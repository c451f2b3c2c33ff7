"""Which decorators exist, with which parameters: generated from the stubs, loaded from one file."""

from .loader import Catalogue, catalogue

__all__ = ["Catalogue", "catalogue"]

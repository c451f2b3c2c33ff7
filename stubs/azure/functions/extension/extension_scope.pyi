from enum import Enum

class ExtensionScope(Enum):
    UNKNOWN = 0
    APPLICATION = 1
    FUNCTION = 2

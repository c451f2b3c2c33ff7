"""The decorators of app and blueprint classes, one file per service.

Nothing here exists at run time. The library has all decorators in one module; here each service has its own mixin classes,
which `azure.functions.decorators.function_app` puts together. `markers` and `values` say what a signature cannot say.
"""

from typing import Final

# The versions that the stubs describe; pystein_lsp.catalogue.compare says what a newer one changes.
AZURE_FUNCTIONS_1: Final = "1.26.0"
AZURE_FUNCTIONS_2: Final = "2.3.0"
AZURE_FUNCTIONS_DURABLE: Final = "1.7.0"

"""The decorators of app and blueprint classes, one file per service.

Nothing here exists at run time. The library has all decorators in one module; here each service has its own mixin classes,
which `azure.functions.decorators.function_app` puts together. `markers` and `values` say what a signature cannot say.
"""

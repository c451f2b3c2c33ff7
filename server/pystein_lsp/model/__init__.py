"""The app as it stands in the source: modules, names, containers, functions, bindings, settings. Nothing is executed."""

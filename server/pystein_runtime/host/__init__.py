"""The host: HTTP, timers, listeners and bindings around a worker that runs the app's code."""

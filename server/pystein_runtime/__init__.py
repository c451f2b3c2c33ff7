"""The bundled runtime: a host in our interpreter, a worker in the app's, and a local cloud between them."""

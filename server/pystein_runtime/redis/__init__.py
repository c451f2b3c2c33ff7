"""Redis: clients over the package redis (the extra `redis`), and the local server, which is Redis itself."""

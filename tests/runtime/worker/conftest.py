"""Puts this folder on the search path, so that the tests below it find `worker_driver` and `worker_pythons`."""

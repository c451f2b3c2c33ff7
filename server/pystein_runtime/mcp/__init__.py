"""The Model Context Protocol as a server speaks it: what clients may call, JSON-RPC, and the two HTTP transports.

Knows nothing of functions: what a tool, a resource or a prompt does is a callable that the host gives.
"""

"""HTTP/1.1 for the host and for the local cloud's wire endpoints."""

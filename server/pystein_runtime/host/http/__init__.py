"""HTTP triggers: from a request to a function and back."""

"""Durable Functions: a task hub in SQLite, and what runs orchestrators, activities and entities out of it.

`store` keeps, `replay` knows what a history means, `hub` runs, `operations` is what clients can ask, `webhooks` asks it
over HTTP. How the app's durable package wants to be talked to is an adapter's business: `json_protocol` for
azure-functions-durable 1.x; another protocol is another module with the same functions.
"""

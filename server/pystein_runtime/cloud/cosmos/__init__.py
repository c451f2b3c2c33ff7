"""Cosmos DB (NoSQL API) of the local cloud: databases, containers, documents, their SQL and their change feed."""

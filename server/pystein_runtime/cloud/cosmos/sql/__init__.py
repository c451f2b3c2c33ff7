"""The query language of Cosmos DB: `parser` reads it, `scalars` and `run` evaluate it over documents."""

"""The REST endpoint of the local Cosmos DB: `service` takes requests and asks the modules of each kind of resource.

Source: Microsoft's "Azure Cosmos DB: REST API reference", and what azure-cosmos sends and reads.
"""

"""The asynchronous azure-cosmos against the endpoint."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from azure.cosmos import PartitionKey, exceptions
from azure.cosmos.aio import CosmosClient
from cosmos_driver import Cloud


async def test_everything_that_applications_do(cloud: Cloud) -> None:
    async with CosmosClient.from_connection_string(cloud.connection_string) as client:
        database = await client.create_database_if_not_exists("aio")
        name = f"c{uuid.uuid4().hex}"
        container = await database.create_container_if_not_exists(name, PartitionKey("/customer"))
        await asyncio.gather(
            *(
                container.upsert_item({"id": str(number), "customer": f"c{number % 3}", "n": number})
                for number in range(30)
            )
        )
        assert (await container.read_item("4", "c1"))["n"] == 4
        with pytest.raises(exceptions.CosmosResourceNotFoundError):
            await container.read_item("4", "c2")
        query = "SELECT VALUE c.n FROM c WHERE c.n >= @n ORDER BY c.n DESC"
        parameters: list[dict[str, Any]] = [{"name": "@n", "value": 27}]
        assert [item async for item in container.query_items(query, parameters=parameters)] == [29, 28, 27]
        assert [item async for item in container.query_items("SELECT VALUE COUNT(1) FROM c", partition_key="c0")] == [
            10
        ]
        grouped = container.query_items("SELECT c.customer, MAX(c.n) AS m FROM c GROUP BY c.customer")
        assert {item["customer"]: item["m"] async for item in grouped} == {"c0": 27, "c1": 28, "c2": 29}
        results = await container.execute_item_batch(
            [("create", ({"id": "b", "customer": "x"},)), ("read", ("b",))], "x"
        )
        assert [result["statusCode"] for result in results] == [201, 200]
        assert (await container.patch_item("b", "x", [{"op": "set", "path": "/n", "value": 1}]))["n"] == 1
        many = await container.read_items([("1", "c1"), ("b", "x")])
        assert [item["id"] for item in many] == ["1", "b"]
        feed = [item["id"] async for item in container.query_items_change_feed(start_time="Beginning")]
        assert len(feed) == 31
        token = container.client_connection.last_response_headers["etag"]
        await container.delete_item("b", "x")
        await container.upsert_item({"id": "7", "customer": "c1"})
        later = container.query_items_change_feed(continuation=token)
        assert [item["id"] async for item in later] == ["7"]
        of_one = container.query_items_change_feed(partition_key="c1", start_time="Beginning")
        assert len([item async for item in of_one]) == 10
        await database.delete_container(container)

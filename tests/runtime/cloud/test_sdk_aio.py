"""The SDKs' asynchronous clients, which sign their requests a little differently."""

from __future__ import annotations

import pytest
from azure.core.exceptions import ResourceExistsError
from azure.data.tables.aio import TableServiceClient
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient
from cloud_driver import Cloud


async def test_blobs(cloud: Cloud, name: str) -> None:
    async with BlobServiceClient.from_connection_string(cloud.connection_string, max_single_put_size=1000) as service:
        container = await service.create_container(name)
        data = bytes(range(256)) * 4000
        blob = await container.upload_blob("a folder/ü & x.bin", data, metadata={"m": "1"})
        assert await (await blob.download_blob()).readall() == data
        assert [item.name async for item in container.list_blobs(name_starts_with="a f")] == ["a folder/ü & x.bin"]
        with pytest.raises(ResourceExistsError):
            await container.upload_blob("a folder/ü & x.bin", b"")
        lease = await blob.acquire_lease(15)
        await blob.delete_blob(lease=lease)
        await container.delete_container()


async def test_queues(cloud: Cloud, name: str) -> None:
    async with QueueServiceClient.from_connection_string(cloud.connection_string) as service:
        queue = await service.create_queue(name)
        for number in range(5):
            await queue.send_message(f"{number} ü")
        received = []
        async for message in queue.receive_messages(messages_per_page=2):
            received.append(message.content)
            await queue.delete_message(message)
        assert received == [f"{number} ü" for number in range(5)]


async def test_tables(cloud: Cloud, name: str) -> None:
    async with TableServiceClient.from_connection_string(cloud.connection_string) as service:
        table = await service.create_table(name)
        await table.submit_transaction(
            [("create", {"PartitionKey": "ü 'p'", "RowKey": str(number), "n": number}) for number in range(10)]
        )
        found = [item["n"] async for item in table.query_entities("n ge 5")]
        assert found == [5, 6, 7, 8, 9]
        await table.delete_entity("ü 'p'", "5")

"""Queues through the unmodified azure-storage-queue."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.queue import (
    AccessPolicy,
    AccountSasPermissions,
    BinaryBase64DecodePolicy,
    BinaryBase64EncodePolicy,
    QueueClient,
    QueueSasPermissions,
    QueueServiceClient,
    ResourceTypes,
    generate_account_sas,
    generate_queue_sas,
)
from cloud_driver import Cloud

SOON = dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1)
PAST = dt.datetime.now(dt.timezone.utc) - dt.timedelta(hours=1)


@pytest.fixture
def service(cloud: Cloud) -> Iterator[QueueServiceClient]:
    with QueueServiceClient.from_connection_string(cloud.connection_string, retry_total=0) as client:
        yield client


@pytest.fixture
def queue(service: QueueServiceClient, name: str) -> Iterator[QueueClient]:
    with service.create_queue(name) as client:
        yield client


def code(error: pytest.ExceptionInfo[Any]) -> tuple[int | None, str]:
    """Status and code of a refusal."""
    found = error.value.error_code
    return error.value.status_code, str(getattr(found, "value", found))


def test_queues(service: QueueServiceClient, name: str) -> None:
    queue = service.create_queue(name, metadata={"a": "1"})
    with pytest.raises(ResourceExistsError) as exists:
        service.create_queue(name, metadata={"a": "2"})
    assert code(exists) == (409, "QueueAlreadyExists")
    assert queue.get_queue_properties().metadata == {"a": "1"}
    queue.set_queue_metadata({"b": "2"})
    assert queue.get_queue_properties().metadata == {"b": "2"}
    service.create_queue(name + "2")
    pages = service.list_queues(name_starts_with=name, include_metadata=True, results_per_page=1).by_page()
    assert [[(item.name, item.metadata or {}) for item in page] for page in pages] == [
        [(name, {"b": "2"})],
        [(name + "2", {})],
    ]
    queue.delete_queue()
    with pytest.raises(ResourceNotFoundError) as missing:
        queue.send_message("x")
    assert code(missing) == (404, "QueueNotFound")


def test_names(service: QueueServiceClient) -> None:
    with pytest.raises(HttpResponseError) as error:
        service.create_queue("Not_Valid")
    assert code(error)[0] == 400


def test_send_receive_delete(queue: QueueClient) -> None:
    sent = queue.send_message("hello <ü> & 'you'")
    assert sent.id
    assert sent.expires_on is not None
    assert sent.inserted_on is not None
    assert round((sent.expires_on - sent.inserted_on).total_seconds()) == 7 * 24 * 3600
    assert queue.get_queue_properties().approximate_message_count == 1
    assert [message.content for message in queue.peek_messages()] == ["hello <ü> & 'you'"]
    assert queue.peek_messages()[0].dequeue_count == 0
    message = queue.receive_message()
    assert message is not None
    assert (message.id, message.content, message.dequeue_count) == (sent.id, "hello <ü> & 'you'", 1)
    assert message.next_visible_on is not None
    assert queue.receive_message() is None
    queue.delete_message(message)
    assert queue.get_queue_properties().approximate_message_count == 0
    with pytest.raises(ResourceNotFoundError) as error:
        queue.delete_message(message)
    assert code(error) == (404, "MessageNotFound")


def test_many(queue: QueueClient) -> None:
    for number in range(70):
        queue.send_message(str(number))
    pages = queue.receive_messages(messages_per_page=32).by_page()
    received = [[message.content for message in page] for page in pages]
    assert [len(page) for page in received if page] == [32, 32, 6]
    assert functools.reduce(operator.iadd, received, []) == [str(number) for number in range(70)]
    assert len(queue.peek_messages(32)) == 0
    queue.clear_messages()
    assert queue.get_queue_properties().approximate_message_count == 0


def test_visibility(queue: QueueClient) -> None:
    queue.send_message("later", visibility_timeout=600)
    assert queue.receive_message() is None
    queue.send_message("now", time_to_live=-1)
    message = queue.receive_message(visibility_timeout=600)
    assert message is not None
    updated = queue.update_message(message, visibility_timeout=0, content="changed")
    assert updated.pop_receipt != message.pop_receipt
    again = queue.receive_message()
    assert again is not None
    assert (again.content, again.dequeue_count, again.id) == ("changed", 2, message.id)
    with pytest.raises(HttpResponseError) as error:
        queue.delete_message(message)
    assert code(error) == (400, "PopReceiptMismatch") or code(error)[0] == 404
    queue.delete_message(again)


def test_binary(cloud: Cloud, queue: QueueClient) -> None:
    with QueueClient.from_connection_string(
        cloud.connection_string, queue.queue_name, message_encode_policy=BinaryBase64EncodePolicy(),
        message_decode_policy=BinaryBase64DecodePolicy(),
    ) as binary:  # fmt: skip
        binary.send_message(b"\x00\xff")
        message = binary.receive_message()
        assert message is not None
        assert message.content == b"\x00\xff"


def test_too_large(cloud: Cloud, queue: QueueClient) -> None:
    queue.send_message("x" * 65536)
    with pytest.raises(HttpResponseError) as error:
        queue.send_message("x" * 65537)
    if cloud.name != "azurite":
        assert code(error) == (413, "RequestBodyTooLarge")


def test_parameters_out_of_range(queue: QueueClient) -> None:
    for given in ({"visibility_timeout": 8 * 24 * 3600}, {"time_to_live": 10, "visibility_timeout": 20}):
        with pytest.raises(HttpResponseError) as error:
            queue.send_message("x", **given)
        assert code(error)[0] == 400


def test_signatures(cloud: Cloud, queue: QueueClient) -> None:
    wrong = QueueClient(
        cloud.queue, queue.queue_name, credential={"account_name": cloud.account, "account_key": "eA=="}
    )
    with wrong, pytest.raises(HttpResponseError) as error:
        wrong.send_message("x")
    assert code(error) == (403, "AuthenticationFailed")
    add = generate_queue_sas(
        cloud.account, queue.queue_name, cloud.key, QueueSasPermissions(add=True), expiry=SOON, start=PAST
    )
    with QueueClient(cloud.queue, queue.queue_name, credential=add) as client:
        client.send_message("x")
        with pytest.raises(HttpResponseError) as error:
            client.receive_message()
    assert code(error)[0] == 403
    types = ResourceTypes(service=True, container=True, object=True)
    account = generate_account_sas(cloud.account, cloud.key, types, AccountSasPermissions(process=True), SOON)
    with QueueClient(cloud.queue, queue.queue_name, credential=account) as client:
        received = client.receive_message()
        assert received is not None
        assert received.content == "x"
        with pytest.raises(HttpResponseError) as error:
            client.send_message("x")
    assert code(error)[0] == 403


def test_stored_policies(cloud: Cloud, queue: QueueClient) -> None:
    queue.set_queue_access_policy({"adders": AccessPolicy(permission="a", expiry=SOON, start=PAST)})
    assert queue.get_queue_access_policy()["adders"].permission == "a"
    sas = generate_queue_sas(cloud.account, queue.queue_name, cloud.key, policy_id="adders")
    with QueueClient(cloud.queue, queue.queue_name, credential=sas) as client:
        client.send_message("x")


def test_service(service: QueueServiceClient) -> None:
    assert service.get_service_properties()["cors"] == []

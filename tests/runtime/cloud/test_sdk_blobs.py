"""Blobs through the unmodified azure-storage-blob."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import (
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.storage.blob import (
    AccessPolicy,
    AccountSasPermissions,
    BlobBlock,
    BlobClient,
    BlobLeaseClient,
    BlobSasPermissions,
    BlobServiceClient,
    BlobType,
    ContainerClient,
    ContainerSasPermissions,
    ContentSettings,
    ResourceTypes,
    StandardBlobTier,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)
from cloud_driver import Cloud

SOON = dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1)
PAST = dt.datetime.now(dt.timezone.utc) - dt.timedelta(hours=1)

REFUSED = {"local": (403, "AuthenticationFailed"), "azurite": (403, "AuthorizationFailure")}
"""Where Azurite differs from the service, the service is right."""


@pytest.fixture
def service(cloud: Cloud) -> Iterator[BlobServiceClient]:
    with BlobServiceClient.from_connection_string(cloud.connection_string, retry_total=0) as client:
        yield client


@pytest.fixture
def container(service: BlobServiceClient, name: str) -> Iterator[ContainerClient]:
    with service.create_container(name) as client:
        yield client


def code(error: pytest.ExceptionInfo[Any]) -> tuple[int | None, str]:
    """Status and code of a refusal."""
    found = error.value.error_code
    return error.value.status_code, str(getattr(found, "value", found))


def test_containers(service: BlobServiceClient, name: str) -> None:
    container = service.create_container(name, metadata={"a": "1"})
    assert container.exists()
    with pytest.raises(ResourceExistsError) as error:
        service.create_container(name)
    assert code(error) == (409, "ContainerAlreadyExists")
    properties = container.get_container_properties()
    assert properties.metadata == {"a": "1"}
    assert properties.lease.state == "available"
    assert not properties.public_access
    assert properties.etag
    container.set_container_metadata({"B": "2"})
    assert {key.lower(): value for key, value in container.get_container_properties().metadata.items()} == {"b": "2"}
    listed = [item.name for item in service.list_containers(name_starts_with=name[:8])]
    assert listed == [name]
    service.create_container(name + "2")
    pages = list(service.list_containers(name_starts_with=name, results_per_page=1).by_page())
    assert [[item.name for item in page] for page in pages] == [[name], [name + "2"]]
    container.delete_container()
    assert not container.exists()
    with pytest.raises(ResourceNotFoundError) as error:
        container.get_blob_client("x").upload_blob(b"x")
    assert code(error) == (404, "ContainerNotFound")


def test_upload_and_download(container: ContainerClient) -> None:
    blob = container.get_blob_client("folder/some file ü.txt")
    made = blob.upload_blob(
        b"hello", metadata={"key": "value"},
        content_settings=ContentSettings(
            content_type="text/plain", cache_control="no-store", content_language="de",
            content_disposition="attachment", content_encoding="identity",
        ),
    )  # fmt: skip
    downloaded = blob.download_blob()
    assert downloaded.readall() == b"hello"
    properties = blob.get_blob_properties()
    assert properties.size == 5
    assert properties.etag == made["etag"] == downloaded.properties.etag
    assert properties.metadata == {"key": "value"}
    settings = properties.content_settings
    assert (settings.content_type, settings.cache_control, settings.content_language) == (
        "text/plain",
        "no-store",
        "de",
    )
    assert (settings.content_disposition, settings.content_encoding) == ("attachment", "identity")
    assert settings.content_md5 == bytearray(b"]A@*\xbcK*v\xb9q\x9d\x91\x10\x17\xc5\x92")
    assert properties.blob_type == BlobType.BlockBlob
    assert properties.last_modified <= dt.datetime.now(dt.timezone.utc)
    assert properties.creation_time is not None
    assert blob.exists()
    with pytest.raises(ResourceExistsError) as error:
        blob.upload_blob(b"again")
    assert code(error) == (409, "BlobAlreadyExists")
    blob.upload_blob(b"", overwrite=True)
    assert blob.download_blob().readall() == b""
    assert blob.get_blob_properties().metadata == {}


def test_large_blobs_in_blocks(cloud: Cloud, container: ContainerClient) -> None:
    data = bytes(range(256)) * 40_000  # 10 MB
    with BlobClient.from_connection_string(
        cloud.connection_string, container.container_name, "large", max_single_put_size=1024 * 1024,
        max_block_size=1024 * 1024, max_single_get_size=2 * 1024 * 1024, max_chunk_get_size=1024 * 1024,
    ) as blob:  # fmt: skip
        blob.upload_blob(io.BytesIO(data), max_concurrency=4)
        assert blob.download_blob(max_concurrency=4).readall() == data
        assert blob.download_blob(offset=5_000_000, length=100).readall() == data[5_000_000:5_000_100]
        assert len(blob.get_block_list("all")[0]) == 10
        assert b"".join(blob.download_blob().chunks()) == data
    whole = container.get_blob_client("whole")
    whole.upload_blob(data)
    assert whole.download_blob().readall() == data


def test_ranges(cloud: Cloud, container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"0123456789")
    assert blob.download_blob(offset=3, length=4).readall() == b"3456"
    assert blob.download_blob(offset=8).readall() == b"89"
    assert blob.download_blob(offset=5, length=100).readall() == b"56789"
    assert blob.download_blob(offset=0, length=4, validate_content=True).readall() == b"0123"
    if cloud.name != "azurite":  # it answers 200 with the whole
        with pytest.raises(HttpResponseError) as error:
            blob.download_blob(offset=10)
        assert code(error) == (416, "InvalidRange")


def test_blocks(cloud: Cloud, container: ContainerClient) -> None:
    blob = container.get_blob_client("blocks")
    blob.stage_block("a", b"AAA")
    blob.stage_block("b", b"BB")
    assert not blob.exists()
    committed, staged = blob.get_block_list("all")
    assert (committed, [(block.id, block.size) for block in staged]) == ([], [("a", 3), ("b", 2)])
    blob.commit_block_list([BlobBlock("b"), BlobBlock("a"), BlobBlock("b")])
    assert blob.download_blob().readall() == b"BBAAABB"
    committed, staged = blob.get_block_list("all")
    assert ([block.id for block in committed], staged) == (["b", "a", "b"], [])
    blob.stage_block("c", b"C")
    blob.commit_block_list([BlobBlock("c"), BlobBlock("a")], metadata={"m": "1"})
    assert blob.download_blob().readall() == b"CAAA"
    assert blob.get_blob_properties().metadata == {"m": "1"}
    with pytest.raises(HttpResponseError) as error:
        blob.commit_block_list([BlobBlock("z")])
    assert code(error) == (400, "InvalidBlockList")
    blob.stage_block("d", b"D" * 10)
    blob.upload_blob(b"whole", overwrite=True)
    if cloud.name != "azurite":  # it keeps them
        assert blob.get_block_list("all") == ([], [])


def test_listing(container: ContainerClient) -> None:
    for name in ("a/1", "a/2", "a/b/3", "c", "d&<>'\"", "ü"):
        container.upload_blob(name, b"x", metadata={"m": "v"})
    assert [item.name for item in container.list_blobs()] == ["a/1", "a/2", "a/b/3", "c", "d&<>'\"", "ü"]
    assert [item.name for item in container.list_blobs(name_starts_with="a/")] == ["a/1", "a/2", "a/b/3"]
    assert sorted(item.name for item in container.walk_blobs()) == ["a/", "c", "d&<>'\"", "ü"]
    assert sorted(item.name for item in container.walk_blobs("a/")) == ["a/1", "a/2", "a/b/"]
    assert list(container.list_blob_names()) == ["a/1", "a/2", "a/b/3", "c", "d&<>'\"", "ü"]
    item = next(iter(container.list_blobs(include=["metadata"])))
    assert (item.metadata, item.size, item.blob_type) == ({"m": "v"}, 1, BlobType.BlockBlob)
    assert item.etag == container.get_blob_client("a/1").get_blob_properties().etag.strip('"')
    assert item.last_modified is not None
    pages = [[item.name for item in page] for page in container.list_blobs(results_per_page=4).by_page()]
    assert pages == [["a/1", "a/2", "a/b/3", "c"], ["d&<>'\"", "ü"]]
    walked = [[item.name for item in page] for page in container.walk_blobs(results_per_page=1).by_page()]
    assert walked == [["a/"], ["c"], ["d&<>'\""], ["ü"]]


def test_conditions(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1")
    etag = blob.get_blob_properties().etag
    blob.upload_blob(b"2", overwrite=True, etag=etag, match_condition=MatchConditions.IfNotModified)
    with pytest.raises(ResourceModifiedError) as error:
        blob.upload_blob(b"3", overwrite=True, etag=etag, match_condition=MatchConditions.IfNotModified)
    assert code(error) == (412, "ConditionNotMet")
    etag = blob.get_blob_properties().etag
    with pytest.raises(HttpResponseError) as unmodified:
        blob.download_blob(etag=etag, match_condition=MatchConditions.IfModified)
    assert code(unmodified) == (304, "ConditionNotMet")
    with pytest.raises(ResourceModifiedError):
        blob.set_blob_metadata({}, if_unmodified_since=PAST)
    with pytest.raises(HttpResponseError) as unmodified:
        blob.get_blob_properties(if_modified_since=SOON)
    assert code(unmodified) == (304, "ConditionNotMet")
    with pytest.raises(ResourceModifiedError):
        blob.delete_blob(etag='"0x0"', match_condition=MatchConditions.IfNotModified)
    blob.delete_blob(etag=etag, match_condition=MatchConditions.IfNotModified)
    with pytest.raises(ResourceNotFoundError) as missing:
        blob.download_blob()
    assert code(missing) == (404, "BlobNotFound")


def test_properties_metadata_and_tier(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1")
    before = blob.get_blob_properties()
    blob.set_http_headers(ContentSettings(content_type="text/css"))
    blob.set_blob_metadata({"One": "1"})
    after = blob.get_blob_properties()
    assert after.content_settings.content_type == "text/css"
    assert {key.lower(): value for key, value in after.metadata.items()} == {"one": "1"}
    assert after.etag != before.etag
    assert after.blob_tier == "Hot"
    blob.set_standard_blob_tier(StandardBlobTier.COOL)
    assert blob.get_blob_properties().blob_tier == "Cool"


def test_tags(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1", tags={"a": "1", "b": "x y"})
    assert blob.get_blob_tags() == {"a": "1", "b": "x y"}
    blob.set_blob_tags({"c": "3"})
    assert blob.get_blob_tags() == {"c": "3"}
    assert blob.get_blob_properties().tag_count == 1


def test_leases(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1")
    lease = blob.acquire_lease(15)
    assert blob.get_blob_properties().lease.state == "leased"
    assert blob.get_blob_properties().lease.duration == "fixed"
    with pytest.raises(HttpResponseError) as error:
        blob.upload_blob(b"2", overwrite=True)
    assert code(error) == (412, "LeaseIdMissing")
    with pytest.raises(HttpResponseError) as error:
        blob.acquire_lease(15)
    assert code(error) == (409, "LeaseAlreadyPresent")
    with pytest.raises(HttpResponseError) as error:
        blob.delete_blob(lease="00000000-0000-0000-0000-000000000001")
    assert code(error) == (412, "LeaseIdMismatchWithBlobOperation")
    blob.upload_blob(b"2", overwrite=True, lease=lease)
    lease.renew()
    lease.change("00000000-0000-0000-0000-000000000002")
    assert lease.id == "00000000-0000-0000-0000-000000000002"
    lease.release()
    assert blob.get_blob_properties().lease.state == "available"
    with pytest.raises(HttpResponseError) as error:
        BlobLeaseClient(blob, "00000000-0000-0000-0000-000000000002").renew()
    assert code(error) == (409, "LeaseIdMismatchWithLeaseOperation")
    forever = blob.acquire_lease(-1)
    assert blob.get_blob_properties().lease.duration == "infinite"
    forever.break_lease(lease_break_period=0)
    assert blob.get_blob_properties().lease.state == "broken"
    blob.delete_blob()
    held = container.acquire_lease(15)
    with pytest.raises(HttpResponseError) as error:
        container.delete_container()
    assert code(error) == (412, "LeaseIdMissing")
    container.delete_container(lease=held)


def test_snapshots_and_deletion(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"old")
    snapshot = blob.create_snapshot()["snapshot"]
    blob.upload_blob(b"new", overwrite=True)
    old = container.get_blob_client("x", snapshot=snapshot)
    assert old.download_blob().readall() == b"old"
    assert [bool(item.snapshot) for item in container.list_blobs(include=["snapshots"])] == [True, False]
    with pytest.raises(HttpResponseError) as error:
        blob.delete_blob()
    assert code(error) == (409, "SnapshotsPresent")
    blob.delete_blob(delete_snapshots="include")
    assert list(container.list_blobs(include=["snapshots"])) == []


def test_append_blobs(container: ContainerClient) -> None:
    blob = container.get_blob_client("log")
    blob.create_append_blob()
    first = blob.append_block(b"one\n")
    assert first["blob_append_offset"] == "0"
    second = blob.append_block(b"two\n")
    assert (second["blob_append_offset"], second["blob_committed_block_count"]) == ("4", 2)
    blob.upload_blob(b"three\n", blob_type=BlobType.AppendBlob)
    assert blob.download_blob().readall() == b"one\ntwo\nthree\n"
    assert blob.get_blob_properties().blob_type == BlobType.AppendBlob
    with pytest.raises(HttpResponseError) as error:
        blob.append_block(b"x", appendpos_condition=3)
    assert code(error) == (412, "AppendPositionConditionNotMet")
    with pytest.raises(HttpResponseError) as error:
        container.upload_blob("block", b"x").append_block(b"y")
    assert code(error) == (409, "InvalidBlobType")


def test_page_blobs(container: ContainerClient) -> None:
    blob = container.get_blob_client("disk")
    blob.create_page_blob(4096)
    blob.upload_page(b"a" * 1024, offset=512, length=1024)
    blob.clear_page(offset=1024, length=512)
    assert blob.download_blob().readall() == bytes(512) + b"a" * 512 + bytes(3072)
    ranges = [(item.start, item.end) for item in blob.list_page_ranges()]
    assert ranges == [(512, 1023)]
    blob.resize_blob(512)
    assert blob.get_blob_properties().size == 512
    assert blob.get_blob_properties().blob_type == BlobType.PageBlob


def test_copies(container: ContainerClient, cloud: Cloud) -> None:
    source = container.upload_blob("source", b"content", metadata={"m": "1"})
    target = container.get_blob_client("target")
    result = target.start_copy_from_url(source.url)
    assert result["copy_status"] == "success"
    assert target.download_blob().readall() == b"content"
    properties = target.get_blob_properties()
    assert properties.metadata == {"m": "1"}
    assert properties.copy.status == "success"
    assert properties.copy.source == source.url
    source.upload_blob(b"changed", overwrite=True)
    assert target.download_blob().readall() == b"content"
    with pytest.raises(ResourceNotFoundError):
        target.start_copy_from_url(source.url + "nothing")
    with pytest.raises(HttpResponseError) as error:
        target.abort_copy(result["copy_id"])
    assert code(error) == (409, "NoPendingCopyOperation")


def test_batches(container: ContainerClient) -> None:
    for number in range(5):
        container.upload_blob(str(number), b"x")
    answers = list(container.delete_blobs("0", "1", "nothing", "2", raise_on_any_failure=False))
    assert [answer.status_code for answer in answers] == [202, 202, 404, 202]
    assert list(container.list_blob_names()) == ["3", "4"]
    answers = list(container.set_standard_blob_tier_blobs("Cool", "3", "4"))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert container.get_blob_client("3").get_blob_properties().blob_tier == "Cool"


def test_wrong_keys_are_refused(cloud: Cloud, name: str) -> None:
    with (
        BlobServiceClient(cloud.blob, credential={"account_name": cloud.account, "account_key": "d3Jvbmc="}) as wrong,
        pytest.raises(HttpResponseError) as error,
    ):
        wrong.create_container(name)
    assert code(error) == REFUSED[cloud.name]


def test_signatures(container: ContainerClient, cloud: Cloud) -> None:
    container.upload_blob("x y", b"content")
    own = {"account_name": cloud.account, "account_key": cloud.key}
    place = {"container_name": container.container_name}
    read = generate_blob_sas(
        **own, **place, blob_name="x y", permission=BlobSasPermissions(read=True), expiry=SOON, content_type="a/b"
    )
    with BlobClient(cloud.blob, container.container_name, "x y", credential=read, retry_total=0) as blob:
        assert blob.download_blob().readall() == b"content"
        assert blob.get_blob_properties().content_settings.content_type == "a/b"
        with pytest.raises(HttpResponseError) as error:
            blob.upload_blob(b"", overwrite=True)
    assert code(error) == (403, "AuthorizationPermissionMismatch")
    with (
        BlobClient(cloud.blob, container.container_name, "other", credential=read) as blob,
        pytest.raises(HttpResponseError) as error,
    ):
        blob.download_blob()
    assert code(error) == REFUSED[cloud.name]
    late = generate_container_sas(**own, **place, permission=ContainerSasPermissions(read=True), expiry=PAST)
    with (
        ContainerClient(cloud.blob, container.container_name, credential=late) as client,
        pytest.raises(HttpResponseError) as error,
    ):
        client.download_blob("x y")
    assert code(error) == REFUSED[cloud.name]
    wide = generate_container_sas(
        **own, **place, permission=ContainerSasPermissions(list=True, write=True), expiry=SOON
    )
    with ContainerClient(cloud.blob, container.container_name, credential=wide) as client:
        client.upload_blob("new", b"x")
        assert list(client.list_blob_names()) == ["new", "x y"]
    types = ResourceTypes(service=True, container=True, object=True)
    account = generate_account_sas(cloud.account, cloud.key, types, AccountSasPermissions(list=True), SOON)
    with BlobServiceClient(cloud.blob, credential=account) as client:
        assert container.container_name in [item.name for item in client.list_containers()]
        with pytest.raises(HttpResponseError) as error:
            client.create_container("not-allowed")
    assert code(error) == (403, "AuthorizationPermissionMismatch")


def test_stored_policies(container: ContainerClient, cloud: Cloud) -> None:
    container.upload_blob("x", b"content")
    policy = AccessPolicy(permission=ContainerSasPermissions(read=True), expiry=SOON, start=PAST)
    container.set_container_access_policy({"readers": policy})
    kept = container.get_container_access_policy()["signed_identifiers"]
    assert [(item.id, item.access_policy.permission) for item in kept] == [("readers", "r")]
    sas = generate_container_sas(cloud.account, container.container_name, cloud.key, policy_id="readers")
    with ContainerClient(cloud.blob, container.container_name, credential=sas) as client:
        assert client.download_blob("x").readall() == b"content"
        container.set_container_access_policy({})
        with pytest.raises(HttpResponseError):
            client.download_blob("x")


def test_public_containers(container: ContainerClient, cloud: Cloud) -> None:
    container.upload_blob("x", b"content")
    with BlobClient(cloud.blob, container.container_name, "x") as anonymous:
        with pytest.raises(HttpResponseError):
            anonymous.download_blob()
        container.set_container_access_policy({}, public_access="blob")
        assert anonymous.download_blob().readall() == b"content"
        with pytest.raises(HttpResponseError):
            anonymous.upload_blob(b"", overwrite=True)
    assert container.get_container_properties().public_access == "blob"


def test_service(service: BlobServiceClient) -> None:
    assert service.get_account_information()["account_kind"] == "StorageV2"
    assert service.get_service_properties()["cors"] == []


def test_the_development_connection_string(cloud: Cloud) -> None:
    with BlobServiceClient.from_connection_string("UseDevelopmentStorage=true") as client:
        assert client.url.rstrip("/") == "http://127.0.0.1:10000/devstoreaccount1"

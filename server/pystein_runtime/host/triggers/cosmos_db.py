"""The Cosmos DB trigger: changes of a container's documents, in their order in each partition, with a checkpoint after.

Rules and defaults: azure-webjobs-sdk-extensions, `CosmosDBTriggerListener`, `CosmosDBTriggerAttributeBindingProvider`;
azure-cosmos-dotnet-v3, `ChangeFeedLeaseOptions`, `FeedProcessorCore`. The checkpoint moves on whether the function has
succeeded or not (its retry policy has been followed before that); what a dying worker or host had begun comes again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.datetimes import parse_iso
from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.bindings.cosmos_places import lease_connection, lease_place, place_of, wants_versions
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.services import ServiceError, ServiceGoneError
from pystein_runtime.host.services.documents import FeedOptions, RangeGoneError
from pystein_runtime.host.services.outage import Outage
from pystein_runtime.host.triggers.cosmos_leases import LeaseLostError, Leases
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .polling import AGAIN_SECONDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from pystein_runtime.host.bindings.cosmos_places import Place
    from pystein_runtime.host.functions import Binding, Function
    from pystein_runtime.host.services.documents import Changes, DocumentService, FeedRange
    from pystein_runtime.host.triggers.cosmos_leases import Lease

    from . import Listener, Listening

MAX_ITEMS = 100  # of one invocation, where the trigger says nothing
_live: dict[str, asyncio.Event] = {}
"""Readers of this process by their names, and when they have ended: a reload starts the next one before that."""


class Options(NamedTuple):
    """What a trigger says; times are in seconds."""

    limit: int
    feed: FeedOptions
    poll: float
    acquire: float
    expire: float
    renew: float


def options_of(trigger: Binding) -> Options:
    """What a trigger says.

    Raises:
        BindingError: it says something that it cannot.
    """
    beginning = str(trigger.properties.get("startFromBeginning", "")).lower() == "true"
    text = trigger.text("startFromTime")
    if beginning and text:
        raise BindingError("Only one of StartFromBeginning or StartFromTime can be used")
    versions = wants_versions(trigger)
    if versions and (beginning or text):
        raise BindingError(
            "All versions and deletes are to be had from now on only: neither from the beginning nor a time."
        )
    moment = parse_iso(text) if text else None
    if text and moment is None:
        raise BindingError(
            f"start_from_time '{text}' is no moment in ISO 8601 with the UTC designator, such as 2021-02-16T14:19:29Z."
        )
    return Options(
        limit=_number(trigger, "maxItemsPerInvocation", MAX_ITEMS),
        feed=FeedOptions(0.0 if beginning else moment, versions),
        poll=_number(trigger, "feedPollDelay", 5000) / 1000,
        acquire=_number(trigger, "leaseAcquireInterval", 13000) / 1000,
        expire=_number(trigger, "leaseExpirationInterval", 60000) / 1000,
        renew=_number(trigger, "leaseRenewInterval", 17000) / 1000,
    )


def _number(trigger: Binding, name: str, default: int) -> int:
    text = trigger.text(name)
    try:
        number = int(float(text)) if text else 0
    except (ValueError, OverflowError):
        raise BindingError(f"{name} must be a number, not '{text}'.") from None
    if number < 0 and name != "maxItemsPerInvocation":
        raise BindingError(f"'{name}' must be greater than 0.")
    return number if number > 0 else default


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    feeds: dict[tuple[object, ...], str] = {}
    for function in functions:
        trigger = function.trigger
        feed = (place_of(trigger), lease_place(trigger), lease_connection(trigger), _prefix(trigger))
        other = feeds.setdefault(feed, function.name)
        if other != function.name:
            host.report(
                f"'{other}' and '{function.name}' have the same leases, so that each change goes to one of them only, as on "
                "the platform: give each a lease_container_prefix of its own."
            )
    return [_Listener(function, host) for function in functions]


def _prefix(trigger: Binding) -> str:
    return trigger.text("leaseContainerPrefix") or trigger.text("leaseCollectionPrefix")


class _Reader:
    """A part of the feed that this listener reads."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.lock = asyncio.Lock()
        """A lease is written by who reads and by who renews."""
        self.task: asyncio.Task[None] | None = None


class _Listener:
    """Reads the change feed of a container for one function, as many parts of it as are its share."""

    def __init__(self, function: Function, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._host = host
        self._readers: dict[str, _Reader] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._ended = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._outage = Outage(host.report)
        self._owner = f"{host.services.place}-{function.name}"

    async def start(self) -> None:
        """Begin to read, or to wait for a share of the feed, or for the service.

        Raises:
            BindingError, ServiceError: the trigger or the service cannot be used.
        """
        trigger, services = self._function.trigger, self._host.services
        self._options = options_of(trigger)
        self._place = place_of(trigger)
        leases = lease_place(trigger)
        assert leases is not None
        own = cosmos_connections.name_of(trigger)
        self._service: DocumentService = services.documents(own)
        service: DocumentService = services.documents(lease_connection(trigger) or own)
        if service is self._service and leases == self._place:
            raise BindingError("The monitored container cannot be the same as the container storing the leases.")
        prepared = True
        try:
            await self._prepare(service, leases)
        except ServiceGoneError as error:
            prepared = False
            self._host.report(f"{self.label} waits for its service: {error}")
        before, _live[self._owner] = _live.get(self._owner), self._ended
        loop = asyncio.get_running_loop()
        again = None if prepared else lambda: self._prepare(service, leases)
        self._tasks = [loop.create_task(self._balance(before, again)), loop.create_task(self._renew())]

    async def _prepare(self, service: DocumentService, leases: Place) -> None:
        """Make the leases, each with the place where its part begins: from then on no change is lost."""
        await self._create(service, leases)
        with self._both(leases):
            prefix = _prefix(self._function.trigger) + await self._service.identify(self._place)
            versions = self._options.feed.versions
            self._leases = Leases(service, leases, prefix, self._owner, self._options.expire, versions=versions)
            await self._leases.prepare(await self._service.ranges(self._place), self._beginning)

    async def _beginning(self, part: FeedRange) -> str | None:
        if self._options.feed.start is not None:
            return None
        return (await self._service.changes(self._place, part.id, None, self._options.feed, 1)).token

    async def _create(self, service: DocumentService, leases: Place) -> None:
        """Create the container of leases where that is wanted."""
        trigger = self._function.trigger
        names = ("createLeaseContainerIfNotExists", "createLeaseCollectionIfNotExists")
        if any(str(trigger.properties.get(name, "")).lower() == "true" for name in names):
            text = trigger.text("leasesContainerThroughput") or trigger.text("leasesCollectionThroughput")
            await service.ensure(leases, "/id", int(text) if text else None)

    @contextlib.contextmanager
    def _both(self, leases: Place) -> Iterator[None]:
        """Says which containers there must be, when one is not there."""
        try:
            yield
        except ServiceError as error:
            if error.code != "NotFound":
                raise
            raise ServiceError(
                f"Either the source container '{self._place.container}' (in database '{self._place.database}') or the lease "
                f"container '{leases.container}' (in database '{leases.database}') does not exist. Both containers must "
                "exist before the listener starts.",
                error.code,
            ) from error

    async def stop(self, seconds: float) -> None:
        """Read no more; let what runs finish for some time. What does not comes again with the next start."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        readers = list(self._readers.values())
        for reader in readers:
            if reader.task is not None:
                reader.task.cancel()
        tasks = [*self._tasks, *self._running, *(reader.task for reader in readers if reader.task is not None)]
        for running in self._running:
            running.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for reader in readers:
            with contextlib.suppress(Exception):  # others have it when its time is over
                await self._leases.release(reader.lease)
        self._ended.set()
        if _live.get(self._owner) is self._ended:
            del _live[self._owner]

    # -- leases -------------------------------------------------------------------------------------------

    async def _balance(self, before: asyncio.Event | None, prepare: Callable[[], Awaitable[None]] | None) -> None:
        """Take a share of the leases now, and again now and then."""
        if before is not None:
            await before.wait()
        while True:
            try:
                if prepare is not None:
                    await prepare()
                    prepare = None
                    self._host.report(f"{self.label} has found its service.")
                await self._take()
                self._outage.over(f"The leases of {self.label} can be read again.")
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                await self._outage.failed(f"The leases of {self.label} cannot be read: {error}")
            else:
                await asyncio.sleep(self._options.acquire)

    async def _take(self) -> None:
        leases = await self._leases.all()
        if not self._service.polls:  # nobody else reads this feed: other names are of hosts that are gone
            leases = [lease if lease.get("Owner") in _live else {**lease, "Owner": None} for lease in leases]
        for lease in self._leases.wanted(leases, self._readers.keys()):
            taken = await self._leases.take(lease)
            if taken is not None:
                reader = self._readers[taken["id"]] = _Reader(taken)
                reader.task = asyncio.get_running_loop().create_task(self._read(reader))

    async def _renew(self) -> None:
        """Keep the leases that are held."""
        while True:
            await asyncio.sleep(self._options.renew)
            for reader in list(self._readers.values()):
                try:
                    async with reader.lock:
                        reader.lease = await self._leases.keep(reader.lease)
                except LeaseLostError:  # noqa: PERF203 - each by itself
                    self._lose(reader)
                except Exception as error:
                    self._host.report(f"A lease of {self.label} could not be renewed: {error}")

    def _lose(self, reader: _Reader) -> None:
        """Another host reads this part from now on; what runs finishes, and its changes may come there again."""
        self._readers.pop(reader.lease["id"], None)
        if reader.task is not None:
            reader.task.cancel()

    # -- changes ------------------------------------------------------------------------------------------

    async def _read(self, reader: _Reader) -> None:
        """One part of the feed, in its order."""
        outage = Outage(self._host.report)
        try:
            while not self._stopping:
                try:
                    await self._advance(reader)
                    outage.over(f"The container '{self._place.container}' can be read again.")
                except (LeaseLostError, RangeGoneError):  # noqa: PERF203 - these end the loop
                    raise
                except Exception as error:
                    await outage.failed(
                        f"The changes of the container '{self._place.container}' cannot be read: {error}"
                    )
        except RangeGoneError:
            with contextlib.suppress(ServiceError):
                await self._leases.divide(reader.lease, await self._service.ranges(self._place))
            self._readers.pop(reader.lease["id"], None)
        except LeaseLostError:
            self._readers.pop(reader.lease["id"], None)

    async def _advance(self, reader: _Reader) -> None:
        """Take the next changes and give them to the function, or wait for some."""
        token = reader.lease.get("ContinuationToken")
        options = self._options
        changes = await self._service.changes(
            self._place, reader.lease["LeaseToken"], token, options.feed, options.limit
        )
        if not changes.documents:
            reader.lease["ContinuationToken"] = changes.token
            await self._service.wait(self._place, options.poll)
            return
        task = asyncio.get_running_loop().create_task(self._handle(reader, changes))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _handle(self, reader: _Reader, changes: Changes) -> None:
        reason = (
            f"New changes on container {self._place.container} at {datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%S.%fZ}"
        )
        while True:
            outcome = await self._host.run(self._function, to_event(changes.documents, reason))
            if not outcome.interrupted:  # else the worker died of something; the changes have not had their chance
                break
            await asyncio.sleep(AGAIN_SECONDS)
        async with reader.lock:
            reader.lease = await self._leases.keep(reader.lease, changes.token)


def to_event(documents: Sequence[Any], reason: str) -> Event:
    """The event of changed documents."""
    return Event(Datum("json", json.dumps(documents, ensure_ascii=False)), {}, {}, reason)


def sample(_function: Function) -> Any:
    """An event to begin with: the documents that have changed."""
    return [{"id": "1", "text": "sample"}]


async def from_data(_function: Function, data: str, _host: Listening) -> Event:
    """The event of documents that somebody gave by hand: an array, or one.

    Raises:
        BindingError: they are none.
    """
    try:
        value = json.loads(data) if data.strip() else []
    except ValueError:
        value = None
    documents = value if isinstance(value, list) else [value]
    if not all(isinstance(document, dict) for document in documents):
        raise BindingError("The data of a Cosmos DB trigger is an array of documents, as JSON.")
    return to_event(documents, BY_HAND)

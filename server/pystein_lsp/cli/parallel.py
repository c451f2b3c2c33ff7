"""Check many apps on all processors, where that is faster than one after the other.

Where processes can be forked, they take app after app from a pipe; starting one costs a few milliseconds. Elsewhere (Windows)
each is a Python of its own, which pays for larger trees only. Either way a process forgets each app when it has reported it.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, NoReturn

from pystein_lsp.cli.analysis import analyse
from pystein_lsp.cli.report import AppReport
from pystein_lsp.cli.targets import Target, target_of
from pystein_lsp.config.configuration import Configuration

FEWEST_TO_FORK = 8
FEWEST_TO_SPAWN = 60
"""Apps from which on it pays: an app of a few files takes 5 to 10 ms, a new Python 100."""

_CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # system libraries of macOS do not survive a fork


class Job(NamedTuple):
    """An app to check, as one process can tell another."""

    number: int
    root: str
    configuration: Configuration
    only: frozenset[str] | None
    settings_file: str | None


class Checked(NamedTuple):
    """What one app gave."""

    number: int
    report: AppReport
    unreadable: dict[str, str]


def check_all(
    targets: Sequence[Target], settings_file: str | None, advance: Callable[[], None], workers: int | None = None
) -> list[Checked]:
    """Check apps; `advance` is called after each."""
    fewest = FEWEST_TO_FORK if _CAN_FORK else FEWEST_TO_SPAWN
    number = workers or (_processors() if len(targets) >= fewest else 1)
    number = min(number, len(targets))
    results: Iterator[Checked]
    if number < 2:
        results = map(_check, enumerate(targets))
    else:
        jobs = [
            Job(index, target.app.root, target.configuration, target.only, settings_file)
            for index, target in enumerate(targets)
        ]
        results = _forked(jobs, number) if _CAN_FORK else _spawned(jobs, number)
    checked = []
    for each in results:
        checked.append(each)
        advance()
    return sorted(checked)


def _check(numbered: tuple[int, Target]) -> Checked:
    number, target = numbered
    report = analyse(target)
    return Checked(number, report, target.app.files.unreadable)


def _check_alone(job: Job) -> Checked:
    """Check an app and forget it: a thousand of them would take 200 MiB.

    What was worked out from a block hangs on it and points back at it. Without those circles all of it goes by itself, while
    collecting garbage would take a third as long as the check.
    """
    target = target_of(job.root, job.configuration, job.only, job.settings_file)
    checked = _check((job.number, target))
    for module in target.app.modules:
        for block in module.document.blocks:
            block.memo.clear()
    return checked


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


# Forked processes

_NUMBER = 4
"""Bytes of a number in the pipes: which app is next, how long a result is."""


def _forked(jobs: Sequence[Job], number: int) -> Iterator[Checked]:
    yield _check_alone(jobs[0])  # what is worked out on first use is there for all of them then
    queue, feed = os.pipe()
    children: dict[int, int] = {}
    """Processes by what their results are read from."""
    try:
        for _ in range(number):
            source, sink = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(feed)
                _work(jobs, queue, sink)
            os.close(sink)
            children[source] = child
        os.close(queue)
        yield from _collect(children, feed, range(1, len(jobs)))
    finally:
        for source, child in children.items():
            os.close(source)
            os.kill(child, signal.SIGTERM)  # it is done, or nobody waits for it any more
            os.waitpid(child, 0)


def _work(jobs: Sequence[Job], queue: int, sink: int) -> NoReturn:
    """The life of a child: check what the queue says, until it is closed."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        while len(data := os.read(queue, _NUMBER)) == _NUMBER:
            number = int.from_bytes(data, "big")
            try:
                result: object = _check_alone(jobs[number])
            except Exception as error:
                result = error
            _send(sink, pickle.dumps(result))
        status = 0
    finally:
        os._exit(status)


def _send(sink: int, data: bytes) -> None:
    rest = memoryview(len(data).to_bytes(_NUMBER, "big") + data)
    while rest:
        rest = rest[os.write(sink, rest) :]


def _collect(children: dict[int, int], feed: int, numbers: range) -> Iterator[Checked]:
    """Hand out numbers and take results, as children are ready for them."""
    from selectors import EVENT_READ, DefaultSelector  # noqa: PLC0415 (2 ms that only many apps need)

    received = {source: bytearray() for source in children}
    waiting = iter(numbers)
    first = islice(waiting, 2 * len(children))  # each has one to work at and one that waits
    os.write(feed, b"".join(number.to_bytes(_NUMBER, "big") for number in first))
    done = 0
    with DefaultSelector() as selector:
        for source in children:
            selector.register(source, EVENT_READ)
        while done < len(numbers):
            for key, _ in selector.select():
                data = os.read(key.fd, 1 << 16)
                if not data:
                    raise RuntimeError("a process that checked apps ended early")
                buffer = received[key.fd]
                buffer += data
                for result in _results(buffer):
                    if isinstance(result, Exception):
                        raise result
                    done += 1
                    for number in islice(waiting, 1):
                        os.write(feed, number.to_bytes(_NUMBER, "big"))
                    yield result
    os.close(feed)


def _results(buffer: bytearray) -> Iterator[Checked | Exception]:
    """Take the complete results out of what was received."""
    while len(buffer) >= _NUMBER:
        end = _NUMBER + int.from_bytes(buffer[:_NUMBER], "big")
        if len(buffer) < end:
            return
        result = pickle.loads(buffer[_NUMBER:end])  # noqa: S301 (from our own process)
        del buffer[:end]
        yield result


# New processes


def _spawned(jobs: Sequence[Job], number: int) -> Iterator[Checked]:
    from multiprocessing import get_context  # noqa: PLC0415 (20 ms that only many apps need)

    with get_context("spawn").Pool(number, initializer=_ignore_interrupts) as pool:
        yield from pool.imap_unordered(_check_alone, jobs, chunksize=4)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

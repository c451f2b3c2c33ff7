"""Language server and host for hours, at work all the time: what they take of the machine must not grow.

    python -m tests.faults.soak --minutes 60 --output build/soak

writes `soak.json` with a sample for each minute and `soak.md` with a table and what it comes to. The exit status is 0
where everything stayed flat and nothing was lost. Needs Linux.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from .editing import Editing
from .processes import Usage, slope, usage
from .serving import Serving

FULL = 11_000
"""Requests until the history of invocations is full: it keeps 10,000."""
MOMENTS = 2_600
"""Orchestrations until a worker remembers as many parsed moments as it may: 32,768, of which one of these has 13."""
WARM = 0.2  # of the time; what comes later is judged
GROWTH = 0.05  # of the memory, over the time that is judged: more is a leak
LEAST = 2.0  # MiB; less than that says nothing about a process
PROCESSES = ("server", "host", "worker")


class Sample(NamedTuple):
    """What was taken at one moment."""

    minute: float
    processes: dict[str, Usage]
    worker: int
    """The process that runs the app's code. A reload brings another."""
    databases: dict[str, float]
    """MiB."""
    done: dict[str, int]
    """Edits, requests, and what each service's function has worked off."""


class Verdict(NamedTuple):
    """Whether something has grown."""

    what: str
    median: float
    growth: float
    """Over the time that is judged, in the same unit."""
    flat: bool


def run(folder: Path, minutes: float, load: float) -> list[Sample]:
    """Keep them busy; no more than that share of a processor."""
    serving, editing = Serving(folder / "app"), Editing(folder / "workspace")
    serving.burst(FULL)
    began = time.monotonic()
    samples: list[Sample] = []
    reloads = True
    while (minute := (time.monotonic() - began) / 60) < minutes:
        if minute >= len(samples) * min(1.0, minutes / 20):
            samples.append(_sample(minute, serving, editing))
            if reloads:
                serving.reload()
            if reloads and minute >= minutes / 2:  # from now on one worker stays, so that it can be judged too
                reloads = False
                for _ in range(0, MOMENTS, 50):
                    serving.orchestrate(50)
                    serving.purge()
        before, moment = _seconds(serving, editing), time.monotonic()
        serving.round()
        editing.round()
        spent = _seconds(serving, editing) - before
        time.sleep(max(0.0, spent / load - (time.monotonic() - moment)))
    samples.append(_sample(minute, serving, editing))
    assert (serving.end(), editing.end()) == (0, 0), "an exit status"
    return samples


def _sample(minute: float, serving: Serving, editing: Editing) -> Sample:
    done = {"edits": editing.edits, "editor requests": editing.requests, "HTTP requests": serving.requests}
    done |= {"sent": serving.sent, "orchestrations": serving.orchestrations, "reloads": serving.reloads}
    return Sample(
        round(minute, 2), _usages(serving, editing), serving.worker, serving.databases(), done | serving.counts()
    )


def _usages(serving: Serving, editing: Editing) -> dict[str, Usage]:
    numbers = (editing.process, serving.host.process.pid, serving.worker)
    return dict(zip(PROCESSES, map(usage, numbers), strict=True))


def _seconds(serving: Serving, editing: Editing) -> float:
    return sum(each.seconds for each in _usages(serving, editing).values())


def judge(samples: list[Sample]) -> list[Verdict]:
    """What of the samples after the warm-up has grown."""
    last_worker = _warm([each for each in samples if each.worker == samples[-1].worker])
    samples = _warm(samples)
    verdicts = []
    for name in PROCESSES:
        judged = last_worker if name == "worker" else samples
        for unit, least in (("memory", LEAST), ("files", 3.0), ("threads", 3.0)):
            values = [(each.minute, float(getattr(each.processes[name], unit))) for each in judged]
            verdicts.append(_verdict(f"{unit} of the {name}", values, least))
    for name in samples[-1].databases:
        values = [(each.minute, each.databases.get(name, 0.0)) for each in samples]
        verdicts.append(_verdict(f"{name}", values, 1.0))
    return verdicts


def _warm(samples: list[Sample]) -> list[Sample]:
    first, last = samples[0].minute, samples[-1].minute
    return [each for each in samples if each.minute >= first + WARM * (last - first)]


def _verdict(what: str, values: list[tuple[float, float]], least: float) -> Verdict:
    median = statistics.median(value for _, value in values)
    growth = slope(values) * (values[-1][0] - values[0][0])
    return Verdict(what, round(median, 1), round(growth, 2), growth <= max(GROWTH * median, least))


def table(samples: list[Sample], verdicts: list[Verdict]) -> str:
    """The page: what it comes to, what was done, and some of the samples."""
    last = samples[-1]
    lines = [
        f"{last.minute:.0f} minutes on {platform.system()} {platform.machine()}, Python {platform.python_version()}. Done: "
        + ", ".join(f"{count:,} {name}" for name, count in last.done.items())
        + ".",
        "",
        "| what | median | growth after the warm-up | flat |",
        "|---|---|---|---|",
    ]
    for what, median, growth, flat in verdicts:
        unit = " MiB" if what.startswith("memory") or ".sqlite" in what else ""
        lines.append(f"| {what} | {median}{unit} | {growth:+}{unit} | {'yes' if flat else 'NO'} |")
    lines += [
        "",
        "| minute | " + " | ".join(f"{name}: MiB, files, threads" for name in PROCESSES) + " | databases, MiB |",
    ]
    lines.append("|---|" + "---|" * (len(PROCESSES) + 1))
    for each in samples[:: max(1, len(samples) // 12)]:
        cells = [f"{used.memory:.1f}, {used.files}, {used.threads}" for used in each.processes.values()]
        lines.append(f"| {each.minute:.0f} | {' | '.join(cells)} | {sum(each.databases.values()):.1f} |")
    return "\n".join(lines) + "\n"


def _as_json(samples: list[Sample], verdicts: list[Verdict]) -> Any:
    shown = [
        each._asdict() | {"processes": {name: used._asdict() for name, used in each.processes.items()}}
        for each in samples
    ]
    return {
        "flat": all(each.flat for each in verdicts),
        "verdicts": [each._asdict() for each in verdicts],
        "samples": shown,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--load", type=float, default=0.4, help="share of a processor")
    parser.add_argument("--output", type=Path, default=Path("build/soak"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        samples = run(Path(folder), options.minutes, options.load)
    verdicts = judge(samples)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "soak.json").write_text(json.dumps(_as_json(samples, verdicts), indent=1), "utf-8")
    (options.output / "soak.md").write_text(table(samples, verdicts), "utf-8")
    sys.stdout.write(table(samples, verdicts))
    return 0 if all(each.flat for each in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Our worker beside the official runtime, azure-functions-runtime: the same indexing, data, values, logs and errors.

What differs on purpose is listed here (`reconciled`), with the reason.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import azure.durable_functions as df
import pytest
from cases import CASES, Case
from official_json import from_datum, to_json
from refused import REFUSED
from worker_driver import WORKER, Driver, Ran, loaded, worker
from worker_pythons import environment, pythons

from pystein_runtime.worker import protocol as p

HERE = Path(__file__).parent
RUNTIME = "azure-functions-runtime==1.3.0"
VERSIONS = [version for version in pythons() if version in ("3.11", "3.13")] or list(pythons())[-1:]
LEVELS = {
    "DEBUG": "debug",
    "INFO": "information",
    "Level 25": "information",
    "WARNING": "warning",
    "ERROR": "error",
    "CRITICAL": "critical",
}


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> str:
    """An interpreter with the official runtime; below 3.13, for which it is not published, it runs all the same."""
    found = pythons()[request.param]
    options = () if request.param >= "3.13" else ("--ignore-requires-python",)
    extensions = ("azurefunctions-extensions-bindings-blob", "azurefunctions-extensions-http-fastapi")
    return str(environment(found, RUNTIME, "azure-functions", "azure-functions-durable", *extensions, options=options))


def ask(python: str, script: str, *arguments: str, work: Any = None) -> Any:
    """Run one of the oracle's scripts."""
    command = [python, "-W", "ignore", str(HERE / script), *arguments]
    ran = subprocess.run(
        command, input=json.dumps(work), capture_output=True, text=True, check=False, env={"TZ": "UTC", "PATH": ""}
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout)


def test_every_combination(python: str) -> None:
    """All binding types with all annotations, data and values."""
    report = ask(python, "matrix.py", str(WORKER.parent))
    assert {part: found["differences"] for part, found in report.items()} == {"index": [], "decode": [], "encode": []}
    assert report["index"]["cases"] > 30_000
    assert report["decode"]["accepted"] > 5_000
    assert report["encode"]["accepted"] > 2_000


@pytest.mark.parametrize("extension", ["sdk", "streams"])
def test_every_annotation_of_the_extensions(python: str, extension: str) -> None:
    found = ask(python, "matrix.py", str(WORKER.parent), extension)["index"]
    assert found["differences"] == []
    assert found["cases"] > 5_000


async def test_every_invocation(python: str) -> None:
    """One function per binding and per way to end, through the whole worker."""
    work = [
        {
            "id": f"invocation-{number}",
            "function": case.function,
            "inputs": {name: to_json(datum) for name, datum in case.inputs.items()},
            "metadata": {name: to_json(datum) for name, datum in case.metadata.items()},
            "trace": case.trace and case.trace._asdict(),
            "retry": case.retry and case.retry._asdict(),
        }
        for number, case in enumerate(CASES, 1)
    ]
    official = ask(python, "official.py", work={"root": str(HERE / "suite"), "cases": work})
    assert official["error"] is None
    async with loaded(HERE / "suite", python=python, environment={"TZ": "UTC"}) as driver:
        said = await driver.until(p.Loaded)
        assert {function.name: function.bindings for function in said.functions} == official["bindings"]
        differences = []
        for case, expected in zip(CASES, official["cases"], strict=True):
            theirs, ours = reconciled(official_result(expected)), reconciled(await run(driver, case))
            differences += [
                (case.function, part, theirs[part], ours[part]) for part in ours if theirs[part] != ours[part]
            ]
        assert differences == []
        assert {case.function for case in CASES} == {function.name for function in said.functions}


async def run(driver: Driver, case: Case) -> dict[str, Any]:
    ran = await driver.run(case.function, case.inputs, case.metadata, trace=case.trace, retry=case.retry)
    return our_result(ran)


def our_result(ran: Ran) -> dict[str, Any]:
    result = ran.result
    error = result.error
    logs = [
        [log.level, log.category, log.message + (f"\n{log.exception}" if log.exception else "")]
        for log in ran.logs
        if not log.system and log.category not in ("stdout", "stderr")
    ]
    return {
        "ok": result.ok,
        "error": error and f"{error.type}: {error.message}",
        "frames": frames(error.full_traceback or error.traceback) if error else [],
        "return": from_datum(result.return_value),
        "outputs": {name: from_datum(datum) for name, datum in result.outputs.items()},
        "logs": logs,
        "printed": [log.message for log in ran.logs if log.category == "stdout"],
    }


def official_result(expected: dict[str, Any]) -> dict[str, Any]:
    return {
        "ok": expected["ok"],
        "error": expected["error"],
        "frames": frames(expected["trace"]),
        "return": expected["return"],
        "outputs": expected["outputs"],
        "logs": [[LEVELS[level], name, text] for level, name, text in expected["logs"]],
        "printed": expected["printed"].splitlines(),
    }


def frames(traceback: str) -> list[str]:
    """The app's lines in a traceback."""
    return re.findall(r'File "[^"]*(?:suite|refused)[^"]*", line \d+, in .*', traceback)


def reconciled(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what differs on purpose."""
    error = result["error"] or ""  # (and without addresses)
    # The official worker forgets to fill in its text: RuntimeError('function %s without a ...returned ...', "'name'").
    # We say what its successor, native_invocation.py of the same package, says.
    broken = re.fullmatch(r"RuntimeError: \('function %s without a \$return binding'?returned .*', \"('.*')\"\)", error)
    if broken:
        error = f"RuntimeError: function {broken[1]} without a $return binding returned a non-None value"
    # Where an exception cannot say its text, the official worker drops its type as well; we keep it.
    unsayable = "Unhandled exception in function. Could not serialize original exception message."
    if error.endswith(unsayable):
        error = unsayable
    if error.startswith("TimeoutError"):  # asyncio before 3.12 copies it from the thread, without its traceback
        result = {**result, "frames": []}
    if result["return"] and "startTime" in str(result["return"]["value"]):  # of an entity's operation
        value = re.sub(r'"(duration|startTime)": \d+', r'"\1": 0', result["return"]["value"])
        result = {**result, "return": {**result["return"], "value": value}}
    return {**result, "error": re.sub(r" at 0x[0-9a-f]+", "", error)}


async def test_every_refusal(python: str, tmp_path: Path) -> None:
    """Apps that do not load, and why."""
    roots = []
    for number, source in enumerate(REFUSED.values()):
        root = tmp_path / f"refused{number}"
        root.mkdir()
        (root / "function_app.py").write_text(source)
        (root / "broken.py").write_text("import no_such_module_at_all\n")
        roots.append(root)
    official = ask(python, "official.py", work={"roots": [str(root) for root in roots]})
    for name, root, expected in zip(REFUSED, roots, official, strict=True):
        async with worker(root, python=python, environment={"PYTHONHASHSEED": "0"}) as driver:
            said = await driver.load(root)
            assert isinstance(said, p.LoadFailed), name
            error = said.error
            assert without_path(f"{error.type}: {error.message}") == without_path(expected), name
            assert error.file is None or Path(error.file).name in ("function_app.py", "broken.py"), name


def without_path(text: str) -> str:
    """The message without the search path, and sets in one order."""
    text = re.sub(r"Current sys.path: .*", "Current sys.path: ...", text)
    return re.sub(r"\{('\w+'(?:, '\w+')*)\}", lambda found: str(sorted(found[1].split(", "))), text)


def test_the_suite_has_every_binding() -> None:
    source = (HERE / "suite" / "function_app.py").read_text()
    names = [name for name in dir(df.DFApp) if name.endswith(("_trigger", "_input", "_output", "_binding"))]
    assert [name for name in names if f"@app.{name}(" not in source and not name.startswith(GENERIC)] == []


# Bindings without a converter of their own: for the worker they are all one, and three of them are there.
GENERIC = ("dapr_", "assistant_", "embeddings_", "semantic_", "text_completion_", "generic_input", "mcp_tool_property")

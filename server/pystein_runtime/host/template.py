"""Begin a new binding: `python -m pystein_runtime.host.template TYPE {output,input,trigger}`.

Writes a module that works, over files in the app's `.pystein` in the place of a service, and its test, and enters it into the
table of its kind: what is left is to put the service there. For those who work on pystein-lsp itself, in a checkout.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[3]
_TYPE = re.compile(r"[a-z][A-Za-z0-9]+")

_OUTPUT = '''
"""The `newBinding` output: each element of what the function sets becomes a line of a file.

Facts: say where each rule of the platform stands, such as a class of the extension's repository.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .values import bodies

if TYPE_CHECKING:
    from pathlib import Path

    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings
    from pystein_runtime.worker.messages import Datum

    from . import Context


def is_local(_settings: Settings, _binding: Binding) -> bool:
    """Whether nothing but this machine is written to; `invoke` asks before it writes elsewhere."""
    return True


async def write(context: Context, datum: Datum) -> None:
    """Write what was set.

    Raises:
        BindingError: a value that is no line.
    """
    path = context.services.root / ".pystein" / "new_binding.txt"
    await asyncio.to_thread(_append, path, bodies(datum))


def _append(path: Path, lines: list[bytes]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        file.writelines(line + b"\\n" for line in lines)
'''.lstrip("\n")

_INPUT = '''
"""The `newBinding` input: what a file holds.

Facts: say where each rule of the platform stands, such as a class of the extension's repository.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pystein_runtime.worker.messages import NOTHING, Datum

from . import BindingError

if TYPE_CHECKING:
    from . import Context


async def read(context: Context) -> Datum:
    """The file's text; nothing where there is none.

    Raises:
        BindingError: it cannot be read.
    """
    path = context.services.root / ".pystein" / "new_binding.txt"
    try:
        return Datum("string", await asyncio.to_thread(path.read_text, "utf-8"))
    except FileNotFoundError:
        return NOTHING
    except (OSError, UnicodeDecodeError) as error:
        raise BindingError(f"{context.binding.name}: {path.name} cannot be read: {error}") from error
'''.lstrip("\n")

_TRIGGER = '''
"""The `newBinding` trigger: runs for each file of a folder, which goes when the function has succeeded.

Facts: say where each rule of the platform stands, such as a class of the extension's repository.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pystein_runtime.worker.messages import Datum

from . import BY_HAND, RETRY_SECONDS, Event
from .polling import Poller

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pystein_runtime.host.functions import Function

    from . import Listener, Listening

_PAUSE_SECONDS = 0.1


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Listener(Poller):
    """Follows the folder for one function."""

    refusals = (OSError,)

    async def start(self) -> None:
        """Begin to follow the folder.

        Raises:
            OSError: it cannot be made.
        """
        self._folder = self.host.services.root / ".pystein" / "new_binding"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.begin()

    async def poll(self) -> None:
        """Run the function for the next file."""
        path = await asyncio.to_thread(_first, self._folder)
        if path is None:
            await self.sleep(_PAUSE_SECONDS)
            return
        text = await asyncio.to_thread(path.read_text, "utf-8")
        outcome = await self.run(_to_event(text, f"New file '{path.name}'."))
        if outcome.ok:
            path.unlink()
        else:
            await self.sleep(RETRY_SECONDS)


def _first(folder: Path) -> Path | None:
    return min(folder.iterdir(), default=None)


def _to_event(text: str, reason: str) -> Event:
    return Event(Datum("string", text), {}, {}, reason)


def sample(_function: Function) -> Any:
    """An event to begin with."""
    return "hello"


async def from_data(_function: Function, data: str, _host: Listening) -> Event:
    """The event of a text that somebody gave by hand."""
    return _to_event(data, BY_HAND)
'''.lstrip("\n")

_OUTPUT_TEST = '''
"""The `newBinding` output."""

from __future__ import annotations

from collections.abc import Callable

from host_driver import Host

SOURCE = """
@app.route(route="note")
@app.generic_output_binding(arg_name="out", type="newBinding")
def note(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.params["text"])
    return "noted"
"""


def test_what_is_set_is_written(start: Callable[..., Host]) -> None:
    host = start(SOURCE)
    assert host.get("/api/note?text=first").text == "noted"
    assert host.get("/api/note?text=second").text == "noted"
    assert (host.root / ".pystein" / "new_binding.txt").read_text("utf-8") == "first\\nsecond\\n"
'''.lstrip("\n")

_INPUT_TEST = '''
"""The `newBinding` input."""

from __future__ import annotations

from collections.abc import Callable

from host_driver import Host

SOURCE = """
@app.route(route="ask")
@app.generic_input_binding(arg_name="value", type="newBinding")
def ask(req: func.HttpRequest, value: str) -> str:
    return value or "nothing"
"""


def test_what_is_there_is_read(start: Callable[..., Host]) -> None:
    host = start(SOURCE)
    assert host.get("/api/ask").text == "nothing"
    (host.root / ".pystein" / "new_binding.txt").write_text("forty-two", "utf-8")
    assert host.get("/api/ask").text == "forty-two"
'''.lstrip("\n")

_TRIGGER_TEST = '''
"""The `newBinding` trigger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from host_driver import Host, invoke, write_app

SOURCE = """
@app.generic_trigger(arg_name="text", type="newBinding")
def take(text: str) -> None:
    logging.info("got %s", text)
"""


def test_it_runs_for_what_comes(start: Callable[..., Host]) -> None:
    host = start(SOURCE)
    folder = host.root / ".pystein" / "new_binding"
    (folder / "one.txt").write_text("a letter", "utf-8")
    host.log("got a letter")
    host.invocation("take")
    host.stop()
    assert list(folder.iterdir()) == []


def test_by_hand(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", SOURCE)
    result = invoke(root, "take", "--data", "a card").json
    assert [line["message"] for line in result["logs"]] == ["got a card"]
'''.lstrip("\n")


class Kind(NamedTuple):
    """Where a kind of binding belongs, and how it begins."""

    folder: str
    """Below `server/pystein_runtime/host`."""
    table: str
    """The line in the folder's `__init__.py` with which its table of types begins."""
    module: str
    test: str


KINDS = {
    "output": Kind("bindings", "_OUTPUTS = {\n", _OUTPUT, _OUTPUT_TEST),
    "input": Kind("bindings", "_INPUTS = {\n", _INPUT, _INPUT_TEST),
    "trigger": Kind("triggers", "_MODULES = {\n", _TRIGGER, _TRIGGER_TEST),
}


def main() -> int:
    """Write it; gives the exit status, which is 2 where the type cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m pystein_runtime.host.template", description="begin a new binding")
    parser.add_argument("type", help="as function.json has it, such as sendGrid or rabbitMQTrigger")
    parser.add_argument("kind", choices=KINDS)
    args = parser.parse_args()
    kind = KINDS[args.kind]
    name = _module_name(args.type)
    package = Path("server", "pystein_runtime", "host", kind.folder)
    module, table, test = (
        package / f"{name}.py",
        package / "__init__.py",
        Path("tests", "runtime", "host", f"test_{name}_{args.kind}.py"),
    )
    if problem := _problem(args.type, args.kind, module, test):
        sys.stderr.write(f"{problem}\n")
        return 2
    for path, text in ((module, kind.module), (test, kind.test)):
        _write(path, text.replace("newBinding", args.type).replace("new_binding", name))
    text = (CHECKOUT / table).read_text("utf-8")
    _write(table, text.replace(kind.table, f'{kind.table}    "{args.type.lower()}": "{name}",\n', 1))
    sys.stdout.write(f"written: {module.as_posix()}, {test.as_posix()}; entered into {table.as_posix()}\n")
    return 0


def _problem(type_: str, kind: str, module: Path, test: Path) -> str | None:
    if not _TYPE.fullmatch(type_):
        return f"'{type_}' is no type of a binding: a small letter, then letters and digits, such as sendGrid"
    if not (CHECKOUT / test).parent.is_dir():
        return f"{CHECKOUT} is no checkout of pystein-lsp: there is no {test.parent.as_posix()}"
    if type_.endswith("Trigger") != (kind == "trigger"):
        return f"'{type_}' is no {kind}: the types of triggers, and no others, end with Trigger"
    taken = next((path for path in (module, test) if (CHECKOUT / path).exists()), None)
    return f"there is {taken.as_posix()} already: add to it" if taken else None


def _module_name(type_: str) -> str:
    """`rabbitMQTrigger` is `rabbit_mq`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type_.removesuffix("Trigger"))
    return words.lower()


def _write(path: Path, text: str) -> None:
    (CHECKOUT / path).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type Candidate, type Surroundings, ask, candidates, firstUsable } from "../../../../client-vscode/interpreters";
import { file, temporary } from "./folders";

const posix = { skip: process.platform === "win32" }; // the stand-ins are shell scripts

function around(root: string, changes: Partial<Surroundings> = {}): Surroundings {
  const env = { PATH: ["/nowhere", path.join(root, "bin")].join(path.delimiter) };
  return { setting: "", chosen: undefined, folders: [path.join(root, "ws")], trusted: true, env, platform: "linux", ...changes };
}

const origins = (found: Candidate[]) => found.map((one) => one.origin);
const as = (command: string): Candidate => ({ command, args: [], origin: "test" });

/** A Python that is too old cannot be installed for a test; what it would answer can be. */
const old = "#!/bin/sh\necho 3.8.1\necho False\necho $0\n";

test("setting, editor, VIRTUAL_ENV, .venv and PATH are asked in this order", posix, (t) => {
  const root = temporary(t);
  for (const name of ["active/bin/python", "ws/.venv/bin/python", "bin/python3"]) file(root, name);
  const env = { ...around(root).env, VIRTUAL_ENV: path.join(root, "active") };
  const found = candidates(around(root, { setting: "/opt/py", chosen: "/chosen/python", env }));
  assert.deepEqual(origins(found), [
    "the setting pystein.interpreter",
    "the interpreter chosen in the editor",
    "VIRTUAL_ENV",
    ".venv of the workspace",
    "PATH",
  ]);
});

test("without trust nothing comes from the workspace, by whatever way", posix, (t) => {
  const root = temporary(t);
  const workspace = path.join(root, "ws");
  const evil = file(workspace, ".venv/bin/python");
  file(workspace, ".venv/bin/python3");
  mkdirSync(path.join(root, "linked"));
  symlinkSync(evil, path.join(root, "linked", "python3"));
  const good = file(root, "bin/python3");
  const env = {
    PATH: [path.dirname(evil), ".", path.join(root, "linked"), path.join(root, "bin")].join(path.delimiter),
    VIRTUAL_ENV: path.join(workspace, ".venv"),
  };
  const found = candidates(around(root, { trusted: false, setting: evil, chosen: evil, env }));
  assert.deepEqual(found.map((one) => one.command), [good]);
  assert.equal(candidates(around(root, { setting: evil, env }))[0]?.command, evil);
});

test("PATH gives numbered Pythons after the plain ones, and py on Windows", (t) => {
  const root = temporary(t);
  for (const name of ["python3.12", "python3", "py.exe", "python.exe"]) file(root, `bin/${name}`);
  const names = (platform: NodeJS.Platform) =>
    candidates(around(root, { platform })).map((one) => [path.basename(one.command), ...one.args].join(" "));
  assert.deepEqual(names("linux"), ["python3", "python3.12"]);
  assert.deepEqual(names("win32"), ["python.exe", "py.exe -3"]);
});

test("a real Python says who it is", async (t) => {
  const [python] = candidates({ ...around(temporary(t)), env: process.env, platform: process.platform });
  assert.ok(python, "no Python on PATH");
  const answer = await ask(python, temporary(t), true);
  assert.ok(typeof answer !== "string", String(answer));
  assert.match(answer.version, /^3\.\d+\.\d+$/);
  assert.ok(path.isAbsolute(answer.executable));
});

test("what does not work says why", posix, async (t) => {
  const root = temporary(t);
  const why = (text: string) => ask(as(file(root, "python", text)), root, true);
  assert.equal(await ask(as(path.join(root, "missing")), root, true), "does not run: there is no such file");
  assert.equal(await why(old), "is Python 3.8.1; 3.10 or newer is needed");
  assert.equal(await why("#!/bin/sh\necho lost its libraries >&2\nexit 1\n"), "does not run: lost its libraries");
  assert.equal(await why("#!/bin/sh\nexit 3\n"), "does not run: it ended with 3");
  assert.equal(await why("#!/bin/sh\n"), "does not run: it did not answer as Python does");
  assert.equal(await ask(as(root), root, true), "does not run: it is not executable");
});

test("the current folder is not imported from", async (t) => {
  const root = temporary(t);
  file(root, "pystein_lsp/__init__.py", "raise SystemExit('imported')");
  const [python] = candidates({ ...around(root), env: process.env, platform: process.platform });
  assert.ok(python);
  const answer = await ask(python, root, true);
  assert.ok(typeof answer !== "string" && !answer.hasServer);
});

test("a broken and an old interpreter are passed over", posix, async (t) => {
  const root = temporary(t);
  const broken = as(path.join(root, "gone", "python"));
  const ancient = as(file(root, "old/python", old));
  const good = as(file(root, "new/python", "#!/bin/sh\necho 3.12.0\necho True\necho /usr/bin/python3.12\n"));
  const { interpreter, refused } = await firstUsable([broken, ancient, good], (one) => ask(one, root, true));
  assert.deepEqual(interpreter, { executable: "/usr/bin/python3.12", version: "3.12.0", origin: "test", hasServer: true });
  assert.deepEqual(refused.map((one) => one.candidate), [broken, ancient]);
});

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { type Candidate, SETTING, ask } from "../../../../client-vscode/interpreters";
import { type LaunchSettings, plan } from "../../../../client-vscode/launch";
import { file, temporary } from "./folders";

const posix = { skip: process.platform === "win32" }; // the stand-ins are shell scripts
const unset: LaunchSettings = { interpreter: "", path: "", importStrategy: "useBundled" };
const trusting = { folders: ["/ws"], trusted: true };

const from = (command: string, origin = "PATH"): Candidate => ({ command, args: [], origin });
const python = (root: string, hasServer: boolean) =>
  file(root, `python-${hasServer}`, `#!/bin/sh\necho 3.12.0\necho ${hasServer ? "True" : "False"}\necho $0\n`);

test("the bundled server is started isolated from the workspace", posix, async (t) => {
  const root = temporary(t);
  const executable = python(root, true);
  const { launch, problems } = await plan(unset, [from(executable)], root, trusting, ask);
  assert.equal(launch?.command, executable);
  assert.deepEqual(launch?.args, ["-I", "-X", "utf8", path.join(root, "launch_server.py")]);
  assert.deepEqual(problems, []);
});

test("fromEnvironment takes the environment's server, and the bundled one where there is none", posix, async (t) => {
  const root = temporary(t);
  const settings: LaunchSettings = { ...unset, importStrategy: "fromEnvironment" };
  const own = await plan(settings, [from(python(root, true))], root, trusting, ask);
  assert.deepEqual(own.launch?.args, ["-X", "utf8", "-m", "pystein_lsp"]);
  const without = await plan(settings, [from(python(root, false))], root, trusting, ask);
  assert.equal(without.launch?.args[0], "-I");
  assert.match(without.notes.join(), /has no pystein-lsp; the bundled server is used/);
});

test("pystein.path comes first, and what it names wrongly is told and passed over", posix, async (t) => {
  const root = temporary(t);
  const executable = file(root, "pystein-lsp");
  const settings = { ...unset, path: executable };
  assert.deepEqual((await plan(settings, [], root, trusting, ask)).launch?.args, []);
  const wrong = await plan({ ...unset, path: path.join(root, "gone") }, [from(python(root, false))], root, trusting, ask);
  assert.match(wrong.problems.join(), /^The setting pystein\.path names .*gone, which cannot be found\.$/);
  assert.ok(wrong.launch);
});

test("without trust no executable of the workspace is started", posix, async (t) => {
  const root = temporary(t);
  const settings = { ...unset, path: file(root, "ws/pystein-lsp") };
  const { launch, problems } = await plan(settings, [], root, { folders: [path.join(root, "ws")], trusted: false }, ask);
  assert.equal(launch, undefined);
  assert.match(problems[0] ?? "", /lies in a workspace that is not trusted/);
});

test("an interpreter that the user named is told when it fails, others only noted", posix, async (t) => {
  const root = temporary(t);
  const all = [from("/gone/python", SETTING), from("/gone/venv/python"), from(python(root, false))];
  const { launch, problems, notes } = await plan(unset, all, root, trusting, ask);
  assert.ok(launch);
  assert.deepEqual(problems, ["/gone/python (the setting pystein.interpreter) does not run: there is no such file."]);
  assert.deepEqual(notes, ["/gone/venv/python (PATH) does not run: there is no such file."]);
});

test("no Python at all is one clear sentence", async (t) => {
  const root = temporary(t);
  const { launch, problems } = await plan(unset, [], root, trusting, ask);
  assert.equal(launch, undefined);
  assert.deepEqual(problems, [
    "PyStein needs Python 3.10 or newer to start its server: none was found. Install one, or name it in the setting pystein.interpreter.",
  ]);
});

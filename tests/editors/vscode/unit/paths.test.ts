import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { expand, isInside } from "../../../../client-vscode/paths";
import { file, temporary } from "./folders";

test("variables in a setting are replaced, relative paths count from the workspace folder", (t) => {
  const folder = temporary(t);
  assert.equal(expand("${workspaceFolder}/.venv/bin/python", folder), `${folder}/.venv/bin/python`);
  assert.equal(expand("${userHome}/py", folder), `${os.homedir()}/py`);
  assert.equal(expand("${env:TOOLS}/py", undefined, { TOOLS: "/opt" }), "/opt/py");
  assert.equal(expand(" .venv/bin/python ", folder), path.join(folder, ".venv/bin/python"));
  assert.equal(expand("python3", folder), "python3");
  assert.equal(expand("", folder), "");
});

test("what cannot be replaced stays, for the message to show", () => {
  assert.equal(expand("${workspaceFolder}/py", undefined), "${workspaceFolder}/py");
  assert.equal(expand("${unknown}", "/ws"), "${unknown}");
});

test("a file is inside a folder by its name or by what it links to", { skip: process.platform === "win32" }, (t) => {
  const root = temporary(t);
  const [workspace, elsewhere] = [path.join(root, "ws"), path.join(root, "elsewhere")];
  mkdirSync(elsewhere);
  const evil = file(workspace, "bin/python");
  symlinkSync(evil, path.join(elsewhere, "python"));
  symlinkSync("/usr/bin/env", path.join(workspace, "harmless"));
  assert.ok(isInside(path.join(elsewhere, "python"), [workspace]));
  assert.ok(isInside(path.join(workspace, "harmless"), [workspace]));
  assert.ok(isInside(path.join(elsewhere, "..", "ws", "bin", "python"), [workspace]));
  assert.ok(!isInside("/usr/bin/env", [workspace]));
  assert.ok(!isInside(path.join(root, "ws2", "python"), [workspace]));
  assert.ok(isInside(path.join(workspace, "..python"), [workspace]));
});

/** A workspace that nobody trusts: its functions are checked, and nothing of it is executed. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { APP, PYTHON, SETTINGS } from "./app";
import { Editor } from "./editor";

/** An interpreter that works and leaves a trace of having been started. */
const TRAP = `#!/bin/sh\ntouch "$(dirname "$0")/../../executed"\nexec "${PYTHON}" "$@"\n`;

const TRAPPED = {
  ...APP,
  ".venv/bin/python": TRAP,
  ".venv/bin/python3": TRAP,
  ".venv/bin/pystein-lsp": TRAP,
  ".vscode/settings.json": JSON.stringify({
    "pystein.interpreter": "${workspaceFolder}/.venv/bin/python",
    "pystein.path": "${workspaceFolder}/.venv/bin/pystein-lsp",
    "pystein.importStrategy": "fromEnvironment",
  }),
};

test("without trust functions are checked and nothing of the workspace is executed", async (t) => {
  const editor = await Editor.open(t, "trust", { files: TRAPPED, untrusted: true, settings: { ...SETTINGS, "pystein.interpreter": "" } });
  const trace = path.join(editor.workspace, "executed");

  await editor.step("the mistake is marked all the same", async () => {
    await editor.squiggle("error").waitFor();
  });

  await editor.step("no interpreter or executable of the workspace was started, and none of its functions", async () => {
    assert.ok(!existsSync(trace));
  });

  await editor.step("with trust the server starts as the workspace says", async () => {
    await editor.command("Workspaces: Manage Workspace Trust");
    await editor.page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
    await editor.until("the workspace's interpreter is used", () => existsSync(trace));
  });
});

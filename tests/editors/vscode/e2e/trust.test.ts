/** A workspace that nobody trusts: its functions are checked, and nothing of it is executed. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { APP, PYTHON, SETTINGS } from "./app";
import { Editor } from "./editor";

/** An interpreter, and a server, that work and leave a trace of having been started. */
const TRAP = `#!/bin/sh\ntouch "$(dirname "$0")/../../executed"\nexec "${PYTHON}" `;
const BUNDLED = '"$(dirname "$0")"/../../../extensions/pystein.pystein-lsp-*/out/bundled/launch_server.py';

const TRAPPED = {
  ...APP,
  ".venv/bin/python": `${TRAP} "$@"\n`,
  ".venv/bin/python3": `${TRAP} "$@"\n`,
  ".venv/bin/pystein-lsp": `${TRAP} -I ${BUNDLED} "$@"\n`,
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

  await editor.step("nothing of the workspace was started, and nothing is offered to be", async () => {
    assert.ok(!existsSync(trace));
    assert.equal(await editor.lens("Run").count(), 0);
  });

  await editor.step("with trust the server starts as the workspace says", async () => {
    await editor.command("Workspaces: Manage Workspace Trust");
    await editor.page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
    await editor.page.locator(".workspace-trust-editor", { hasText: "You trust this folder" }).waitFor();
    await editor.page.keyboard.press("Escape");
    await editor.lens("Run hello").waitFor();
    assert.ok(existsSync(trace));
  });
});

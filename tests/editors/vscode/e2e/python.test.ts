/** Which Python starts the server, and what is said when there is none. */

import { test } from "node:test";
import { APP, PYTHON, SETTINGS } from "./app";
import { Editor } from "./editor";

test("without any Python one message says what is missing", async (t) => {
  const editor = await Editor.open(t, "no-python", { files: APP, env: { PATH: "/nowhere", VIRTUAL_ENV: "", SHELL: "/nowhere/sh" } });
  const message = editor.notification("PyStein needs Python 3.10 or newer");
  await editor.step("a message says it", () => message.waitFor());
  await editor.step("the output has it too", async () => {
    await editor.button(message, "Show Output").click();
    await editor.output("PyStein needs Python 3.10 or newer").waitFor();
  });
});

test("a broken interpreter in the settings is told and passed over", async (t) => {
  const settings = { ...SETTINGS, "pystein.interpreter": "/nowhere/python" };
  const editor = await Editor.open(t, "broken-python", { files: APP, settings });
  const message = "/nowhere/python (the setting pystein.interpreter) does not run: there is no such file.";
  await editor.step("a message says it", () => editor.notification(message).waitFor());
  await editor.step("another one serves", () => editor.squiggle("error").waitFor());
});

test("a broken environment of the workspace is passed over without a message", async (t) => {
  const broken = "#!/bin/sh\necho not a Python >&2\nexit 1\n";
  const editor = await Editor.open(t, "broken-environment", { files: { ...APP, ".venv/bin/python": broken } });
  await editor.step("another one serves", () => editor.squiggle("error").waitFor());
  await editor.step("the output says why", async () => {
    await editor.command("PyStein: Show Output");
    await editor.output("not a Python").waitFor();
  });
});

test("an interpreter without azure-functions checks all the same, and a run says what to install", async (t) => {
  const bare = `#!/bin/sh\nexec "${PYTHON}" -S "$@"\n`; // without site-packages
  const files = { ...APP, "tools/bin/python": bare };
  const editor = await Editor.open(t, "no-library", { files, settings: { "pystein.interpreter": "${workspaceFolder}/tools/bin/python" } });
  await editor.step("the mistake is marked", () => editor.squiggle("error").waitFor());
  await editor.step("a run says what is missing", async () => {
    await editor.lens("Run hello").click();
    await editor.notification(/azure-functions/).waitFor();
  });
});

test("an interpreter that is too old is told and passed over", async (t) => {
  const old = "#!/bin/sh\necho 3.8.1\necho False\necho $0\n";
  const files = { ...APP, "tools/bin/python": old };
  const editor = await Editor.open(t, "old-python", { files, settings: { "pystein.interpreter": "${workspaceFolder}/tools/bin/python" } });
  await editor.step("a message says it", () => editor.notification("is Python 3.8.1; 3.10 or newer is needed").waitFor());
  await editor.step("another one serves", () => editor.squiggle("error").waitFor());
});

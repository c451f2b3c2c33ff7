/** How long the start takes, as the extension and VS Code tell it. Told, not judged: it hangs on the machine. */

import { test } from "node:test";
import { APP, SETTINGS } from "./app";
import { Editor } from "./editor";

const TOLD = "Milliseconds of the start: ";

test("the start is told: the first one, and one that knows the interpreter", async (t) => {
  const { "function_app.py": app = "", "host.json": _host, ...others } = APP; // nothing that activates the extension
  const editor = await Editor.open(t, "startup", { files: { "README.md": "# at rest\n", ...others }, settings: SETTINGS });
  const { page } = editor;

  const tell = async (): Promise<void> => {
    await editor.squiggle("error").waitFor();
    const seen = Date.now();
    const told = await editor.logged(TOLD);
    const ready = await editor.logged("The server is ready");
    t.diagnostic(told.slice(told.indexOf(TOLD)));
    t.diagnostic(`the mark was seen ${seen - timeOf(ready)} ms after the server was ready`);
  };

  await editor.step("in a window that was at rest", async () => {
    editor.write("function_app.py", app);
    await editor.open("function_app.py");
    await tell();
  });

  await editor.step("in a window that is loaded again", async () => {
    await editor.load("function_app.py");
    await tell();
  });

  await editor.step("VS Code tells it too", async () => {
    await editor.command("Developer: Show Running Extensions");
    const rows = page.locator(".runtime-extensions-editor .monaco-list-row");
    await rows.first().hover();
    await page.mouse.wheel(0, 10_000); // the slowest ones stand above
    const ours = rows.filter({ hasText: "PyStein" }).locator(".activation-time");
    t.diagnostic(`VS Code says of the second: ${await ours.innerText()}`);
  });
});

/** When a line was written to the log. */
const timeOf = (line: string): number => Date.parse(line.slice(0, 23).replace(" ", "T"));

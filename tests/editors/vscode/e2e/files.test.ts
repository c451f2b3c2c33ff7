/** New apps and functions, and the files beside the code. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { FUNCTION_APP, SETTINGS } from "./app";
import { Editor } from "./editor";

test("an app begins with a command, and a function with a template", async (t) => {
  const editor = await Editor.open(t, "new", { files: { "README.md": "# empty\n" }, settings: SETTINGS });
  const { page } = editor;

  await editor.step("the empty view offers a new app", async () => {
    await editor.showView();
    await page.locator(".welcome-view-content", { hasText: "No function app was found" }).first().waitFor();
  });

  await editor.step("a new app is written and opened", async () => {
    await page.locator(".welcome-view-content .monaco-button", { hasText: "New Function App" }).first().click();
    await editor.choice("app").click();
    await editor.line("def hello").waitFor();
    assert.ok(existsSync(path.join(editor.workspace, "host.json")));
    await editor.entry(/hello.*GET \/api\/hello/).waitFor();
  });

  await editor.step("a function is added from a template", async () => {
    await editor.command("PyStein: Add Function");
    await editor.choice("takes messages of a storage queue").click();
    await editor.line("def work(msg").waitFor();
    await page.keyboard.type("pack");
    await page.keyboard.press("Escape");
    await editor.entry(/pack.*queue orders/).waitFor();
    await page.keyboard.press("Control+s");
    await editor.file("function_app.py", /\n\n\n@app\.queue_trigger\(.*\)\ndef pack\(msg/);
  });
});

test("host.json and local.settings.json have schemas", async (t) => {
  const files = {
    "host.json": '{\n  "version": "2.0",\n  "functionTimeout": 5,\n  \n}\n',
    "local.settings.json": '{\n  "IsEncrypted": false,\n  "Values": {\n    "FUNCTIONS_WORKER_RUNTIME": "python"\n  }\n}\n',
    "function_app.py": `${FUNCTION_APP}\n\n@app.queue_trigger(arg_name="m", queue_name="orders", connection="OrdersConnection")\ndef work(m: func.QueueMessage) -> None:\n    pass\n`,
  };
  const editor = await Editor.open(t, "schemas", { files, settings: SETTINGS });
  const { page } = editor;

  await editor.step("a wrong value is marked", async () => {
    await editor.squiggle("warning").waitFor();
  });

  await editor.step("names are completed once, with what they mean", async () => {
    await editor.line('"functionTimeout"').click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.type('"extensionB');
    const items = page.locator(".suggest-widget .monaco-list-row", { hasText: "extensionBundle" });
    await items.first().waitFor();
    assert.equal(await items.count(), 1);
  });

  await editor.step("the server adds the settings that the app needs", async () => {
    await page.keyboard.press("Escape");
    await editor.open("local.settings.json");
    await editor.line('"Values"').click();
    await page.keyboard.press("End");
    await page.keyboard.type('\n"');
    await page.locator(".suggest-widget .monaco-list-row", { hasText: "OrdersConnection" }).first().waitFor();
  });
});

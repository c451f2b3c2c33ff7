/** The Functions view: what is there while nothing runs, and what can be done from it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS, SHOP, STUBS } from "./app";
import { Editor } from "./editor";

test("the view shows functions while nothing runs, and runs them", async (t) => {
  const editor = await Editor.open(t, "view", { files: { ...SHOP, ...STUBS, "other/function_app.py": SHOP["function_app.py"] ?? "" }, settings: SETTINGS });
  const { page } = editor;

  await editor.step("apps with their functions, routes, queues and schedules", async () => {
    await editor.showView();
    await editor.entry(/take_order.*POST \/api\/orders/).waitFor();
    await editor.entry(/work_off.*queue orders/).waitFor();
    await editor.entry(/tidy_up.*09:30/).waitFor();
    await editor.entry(/^other/).waitFor(); // a second app in the same folder
    await editor.line("import json").hover(); // away from what explains itself under the mouse
    await page.locator(".workbench-hover-container").first().waitFor({ state: "hidden" });
    await editor.picture("readme-view");
  });

  await editor.step("what is typed is there before it is saved", async () => {
    await editor.line("def tidy_up").click();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("really_");
    await editor.entry("really_tidy_up").waitFor();
  });

  await editor.step("a button runs a function", async () => {
    await editor.press(editor.entry("really_tidy_up"), "Run");
    await editor.notification(/really_tidy_up: succeeded in/).waitFor();
  });

  await editor.step("a payload is asked for, and the result opens beside the code", async () => {
    await editor.command("PyStein: Run Function with Payload");
    await editor.choice("take_order").click();
    await editor.input.fill('{"id": 7, "total": 12}');
    await editor.choice('{"id": 7, "total": 12}').waitFor();
    await page.keyboard.press("Enter");
    await editor.button(editor.notification(/take_order: 202 in/), "Open Result").click(); // it is shown for some seconds only
    await editor.line('"status": 202').waitFor();
    await editor.quiet();
    await editor.picture("readme-run");
  });

  await editor.step("the payload is remembered", async () => {
    await editor.command("PyStein: Run Function with Payload");
    await editor.choice("take_order").click();
    await editor.choice('{"id": 7, "total": 12}').waitFor();
    await page.keyboard.press("Escape");
  });

  await editor.step("a function leads to its code", async () => {
    await editor.entry("work_off").click();
    await editor.line("def work_off").waitFor();
    assert.ok(await editor.line("def work_off").isVisible());
  });
});

/** Folders with names that are easily mistaken, and one into which nothing can be written. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { APP, SETTINGS, SHOP } from "./app";
import { Editor, type Wanted, canBeReadOnly } from "./editor";

/** What has to do with the names of files: diagnostics, a run, a breakpoint, the view, a task. */
async function works(t: TestContext, name: string, place: Pick<Wanted, "folder" | "link">): Promise<void> {
  const editor = await Editor.open(t, name, { files: SHOP, settings: SETTINGS, ...place });
  const { page } = editor;

  await editor.step("a function runs", async () => {
    await editor.lens("Run take_order").click();
    await editor.notification(/take_order: 202 in/).waitFor();
    await editor.quiet();
  });

  await editor.step("a breakpoint is hit", async () => {
    await editor.line("an order came in").click();
    await page.keyboard.press("F9");
    await page.locator(".codicon-debug-breakpoint").first().waitFor();
    await page.keyboard.press("F5");
    await page.locator(".debug-toolbar").waitFor();
    const answer = fetch(`${await editor.hostUrl()}/api/orders`, { method: "POST", body: '{"id": 1, "total": 3}' });
    await page.locator(".debug-top-stack-frame-line, .debug-top-stack-frame").first().waitFor();
    await page.keyboard.press("F5");
    assert.equal((await answer).status, 202);
    await page.keyboard.press("Shift+F5");
    await page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  });

  await editor.step("the view leads to the code that is open, and stops the app", async () => {
    await editor.showView();
    await editor.entry("work_off").click();
    await editor.line("def work_off").waitFor();
    assert.equal(await page.locator(".tabs-container .tab", { hasText: "function_app.py" }).count(), 1);
    await editor.press(editor.entry(new RegExp(`^${path.basename(editor.workspace)}`)), "Stop App");
  });
}

test("a folder with blanks and letters from elsewhere", (t) => works(t, "letters", { folder: "Meine Büros 東京/app #1 100%" }));

test("a folder that is opened by a link", (t) => works(t, "link", { folder: "real/app", link: "linked" }));

const skip = !canBeReadOnly() && "root writes everywhere, and may mount nothing here";

test("a folder into which nothing can be written is checked, and what cannot be done there says so", { skip }, async (t) => {
  const editor = await Editor.open(t, "read-only", { files: APP, settings: SETTINGS, readOnly: true });

  await editor.step("the mistake is marked", async () => {
    await editor.squiggle("error").waitFor();
  });

  await editor.step("stubs cannot be set up there", async () => {
    await editor.command("PyStein: Set Up Type Stubs");
    await editor.notification("the stubs cannot be written").waitFor();
    assert.ok(!existsSync(path.join(editor.workspace, "typings")));
    await editor.quiet();
  });

  await editor.step("no function runs there", async () => {
    await editor.lens("Run hello").click();
    await editor.notification(/cannot be written|Read-only|read-only|Permission denied/).waitFor();
  });
});

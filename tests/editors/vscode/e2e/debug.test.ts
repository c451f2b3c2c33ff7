/** F5: the app runs under a debugger that comes with the extension, and stops where it should. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS, SHOP } from "./app";
import { Editor } from "./editor";

test("F5 stops at a breakpoint, and what was asked is answered afterwards", async (t) => {
  const editor = await Editor.open(t, "debug", { files: SHOP, settings: SETTINGS });
  const { page } = editor;
  const stopped = page.locator(".debug-top-stack-frame-line, .debug-top-stack-frame");
  const variable = (text: string | RegExp) => page.locator(".debug-viewlet .monaco-list-row", { hasText: text }).first();
  let answer: Promise<Response> | undefined;

  await editor.step("a breakpoint is set", async () => {
    await editor.lens("Run take_order").waitFor(); // the server is there
    await editor.line("an order came in").click();
    await page.keyboard.press("F9");
    await page.locator(".codicon-debug-breakpoint").first().waitFor();
  });

  await editor.step("F5 starts the app and attaches to it", async () => {
    await page.keyboard.press("F5");
    await page.locator(".debug-toolbar").waitFor();
  });

  await editor.step("a request stops there, with its variables", async () => {
    const url = await editor.hostUrl();
    answer = fetch(`${url}/api/orders`, { method: "POST", body: '{"id": 1, "total": 3}' });
    await stopped.first().waitFor();
    await variable("Locals").click();
    await page.keyboard.press("ArrowRight");
    await variable(/req.*HttpRequest/).waitFor();
    await editor.picture("readme-debug");
  });

  await editor.step("it goes on and answers", async () => {
    await page.keyboard.press("F5");
    assert.equal((await answer)?.status, 202);
  });

  await editor.step("the end of debugging leaves the app running", async () => {
    await page.keyboard.press("Shift+F5");
    await page.locator(".debug-toolbar").waitFor({ state: "hidden" });
    assert.equal((await fetch(`${await editor.hostUrl()}/admin/host/status`)).status, 200);
  });

  await editor.step("a lens debugs one function", async () => {
    await editor.lens("Debug").first().click();
    await stopped.first().waitFor();
    await page.keyboard.press("F5");
    await editor.lens(/^202 in/).waitFor();
  });
});

/** What a language server is for: completion, hover and mends, in a real VS Code. */

import { test } from "node:test";
import { APP, SETTINGS, STUBS } from "./app";
import { Editor } from "./editor";

test("mistakes are explained and mended, decorators completed", async (t) => {
  const editor = await Editor.open(t, "language", { files: { ...APP, ...STUBS }, settings: SETTINGS });
  const { page } = editor;

  await editor.step("the mark says what the platform will do", async () => {
    await editor.squiggle("error").waitFor();
    await editor.squiggle("error").hover({ force: true });
    await page.locator(".monaco-hover", { hasText: "the worker refuses" }).first().waitFor();
    await editor.picture("readme-mistake");
  });

  await editor.step("a quick fix mends it", async () => {
    await page.keyboard.press("Escape");
    await editor.line("timer_trigger").click();
    await page.keyboard.press("F8"); // to the mistake
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row", { hasText: "Bind it to the parameter timer" }).first().click();
    await editor.squiggle("error").waitFor({ state: "detached" });
  });

  await editor.step("arguments of a decorator are completed", async () => {
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n\n@app.queue_tr");
    await page.locator(".suggest-widget .monaco-list-row", { hasText: "queue_trigger" }).first().waitFor();
    await editor.picture("readme-completion");
    await page.keyboard.press("Enter");
    await editor.line("queue_name=").waitFor();
  });

  await editor.step("a schedule is told in words", async () => {
    await page.keyboard.press("Escape");
    await editor.line("schedule=").locator("span", { hasText: "*/5" }).last().hover();
    await page.locator(".monaco-hover", { hasText: /every 5 minutes/i }).first().waitFor();
  });
});

/** What the extension is for: a mistake is seen while typing, and a lens runs a real function. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, SETTINGS } from "./app";
import { Editor } from "./editor";

test("a planted mistake is marked and mended, then a lens runs a function and its result opens", async (t) => {
  const editor = await Editor.open(t, "first-slice", { files: APP, settings: SETTINGS });
  const { page } = editor;

  await editor.step("the mistake is marked", async () => {
    await editor.squiggle("error").waitFor();
  });

  await editor.step("the mark says which rule was broken", async () => {
    await editor.squiggle("error").hover({ force: true });
    await page.locator(".monaco-hover", { hasText: "arg-name-mismatch" }).first().waitFor();
  });

  await editor.step("the mark goes when the mistake does", async () => {
    await page.keyboard.press("Escape"); // the hover
    await editor.squiggle("error").dblclick({ force: true }); // selects the word
    await page.keyboard.type("timer");
    await editor.squiggle("error").waitFor({ state: "detached" });
  });

  await editor.step("a lens saves the app and runs a function", async () => {
    await editor.lens("Run hello").click();
    await editor.notification(/hello: 200 in/).waitFor();
  });

  await editor.step("the result opens beside the code", async () => {
    await editor.button(editor.notification(/hello: 200 in/), "Open Result").click();
    await editor.line('"status": "succeeded"').waitFor();
    await editor.line("Hello from the function").waitFor();
  });

  await editor.step("the output has what the function logged", async () => {
    await editor.command("PyStein: Show Output");
    await editor.output("Hello from the function").waitFor();
    assert.match(editor.log(), /hello: hello was called/); // scrolled out of sight by then
  });
});

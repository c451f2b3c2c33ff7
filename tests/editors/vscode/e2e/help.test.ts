/** What tells of the extension itself: the language status, the walkthrough, the debug information. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, PYTHON, SETTINGS } from "./app";
import { Editor } from "./editor";

test("the extension tells what it is and how it runs", async (t) => {
  const editor = await Editor.open(t, "help", { files: APP, settings: SETTINGS });
  const { page } = editor;

  await editor.step("the language status names the server", async () => {
    await editor.squiggle("error").waitFor();
    await page.locator("[id='status.languageStatus']").click();
    await page.locator(".hover-language-status", { hasText: "PyStein" }).getByText(PYTHON).first().waitFor();
    await page.keyboard.press("Escape");
  });

  await editor.step("the debug information can be passed on", async () => {
    await editor.command("PyStein: Show Debug Information");
    await editor.line('"server answered"').waitFor();
  });

  await editor.step("the walkthrough has pictures", async () => {
    await page.setViewportSize({ width: 1600, height: 900 }); // beside the steps there is room for them
    await editor.command("Welcome: Open Walkthrough...");
    await editor.choice(/PyStein|Azure Functions/).click();
    const steps = page.locator(".getting-started-step");
    const picture = page.locator(".getting-started-media img");
    for (const title of ["Open an app", "See mistakes", "Run a function", "Stop where you want", "Look at what goes on"]) {
      await steps.filter({ hasText: title }).click();
      await picture.first().waitFor();
      await page.waitForFunction((image) => (image as { naturalWidth?: number } | null)?.naturalWidth, await picture.first().elementHandle());
    }
    assert.equal(await steps.count(), 5);
  });
});

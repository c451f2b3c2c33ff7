/** The Test Explorer: functions are tests, run with their saved events. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS, SHOP } from "./app";
import { Editor } from "./editor";

test("the Test Explorer runs functions with their saved events", async (t) => {
  const files = {
    ...SHOP,
    ".pystein/events/work_off.json": '{"id": 7}\n',
    ".pystein/events/take_order.json": '{"method": "POST", "route": {}, "query": {}, "headers": {}, "body": {"id": 7, "total": 1}}\n',
  };
  const editor = await Editor.open(t, "testing", { files, settings: SETTINGS });
  const { page } = editor;
  const row = (text: string | RegExp) => page.locator(".test-explorer .monaco-list-row", { hasText: text }).first();

  await editor.step("functions are listed with the events that they have", async () => {
    await editor.lens("Run take_order").waitFor();
    await page.locator(".activitybar .action-label[aria-label^='Testing']").first().click();
    await row(/^app/).waitFor();
    await row(/^app/).click();
    await page.keyboard.press("ArrowRight");
    await row(/take_order.*saved event/).waitFor();
    await row(/tidy_up.*sample event/).waitFor();
  });

  await editor.step("a run tells which succeed, and shows a failure at its line", async () => {
    await editor.command("Test: Run All Tests");
    await row("take_order").locator(".codicon-testing-passed-icon").waitFor();
    await row("work_off").locator(".codicon-testing-failed-icon, .codicon-testing-error-icon").waitFor();
    await row("tidy_up").locator(".codicon-testing-passed-icon").waitFor();
    assert.equal(await page.locator(".notification-toast", { hasText: /(take_order|work_off|tidy_up):/ }).count(), 0, "no message for each");
  });
});

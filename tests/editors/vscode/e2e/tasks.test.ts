/** Tasks: the check that CI makes, with its problems, and the app in a terminal. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, SETTINGS } from "./app";
import { Editor } from "./editor";

const LOCAL = '{"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "AzureWebJobsStorage": "UseDevelopmentStorage=true"}, "Host": {"LocalHttpPort": 0}}\n';

test("tasks check the apps and run one in a terminal", async (t) => {
  const editor = await Editor.open(t, "tasks", { files: { ...APP, "local.settings.json": LOCAL }, settings: SETTINGS });
  const { page } = editor;
  const task = async (name: string): Promise<void> => {
    await editor.command("Tasks: Run Task");
    const row = page.locator(".quick-input-list .monaco-list-row");
    await row.filter({ hasText: "pystein", hasNotText: "pystein: " }).first().click(); // not the one that was used last
    await row.filter({ hasText: `pystein: ${name}` }).first().click();
  };
  const terminal = (text: string | RegExp) => page.locator(".xterm-rows > div", { hasText: text }).first();

  await editor.step("a check in a terminal gives problems", async () => {
    await editor.squiggle("error").waitFor();
    await task("check");
    await terminal("error[arg-name-mismatch]").waitFor();
    await page.locator(".statusbar-item [aria-label='Errors: 2']").waitFor(); // the server's, and the task's
  });

  await editor.step("an app runs in a terminal", async () => {
    await editor.squiggle("error").dblclick({ force: true });
    await page.keyboard.type("timer");
    await page.keyboard.press("Control+s");
    await task("start");
    await terminal("Host started").waitFor();
    assert.equal((await fetch(`${await editor.hostUrl()}/api/hello`)).status, 200);
  });
});

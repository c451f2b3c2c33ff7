/** Two windows on one folder: each has its server, both use the one host of the app. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS, SHOP } from "./app";
import { Editor } from "./editor";

test("two windows on one folder share the app's host", async (t) => {
  const editor = await Editor.open(t, "windows", { files: SHOP, settings: SETTINGS });
  const other = await editor.newPage();

  await editor.step("both have a server", async () => {
    await editor.lens("Run take_order").waitFor();
    await other.goto(editor.page.url());
    await other.locator(".codelens-decoration a", { hasText: "Run take_order" }).waitFor();
    assert.equal(editor.serverProcesses().length, 2);
  });

  await editor.step("what one starts the other uses", async () => {
    await editor.showView();
    await editor.press(editor.entry(/^app/), "Start App");
    const url = new URL(await editor.hostUrl());
    await editor.entry(url.host).waitFor();
    await other.locator(".activitybar .action-label[aria-label^='Azure Functions']").first().click();
    await other.locator(".pane-body .monaco-list-row", { hasText: url.host }).first().waitFor();
    await other.locator(".codelens-decoration a", { hasText: "Run take_order" }).click();
    await other.locator(".notification-toast", { hasText: "take_order: 202" }).first().waitFor();
    const overview = (await (await fetch(new URL("/admin/pystein/overview", url))).json()) as { functions: { name: string; succeeded: number }[] };
    assert.equal(overview.functions.find((each) => each.name === "take_order")?.succeeded, 1);
  });
});

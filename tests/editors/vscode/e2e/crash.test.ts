/** A server that dies comes back, and is given up when it does not stop dying. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, SETTINGS } from "./app";
import { Editor } from "./editor";

test("a server that dies comes back, with growing patience", async (t) => {
  const editor = await Editor.open(t, "crash", { files: APP, settings: SETTINGS });
  const crash = async () => {
    await editor.squiggle("error").waitFor();
    const [server, ...others] = editor.serverProcesses();
    assert.ok(server && others.length === 0, "one server");
    process.kill(server, "SIGKILL");
    await editor.squiggle("error").waitFor({ state: "detached" });
  };

  await editor.step("after a crash, and another", async () => {
    await crash();
    await crash();
    assert.equal(await editor.page.locator(".notification-toast", { hasText: "server" }).count(), 0);
    await editor.squiggle("error").waitFor();
  });

  await editor.step("the fifth is the last, and one message says so", async () => {
    await crash();
    await crash();
    await crash();
    await editor.notification("ended unexpectedly 5 times and stays down").waitFor();
  });

  await editor.step("it can be restarted by hand", async () => {
    await editor.button(editor.notification("stays down"), "Restart Server").click();
    await editor.squiggle("error").waitFor();
    assert.equal(editor.serverProcesses().length, 1);
  });
});

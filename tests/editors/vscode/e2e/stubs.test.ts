/** The type stubs are offered once, and set up in one click. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { APP, SETTINGS } from "./app";
import { Editor } from "./editor";

test("stubs are offered where there are none, and set up when they are wanted", async (t) => {
  const editor = await Editor.open(t, "stubs", { files: APP, settings: SETTINGS });

  await editor.step("they are offered, and set up with a click", async () => {
    await editor.button(editor.notification(/Stubs go into the folder typings/), "Set Up").click(); // it is shown for some seconds only
    await editor.notification(/stubs are in the folder typings/).waitFor();
    assert.ok(existsSync(path.join(editor.workspace, "typings", "azure", "functions", "_api", "__init__.pyi")));
  });
});

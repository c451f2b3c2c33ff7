/** Other extensions beside ours: one that chooses interpreters, and one that shows lenses of the same names. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, PYTHON } from "./app";
import { Editor } from "./editor";

/** As the Python extension's interface is, as far as it is used; a command stands for the picker. */
const CHOOSER = `
const vscode = require("vscode");
exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  let chosen = "/nowhere/python";
  context.subscriptions.push(vscode.commands.registerCommand("chooser.choose", () => { chosen = ${JSON.stringify(PYTHON)}; changed.fire({}); }));
  return { environments: {
    getActiveEnvironmentPath: () => ({ path: chosen }),
    resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
    onDidChangeActiveEnvironmentPath: changed.event,
  } };
};
`;

/** Another extension for functions: lenses on the same lines, a command with a name like ours. */
const RIVAL = `
const vscode = require("vscode");
exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("rival.run", () => vscode.window.showInformationMessage("the rival ran it")),
    vscode.languages.registerCodeLensProvider({ language: "python" }, {
      provideCodeLenses: () => [new vscode.CodeLens(new vscode.Range(7, 0, 7, 0), { title: "Run Function", command: "rival.run" })],
    }),
  );
};
`;

test("what other extensions offer is used, and stands beside ours", async (t) => {
  const extensions = {
    "ms-python.python": {
      manifest: { activationEvents: ["onLanguage:python"], contributes: { commands: [{ command: "chooser.choose", title: "Chooser: Choose" }] } },
      code: CHOOSER,
    },
    "rival.functions": { manifest: { activationEvents: ["onLanguage:python"] }, code: RIVAL },
  };
  const editor = await Editor.open(t, "neighbours", { files: APP, extensions });

  await editor.step("a chosen interpreter that is broken is passed over", async () => {
    await editor.squiggle("error").waitFor();
    assert.match(editor.log(), /\/nowhere\/python \(the interpreter chosen in the editor\) does not run/);
  });

  await editor.step("another choice starts the server anew with it", async () => {
    await editor.command("Chooser: Choose");
    await editor.logged(`at ${PYTHON} (the interpreter chosen in the editor)`);
    await editor.squiggle("error").waitFor();
  });

  await editor.step("both lenses stand there and do their own", async () => {
    await editor.lens("Run Function").click();
    await editor.notification("the rival ran it").waitFor();
    await editor.lens("Run hello").click();
    await editor.notification(/hello: FunctionLoadError/).waitFor(); // the app has its mistake
  });
});

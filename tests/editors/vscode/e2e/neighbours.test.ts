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

/** As the interface of the Python Environments extension is, as far as it is used. It is slow to start the first time. */
const ENVIRONMENTS = `
const vscode = require("vscode");
const environment = (executable) => ({ execInfo: { run: { executable } } });
exports.activate = async (context) => {
  const changed = new vscode.EventEmitter();
  let chosen = ${JSON.stringify(PYTHON)};
  const first = !context.globalState.get("started");
  await context.globalState.update("started", true);
  if (first) await new Promise((resolve) => setTimeout(resolve, 4000));
  context.subscriptions.push(vscode.commands.registerCommand("environments.clear", () => { chosen = undefined; changed.fire({}); }));
  return { getEnvironment: async () => (chosen ? environment(chosen) : undefined), onDidChangeEnvironment: changed.event };
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

test("the Python Environments extension is asked first, waited for a while, and remembered", async (t) => {
  const manifest = { activationEvents: ["onStartupFinished"], contributes: { commands: [{ command: "environments.clear", title: "Environments: Clear" }] } };
  const extensions = {
    "ms-python.vscode-python-envs": { manifest, code: ENVIRONMENTS },
    "ms-python.python": { manifest: {}, code: CHOOSER },
  };
  const editor = await Editor.open(t, "environments", { files: APP, extensions });
  const chosen = `at ${PYTHON} (the interpreter chosen in the editor)`;

  await editor.step("while it starts another interpreter serves, then its own", async () => {
    await editor.squiggle("error").waitFor();
    await editor.logged(chosen);
    assert.ok(editor.log().indexOf("is not known after") < editor.log().indexOf(chosen));
  });

  await editor.step("the next time it is known from the beginning", async () => {
    await editor.load("function_app.py");
    await editor.squiggle("error").waitFor();
    await editor.logged(chosen);
    assert.equal(editor.log().split("The server: ").length - 1, 1, "one server was started");
  });

  await editor.step("when it has none the Python extension is asked", async () => {
    await editor.command("Environments: Clear");
    await editor.logged("/nowhere/python (the interpreter chosen in the editor) does not run");
    await editor.squiggle("error").waitFor();
  });
});

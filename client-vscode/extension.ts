/** The extension: a language client, the server it starts, and what VS Code needs beside the protocol. */

import * as path from "node:path";
import * as vscode from "vscode";
import { Environments } from "./environments";
import { RESTARTING } from "./names";
import { Results } from "./results";
import { Server } from "./server";
import { offerStubs, setUpStubs } from "./stubs";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("PyStein", { log: true });
  const environments = new Environments(output);
  const results = new Results(output);
  const started = new Server(path.join(context.extensionPath, "out", "bundled"), output, environments, results);
  server = started;
  context.subscriptions.push(
    output,
    environments,
    results,
    vscode.commands.registerCommand("pystein.restart", () => started.restart("asked for")),
    vscode.commands.registerCommand("pystein.showOutput", () => output.show(true)),
    vscode.commands.registerCommand("pystein.setUpStubs", setUpStubs),
    offerStubs(context),
    environments.onDidChange(() => void started.refresh("another interpreter was chosen")),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void started.refresh("the workspace is trusted now")),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (RESTARTING.some((name) => event.affectsConfiguration(name))) void started.restart("settings changed");
    }),
  );
  void started.restart("the extension was activated"); // not awaited: the editor goes on
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

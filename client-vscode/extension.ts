/** The extension: a language client, the server it starts, and what VS Code needs beside the protocol. */

import { evaluated, startup } from "./startup";
import * as path from "node:path";
import * as vscode from "vscode";
import { chooseApp, registerActions } from "./actions";
import { Answers } from "./answers";
import { Dashboards } from "./dashboard";
import { registerDebugging } from "./debugging";
import { Environments } from "./environments";
import { Payloads } from "./history";
import { HostOutputs } from "./hostOutput";
import { RESTARTING } from "./names";
import { Results } from "./results";
import { Server } from "./server";
import { showStatus } from "./status";
import { offerStubs, setUpStubs } from "./stubs";
import { registerTasks } from "./tasks";
import { FunctionTests } from "./testing";
import { FunctionsView } from "./view";

let server: Server | undefined;

evaluated();

export function activate(context: vscode.ExtensionContext): void {
  startup.mark("loaded");
  const done = startup.part();
  const bundle = path.join(context.extensionPath, "out", "bundled");
  const output = vscode.window.createOutputChannel("PyStein", { log: true });
  const environments = new Environments(output, context.workspaceState);
  const results = new Results(output);
  const started = new Server(bundle, output, environments, new Answers(context.globalState), results);
  const view = new FunctionsView(started);
  const dashboards = new Dashboards(vscode.Uri.joinPath(context.extensionUri, "client-vscode", "images", "icon.png"));
  const payloads = new Payloads(context.workspaceState);
  server = started;
  context.subscriptions.push(
    output,
    environments,
    results,
    view,
    dashboards,
    showStatus(started),
    new FunctionTests(started, view),
    new HostOutputs(view),
    registerActions({ server: started, view, dashboards, payloads, output, bundle }),
    registerDebugging(started, bundle, (near) => chooseApp(view, near)),
    registerTasks(started, view),
    vscode.commands.registerCommand("pystein.restart", () => started.restart("asked for")),
    vscode.commands.registerCommand("pystein.showOutput", (of?: object) => (of ? results.showLast(started, of) : output.show(true))),
    vscode.commands.registerCommand("pystein.setUpStubs", () => setUpStubs(started)),
    offerStubs(context, started),
    environments.onDidChange(() => void started.refresh("another interpreter was chosen")),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void started.refresh("the workspace is trusted now")),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (RESTARTING.some((name) => event.affectsConfiguration(name))) void started.restart("settings changed");
    }),
  );
  void started.restart("the extension was activated"); // not awaited: the editor goes on
  startup.mark("activated");
  done();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

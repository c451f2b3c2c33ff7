/** F5: the server has the app wait for a debugger, and VS Code's debugger attaches to it. debugpy speaks its protocol itself. */

import { realpathSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { mayExecute, saveAround, withDebugger } from "./commands";
import { TYPE } from "./names";
import type { Server } from "./server";

/** What pystein.debug answers: where the debugger attaches, and the app's address. */
interface Waiting {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

export function isWaiting(value: unknown): value is Waiting {
  const { host, port } = (value ?? {}) as Partial<Waiting>;
  return typeof host === "string" && typeof port === "number";
}

/** Attach to an app that waits. */
export async function attach({ host, port }: Waiting, uri: vscode.Uri | undefined): Promise<void> {
  const open = vscode.debug.activeDebugSession;
  if (open?.type === TYPE && open.configuration["connect"]?.port === port) return; // it is attached already
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  await vscode.debug.startDebugging(folder, attaching(host, port));
}

function attaching(host: string, port: number): vscode.DebugConfiguration {
  const name = vscode.l10n.t("Function App");
  return { type: TYPE, request: "attach", name, connect: { host, port }, justMyCode: true, redirectOutput: true, ...mappings() };
}

/** debugpy knows files by their real names; where a folder was opened by a link, this leads back to the files that are open. */
function mappings(): object {
  const opened = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  const linked = opened.map((localRoot) => ({ localRoot, remoteRoot: realpathSync(localRoot) })).filter((each) => each.localRoot !== each.remoteRoot);
  return linked.length ? { pathMappings: linked } : {};
}

export function registerDebugging(server: Server, bundle: string, chooseApp: (near?: vscode.Uri) => Promise<vscode.Uri | undefined>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(TYPE, new Provider(server, bundle, chooseApp)),
    vscode.debug.registerDebugConfigurationProvider(TYPE, { provideDebugConfigurations: initial }, vscode.DebugConfigurationProviderTriggerKind.Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: ({ configuration }) => {
        const { host = "127.0.0.1", port } = configuration["connect"] as { host?: string; port: number };
        return new vscode.DebugAdapterServer(port, host);
      },
    }),
  );
}

/** What a new launch.json begins with, and what stands in the list without one. */
function initial(): vscode.DebugConfiguration[] {
  return [{ type: TYPE, request: "launch", name: vscode.l10n.t("Function App"), app: "${workspaceFolder}" }];
}

class Provider implements vscode.DebugConfigurationProvider {
  constructor(
    private readonly server: Server,
    private readonly bundle: string,
    private readonly chooseApp: (near?: vscode.Uri) => Promise<vscode.Uri | undefined>,
  ) {}

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return initial();
  }

  /** F5 without a launch.json gives an empty configuration. */
  async resolveDebugConfiguration(_folder: vscode.WorkspaceFolder | undefined, given: vscode.DebugConfiguration): Promise<vscode.DebugConfiguration | undefined> {
    if (given.type) return given;
    const app = await this.chooseApp(vscode.window.activeTextEditor?.document.uri);
    return app && { ...initial()[0], type: TYPE, request: "launch", name: vscode.l10n.t("Function App"), app: app.fsPath };
  }

  /** A launch becomes an attachment to the app, which waits for it. */
  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (given.request !== "launch") return given["connect"]?.port ? given : this.refuse(vscode.l10n.t("The debug configuration names no port to connect to."));
    if (!(await mayExecute())) return undefined;
    const named: unknown = given["app"];
    const app = typeof named === "string" && named ? vscode.Uri.file(path.resolve(folder?.uri.fsPath ?? "", named)) : await this.chooseApp(folder?.uri);
    if (!app) return this.refuse(vscode.l10n.t("There is no function app to debug: no function_app.py was found."));
    await saveAround(app);
    try {
      const [argument] = withDebugger([{ uri: app.toString() }], this.bundle);
      const answer = await this.server.execute<unknown>("pystein.debug", argument as object);
      if (!isWaiting(answer)) return this.refuse(vscode.l10n.t("The app does not wait for a debugger."));
      const { app: _app, ...rest } = given;
      return { ...attaching(answer.host, answer.port), ...rest, request: "attach", connect: { host: answer.host, port: answer.port } };
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  private refuse(text: string): undefined {
    void vscode.window.showErrorMessage(text);
    return undefined;
  }
}

/** What the buttons of the view and the commands of the palette do. */

import * as vscode from "vscode";
import { mayExecute, tellFailure } from "./commands";
import type { Dashboards } from "./dashboard";
import type { Payloads } from "./history";
import { addFunction, newApp } from "./newApp";
import { askPayload } from "./payload";
import type { Server } from "./server";
import { startup } from "./startup";
import type { AppEntry, FunctionEntry, FunctionsView } from "./view";

export interface Parts {
  readonly server: Server;
  readonly view: FunctionsView;
  readonly dashboards: Dashboards;
  readonly payloads: Payloads;
  readonly output: vscode.LogOutputChannel;
  readonly bundle: string;
}

export function registerActions(parts: Parts): vscode.Disposable {
  const { server, view, dashboards, payloads, output, bundle } = parts;
  const choose = (near?: vscode.Uri): Promise<vscode.Uri | undefined> => chooseApp(view, near);
  const run = ({ of }: FunctionEntry, data?: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand("pystein.run", { uri: of.uri, function: of.name, ...(data === undefined ? {} : { data }) });
  const edit = ({ of }: FunctionEntry): Thenable<unknown> => vscode.commands.executeCommand("pystein.editEvent", { uri: of.uri, function: of.name });
  const runWith = async (entry: FunctionEntry): Promise<void> => {
    const given = await askPayload(payloads, entry.owner.app.root, entry.of.name);
    if (given === "edit") await edit(entry);
    else if (given) await run(entry, given.data);
  };
  const start = async ({ app }: AppEntry): Promise<void> => {
    await vscode.commands.executeCommand("pystein.start", { uri: app.uri });
    await view.refresh();
  };
  const dashboard = async (entry: AppEntry): Promise<void> => {
    if (!(await mayExecute())) return; // whoever answers under the app's name may be anybody
    if (!entry.host) await start(entry);
    await dashboards.open(entry.app.root, entry.app.name);
  };

  const actions: Record<string, (entry: never) => unknown> = {
    "pystein.view.run": (entry: FunctionEntry) => run(entry),
    "pystein.view.runWith": runWith,
    "pystein.view.debug": ({ of }: FunctionEntry) => vscode.commands.executeCommand("pystein.debug", { uri: of.uri, function: of.name }),
    "pystein.view.editEvent": edit,
    "pystein.view.copyUrl": async (entry: FunctionEntry) => {
      if (entry.url) await vscode.env.clipboard.writeText(entry.url);
      else await vscode.commands.executeCommand("pystein.openRoute", { uri: entry.of.uri, function: entry.of.name });
    },
    "pystein.view.start": start,
    "pystein.view.stop": async ({ app }: AppEntry) => {
      await vscode.commands.executeCommand("pystein.stop", { uri: app.uri });
      await view.refresh();
    },
    "pystein.view.debugApp": ({ app }: AppEntry) => vscode.commands.executeCommand("pystein.debug", { uri: app.uri }),
    "pystein.view.dashboard": dashboard,
    "pystein.view.refresh": () => view.refresh(),
    "pystein.newApp": () => newApp(server, bundle),
    "pystein.addFunction": () => addFunction(choose),
    "pystein.openDashboard": async () => {
      const app = await choose(vscode.window.activeTextEditor?.document.uri);
      const entry = view.apps.find((each) => each.app.uri === app?.toString());
      if (entry) await dashboard(entry);
    },
    "pystein.runWith": async () => {
      const entry = await chooseFunction(view);
      if (entry) await runWith(entry);
    },
    "pystein.showInView": () => {
      const editor = vscode.window.activeTextEditor;
      return editor && view.reveal(editor.document.uri, editor.selection.active.line);
    },
    "pystein.showDebugInformation": async () => {
      const known = await server.execute<object>("pystein.debugInformation", {}).catch((error: unknown) => ({ unavailable: String(error) }));
      const editor = `${vscode.env.appName} ${vscode.version}`;
      const text = JSON.stringify({ editor, remote: vscode.env.remoteName ?? null, condition: server.condition, startup: startup.told, server: known }, undefined, 2);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content: `${text}\n` }));
    },
  };
  return vscode.Disposable.from(
    ...Object.entries(actions).map(([name, action]) =>
      vscode.commands.registerCommand(name, async (entry: never) => {
        try {
          await action(entry);
        } catch (error) {
          void tellFailure(error, output);
        }
      }),
    ),
  );
}

/** The app of a file, the only one, or the one that the user picks. */
export async function chooseApp(view: FunctionsView, near?: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (!view.apps.length) await view.refresh();
  const apps = view.apps.map(({ app }) => app);
  const inside = apps.filter(({ root }) => near && (near.fsPath === root || near.fsPath.startsWith(root + (root.includes("\\") ? "\\" : "/"))));
  const nearest = inside.sort((a, b) => b.root.length - a.root.length)[0] ?? (apps.length === 1 ? apps[0] : undefined);
  if (nearest) return vscode.Uri.parse(nearest.uri);
  const choice = await vscode.window.showQuickPick(
    apps.map((app) => ({ label: app.name, description: app.root, uri: app.uri })),
    { title: vscode.l10n.t("Which function app?") },
  );
  return choice && vscode.Uri.parse(choice.uri);
}

async function chooseFunction(view: FunctionsView): Promise<FunctionEntry | undefined> {
  if (!view.apps.length) await view.refresh();
  const entries = view.apps.flatMap((owner) => view.getChildren(owner)).filter((entry): entry is FunctionEntry => entry.kind === "function");
  const choice = await vscode.window.showQuickPick(
    entries.map((entry) => ({ label: entry.of.name, description: entry.of.what, detail: view.apps.length > 1 ? entry.owner.app.name : undefined, entry })) as (vscode.QuickPickItem & { entry: FunctionEntry })[],
    { title: vscode.l10n.t("Which function?") },
  );
  return choice?.entry;
}

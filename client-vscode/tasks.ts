/** Tasks: the app in a terminal, and the check that CI makes. */

import * as path from "node:path";
import * as vscode from "vscode";
import { TYPE } from "./names";
import type { Server } from "./server";
import type { FunctionsView } from "./view";

interface Definition extends vscode.TaskDefinition {
  readonly command: "start" | "check";
  /** The app's folder; for a check, what to check. */
  readonly path?: string;
  readonly args?: readonly string[];
}

export function registerTasks(server: Server, view: FunctionsView): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const checks = folders.map((folder) => task(server, folder, { type: TYPE, command: "check" }));
      const starts = view.apps.map(({ app }) => {
        const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(app.uri));
        const place = folder ? path.relative(folder.uri.fsPath, app.root) || "." : app.root;
        return task(server, folder, { type: TYPE, command: "start", path: place });
      });
      return [...starts, ...checks].filter((each) => each !== undefined);
    },
    resolveTask: (given) => {
      const folder = typeof given.scope === "object" ? given.scope : vscode.workspace.workspaceFolders?.[0];
      return task(server, folder, given.definition as Definition);
    },
  });
}

/** Nothing while there is no server: then there is no pystein-lsp to start either. */
function task(server: Server, folder: vscode.WorkspaceFolder | undefined, definition: Definition): vscode.Task | undefined {
  const { launch } = server;
  if (!launch) return undefined;
  const { command, path: place = ".", args = [] } = definition;
  const isStart = command === "start";
  const python = isStart && launch.interpreter ? ["--python", launch.interpreter] : [];
  const format = isStart ? [] : ["--output-format", "concise"];
  const execution = new vscode.ProcessExecution(launch.command, [...launch.args, command, place, ...format, ...python, ...args], folder ? { cwd: folder.uri.fsPath } : {});
  const name = isStart && place !== "." ? `start ${place}` : command;
  const made = new vscode.Task(definition, folder ?? vscode.TaskScope.Workspace, name, "pystein", execution, isStart ? ["$pystein-start", "$pystein-start-marked"] : ["$pystein"]);
  made.isBackground = isStart;
  if (!isStart) made.group = vscode.TaskGroup.Test;
  made.detail = isStart ? vscode.l10n.t("Run the app with hot reload and the local cloud") : vscode.l10n.t("Check all function apps, as CI does");
  made.presentationOptions = { clear: !isStart };
  return made;
}

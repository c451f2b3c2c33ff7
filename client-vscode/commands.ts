/** What the editor adds to the server's commands: trust, saving, a debugger, and a way to see what came of them. */

import * as vscode from "vscode";
import type { ExecuteCommandSignature } from "vscode-languageclient/node";
import { attach, isWaiting } from "./debugging";
import { isInvocation } from "./invocation";
import { EXECUTING } from "./names";
import type { Results } from "./results";

/**
 * The middleware for every command that the server announces.
 * @param bundle the folder that holds libs, where debugpy is
 */
export function executeCommand(results: Results, output: vscode.LogOutputChannel, bundle: string) {
  return async (command: string, args: unknown[], next: ExecuteCommandSignature): Promise<unknown> => {
    if (EXECUTING.has(command)) {
      if (!(await mayExecute())) return undefined;
      await saveFolderOf(args);
    }
    try {
      const given = command === "pystein.debug" ? withDebugger(args, bundle) : args;
      const result: unknown = await next(command, given);
      if (isInvocation(result)) results.show(result);
      if (command === "pystein.debug" && isWaiting(result)) await attach(result, uriOf(args));
      return result;
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) void tellFailure(error, output); // the server has told that one
      return undefined;
    }
  };
}

/** Whether the workspace is trusted; where it is not, trust is offered. */
export async function mayExecute(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const text = vscode.l10n.t("This workspace is not trusted, so nothing in it is run.");
  void vscode.window.showWarningMessage(text, manage).then((choice) => {
    if (choice === manage) void vscode.commands.executeCommand("workbench.trust.manage");
  });
  return false;
}

/** Tell a failure, with a way to the output. */
export async function tellFailure(error: unknown, output: vscode.LogOutputChannel): Promise<void> {
  const show = vscode.l10n.t("Show Output");
  const text = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(text, show)) === show) output.show(true);
}

/** The server looks for debugpy where we have it; the app's own comes first there. */
export function withDebugger(args: readonly unknown[], bundle: string): unknown[] {
  const [first, ...rest] = args;
  const folder = vscode.Uri.joinPath(vscode.Uri.file(bundle), "libs").fsPath;
  return typeof first === "object" && first !== null ? [{ debugpy: folder, ...first }, ...rest] : [...args];
}

function uriOf(args: readonly unknown[]): vscode.Uri | undefined {
  const uri = (args[0] as { uri?: unknown } | undefined)?.uri;
  return typeof uri === "string" ? vscode.Uri.parse(uri) : undefined;
}

/** What runs is what lies on the disk, so what stands in the editors has to get there first. */
async function saveFolderOf(args: readonly unknown[]): Promise<void> {
  const uri = uriOf(args);
  if (uri) await saveAround(uri);
}

/** Save what is unsaved in the workspace folder of a file. */
export async function saveAround(uri: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      !document.isUntitled &&
      (document.uri.toString() === uri.toString() || (folder && vscode.workspace.getWorkspaceFolder(document.uri) === folder)),
  );
  await Promise.all(unsaved.map((document) => document.save()));
}

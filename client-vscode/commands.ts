/** What the editor adds to the server's commands: trust, saving, and a way to see what came of them. */

import * as vscode from "vscode";
import type { ExecuteCommandSignature } from "vscode-languageclient/node";
import { isInvocation } from "./invocation";
import { EXECUTING } from "./names";
import type { Results } from "./results";

/** The middleware for every command that the server announces. */
export function executeCommand(results: Results, output: vscode.LogOutputChannel) {
  return async (command: string, args: unknown[], next: ExecuteCommandSignature): Promise<unknown> => {
    if (EXECUTING.has(command)) {
      if (!vscode.workspace.isTrusted) return offerTrust();
      await saveFolderOf(args);
    }
    try {
      const result: unknown = await next(command, args);
      if (isInvocation(result)) results.show(result);
      return result;
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) void tellFailure(error, output); // the server has told that one
      return undefined;
    }
  };
}

async function offerTrust(): Promise<void> {
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const text = vscode.l10n.t("This workspace is not trusted, so nothing in it is run.");
  if ((await vscode.window.showWarningMessage(text, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}

async function tellFailure(error: unknown, output: vscode.LogOutputChannel): Promise<void> {
  const show = vscode.l10n.t("Show Output");
  const text = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(text, show)) === show) output.show(true);
}

/** What runs is what lies on the disk, so what stands in the editors has to get there first. */
async function saveFolderOf(args: unknown[]): Promise<void> {
  const uri = (args[0] as { uri?: unknown } | undefined)?.uri;
  if (typeof uri !== "string") return;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      !document.isUntitled &&
      (document.uri.toString() === uri || (folder && vscode.workspace.getWorkspaceFolder(document.uri) === folder)),
  );
  await Promise.all(unsaved.map((document) => document.save()));
}

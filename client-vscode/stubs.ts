/** The type stubs: offered once in a workspace, set up by a command. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { Server } from "./server";

/** Where pyright and Pylance look by themselves, and a file in it that only our stubs have. */
const FOLDER = "typings";
const MARK = path.join(FOLDER, "azure", "functions", "_api", "__init__.pyi");
const ANSWERED = "pystein.stubs.answered";

/** Offers the stubs, once in a workspace, when a function app is opened in it. */
export function offerStubs(context: vscode.ExtensionContext, server: Server): vscode.Disposable {
  const look = async (document: vscode.TextDocument | undefined): Promise<void> => {
    if (!document || path.basename(document.fileName) !== "function_app.py") return;
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (!folder || !vscode.workspace.isTrusted || context.workspaceState.get(ANSWERED) || (await isSetUp(folder))) return;
    await context.workspaceState.update(ANSWERED, true);
    const yes = vscode.l10n.t("Set Up");
    const text = vscode.l10n.t("Let the type checker know the decorators of Azure Functions? Stubs go into the folder {0}.", FOLDER);
    if ((await vscode.window.showInformationMessage(text, yes, vscode.l10n.t("Not Now"))) === yes) await setUp(folder, server);
  };
  void look(vscode.window.activeTextEditor?.document);
  return vscode.window.onDidChangeActiveTextEditor((editor) => void look(editor?.document));
}

/** The command: asks for the folder where there are several. */
export async function setUpStubs(server: Server): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder) await setUp(folder, server);
  else if (!folders.length) void vscode.window.showWarningMessage(vscode.l10n.t("Open a folder first: the stubs go into it."));
}

async function setUp(folder: vscode.WorkspaceFolder, server: Server): Promise<void> {
  let written: { files: number };
  try {
    written = await server.execute("pystein.writeStubs", { uri: folder.uri.toString() }); // also while it is just starting
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return;
  }
  const analysis = vscode.workspace.getConfiguration("python.analysis", folder.uri);
  const elsewhere = analysis.get<string>("stubPath");
  if (elsewhere !== undefined && elsewhere !== FOLDER) {
    await analysis.update("stubPath", FOLDER, vscode.ConfigurationTarget.WorkspaceFolder);
  }
  void vscode.window.showInformationMessage(vscode.l10n.t("{0} stubs are in the folder {1}.", written.files, FOLDER));
}

async function isSetUp(folder: vscode.WorkspaceFolder): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, MARK));
    return true;
  } catch {
    return false;
  }
}

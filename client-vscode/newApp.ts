/** New apps and new functions. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Server } from "./server";
import { TEMPLATES, containerIn, snippet } from "./templates";

const NEW_FILE = "import logging\n\nimport azure.functions as func\n\napp = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)\n";

/** Write the files of a new app into a folder that the user chooses, and open it. */
export async function newApp(server: Server, bundle: string): Promise<void> {
  const { launch } = server;
  if (!launch) throw new Error(vscode.l10n.t("PyStein's server does not run."));
  const folder = await chooseFolder();
  if (!folder) return;
  try {
    await promisify(execFile)(launch.command, [...launch.args, "init", folder.fsPath], { cwd: bundle, windowsHide: true });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split(/\r?\n/).at(-1);
    throw new Error(said?.replace(/^pystein-lsp: /, "") || String(error), { cause: error });
  }
  const entry = vscode.Uri.joinPath(folder, "function_app.py");
  if (vscode.workspace.getWorkspaceFolder(folder)) await vscode.window.showTextDocument(entry);
  else await vscode.commands.executeCommand("vscode.openFolder", folder);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const other: vscode.QuickPickItem = { label: `$(folder-opened) ${vscode.l10n.t("Another folder…")}` };
  const open = (vscode.workspace.workspaceFolders ?? []).map((each) => ({ label: `$(folder) ${each.name}`, description: each.uri.fsPath, uri: each.uri }));
  const title = vscode.l10n.t("Where shall the new app be?");
  const choice = open.length ? await vscode.window.showQuickPick([...open, other], { title }) : other;
  if (!choice) return undefined;
  if ("uri" in choice) return choice.uri;
  const found = await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title, openLabel: vscode.l10n.t("Create App Here") });
  return found?.[0];
}

/** Put a function from a template at the end of the open module of an app, or of the entry file of one. */
export async function addFunction(chooseApp: (near?: vscode.Uri) => Promise<vscode.Uri | undefined>): Promise<void> {
  const picks = TEMPLATES.map((template) => ({ label: template.label, description: template.detail, template }));
  const choice = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t("Add a function"), matchOnDescription: true });
  if (!choice) return;
  const editor = await editorForFunctions(chooseApp);
  const container = editor && containerIn(editor.document.getText());
  if (!editor || !container) throw new Error(vscode.l10n.t("There is no FunctionApp or Blueprint here to add a function to."));
  if (choice.template.durable && !container.durable) {
    throw new Error(vscode.l10n.t("{0} is no container of durable functions: make it azure.durable_functions.DFApp first.", container.name));
  }
  const { document } = editor;
  const made = snippet(choice.template, container, document.getText());
  if (made.imports) await editor.edit((edit) => edit.insert(new vscode.Position(importLine(document), 0), made.imports));
  const end = document.lineAt(document.lineCount - 1).range.end;
  await editor.insertSnippet(new vscode.SnippetString(made.snippet), end);
  editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.InCenter);
}

/** Before the first import, where one more import may always stand. */
function importLine(document: vscode.TextDocument): number {
  for (let line = 0; line < document.lineCount; line += 1) {
    const { text } = document.lineAt(line);
    if (/^(import|from) /.test(text) && !text.startsWith("from __future__")) return line;
  }
  return 0;
}

async function editorForFunctions(chooseApp: (near?: vscode.Uri) => Promise<vscode.Uri | undefined>): Promise<vscode.TextEditor | undefined> {
  const open = vscode.window.activeTextEditor;
  if (open?.document.languageId === "python" && containerIn(open.document.getText())) return open;
  const app = await chooseApp(open?.document.uri);
  if (!app) return undefined;
  const entry = vscode.Uri.file(path.join(app.fsPath, "function_app.py"));
  try {
    return await vscode.window.showTextDocument(entry);
  } catch {
    await vscode.workspace.fs.writeFile(entry, Buffer.from(NEW_FILE));
    return vscode.window.showTextDocument(entry);
  }
}

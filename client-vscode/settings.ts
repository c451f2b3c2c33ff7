import * as vscode from "vscode";
import type { LaunchSettings } from "./launch";
import { expand } from "./paths";

/** The settings of the first workspace folder: there is one server for all of them. */
export function launchSettings(folder: vscode.WorkspaceFolder | undefined): LaunchSettings {
  const settings = vscode.workspace.getConfiguration("pystein", folder?.uri);
  const file = (name: string) => expand(settings.get<string>(name, ""), folder?.uri.fsPath);
  return {
    interpreter: file("interpreter"),
    path: file("path"),
    importStrategy: settings.get<string>("importStrategy") === "fromEnvironment" ? "fromEnvironment" : "useBundled",
  };
}

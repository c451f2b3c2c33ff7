/** The language status of Python files: whether the server is there, which one it is, and a way to restart it. */

import * as vscode from "vscode";
import type { Condition, Server } from "./server";

export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("pystein", { language: "python" });
  item.name = "PyStein";
  const show = ({ state, detail }: Condition): void => {
    item.text = state === "down" ? vscode.l10n.t("PyStein: no server") : "PyStein";
    item.detail = detail;
    item.busy = state === "starting";
    item.severity = state === "down" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command =
      state === "down"
        ? { command: "pystein.restart", title: vscode.l10n.t("Restart Server") }
        : { command: "pystein.showOutput", title: vscode.l10n.t("Show Output") };
  };
  show(server.condition);
  return vscode.Disposable.from(item, server.onDidChange(show));
}

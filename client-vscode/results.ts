/** Shows what a run gave: a line at once, everything in the output, and the values as a document on request. */

import * as vscode from "vscode";
import { type Invocation, headline, isInvocation, report, wentWrong } from "./invocation";
import type { Server } from "./server";

const SCHEME = "pystein-result";

/** Results that can still be opened; older ones are forgotten. */
const KEPT = 50;

export class Results implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private count = 0;

  constructor(private readonly output: vscode.LogOutputChannel) {}

  /** Tell the user; the promise is settled before a button is chosen. */
  show(result: Invocation): void {
    const bad = wentWrong(result);
    if (bad) this.output.warn(report(result));
    else this.output.info(report(result));
    const uri = this.keep(result);
    if (vscode.workspace.getConfiguration("pystein").get<boolean>("openResults")) void this.open(uri);
    const open = vscode.l10n.t("Open Result");
    const output = vscode.l10n.t("Show Output");
    const tell = bad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    void tell(headline(result), open, output).then((choice) => {
      if (choice === open) void this.open(uri);
      if (choice === output) this.output.show(true);
    });
  }

  /** What a lens asks for: the last result of a function, beside the code. */
  async showLast(server: Server, of: object): Promise<void> {
    try {
      const result = await server.execute<unknown>("pystein.showOutput", of);
      if (isInvocation(result)) await this.open(this.keep(result));
    } catch (error) {
      void vscode.window.showInformationMessage(error instanceof Error ? error.message : String(error));
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? vscode.l10n.t("This result is no longer kept. Run the function again.");
  }

  dispose(): void {
    this.registration.dispose();
  }

  private keep(result: Invocation): vscode.Uri {
    this.count += 1;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${result.function} ${this.count}.json` });
    this.texts.set(uri.path, `${JSON.stringify(result, undefined, 2)}\n`);
    const [oldest] = this.texts.keys();
    if (oldest !== undefined && this.texts.size > KEPT) this.texts.delete(oldest);
    return uri;
  }

  private async open(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}

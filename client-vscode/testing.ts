/** The Test Explorer: every function is a test, run with its saved event (.pystein/events) or a made-up one. */

import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { mayExecute, saveAround } from "./commands";
import { type Invocation, headline, isInvocation, wentWrong } from "./invocation";
import type { Server } from "./server";
import { FunctionEntry, type FunctionsView } from "./view";

/** Where a function's event is kept: the file that `pystein-lsp invoke` reads too. */
export function eventFile(root: string, name: string): string {
  return path.join(root, ".pystein", "events", `${name}.json`);
}

export class FunctionTests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("pystein", vscode.l10n.t("Azure Functions"));
  private readonly known = new WeakMap<vscode.TestItem, FunctionEntry>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly view: FunctionsView,
  ) {
    const { Run, Debug } = vscode.TestRunProfileKind;
    this.controller.createRunProfile(vscode.l10n.t("Run"), Run, (request, token) => this.run(request, token), true);
    this.controller.createRunProfile(vscode.l10n.t("Debug"), Debug, (request) => this.debug(request));
    this.controller.refreshHandler = () => view.refresh();
    this.subscription = view.onDidChangeTreeData(() => this.update());
  }

  dispose(): void {
    this.subscription.dispose();
    this.controller.dispose();
  }

  private update(): void {
    const apps = this.view.apps.map((owner) => {
      const item = this.controller.createTestItem(owner.app.root, owner.app.name, vscode.Uri.parse(owner.app.uri));
      item.children.replace(owner.app.functions.map((each) => this.item(new FunctionEntry(owner, each))));
      return item;
    });
    this.controller.items.replace(apps);
  }

  private item(entry: FunctionEntry): vscode.TestItem {
    const { owner, of } = entry;
    const item = this.controller.createTestItem(`${owner.app.root} ${of.name}`, of.name, entry.uri);
    const { start, end } = of.range;
    item.range = new vscode.Range(start.line, start.character, end.line, end.character);
    item.description = existsSync(eventFile(owner.app.root, of.name)) ? vscode.l10n.t("saved event") : vscode.l10n.t("sample event");
    this.known.set(item, entry);
    return item;
  }

  private wanted(request: vscode.TestRunRequest): vscode.TestItem[] {
    const all: vscode.TestItem[] = [];
    const add = (item: vscode.TestItem): void => {
      if (request.exclude?.includes(item)) return;
      if (this.known.has(item)) all.push(item);
      else item.children.forEach(add);
    };
    if (request.include) request.include.forEach(add);
    else this.controller.items.forEach(add);
    return all;
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const items = this.wanted(request);
    if (!items.length || !(await mayExecute())) return;
    const run = this.controller.createTestRun(request);
    for (const item of items) run.enqueued(item);
    for (const item of items) {
      const entry = this.known.get(item);
      if (token.isCancellationRequested || !entry) run.skipped(item);
      else await this.runOne(run, item, entry);
    }
    run.end();
  }

  private async runOne(run: vscode.TestRun, item: vscode.TestItem, { uri, of }: FunctionEntry): Promise<void> {
    run.started(item);
    await saveAround(uri);
    try {
      const result = await this.server.execute<unknown>("pystein.run", { uri: uri.toString(), function: of.name });
      if (!isInvocation(result)) throw new Error(vscode.l10n.t("The server gave no result."));
      run.appendOutput(output(result), undefined, item);
      if (wentWrong(result)) run.failed(item, message(result, item), result.durationMs);
      else run.passed(item, result.durationMs);
    } catch (error) {
      run.errored(item, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
    }
  }

  /** One at a time: there is one debugger. What comes of it is told as after a click on the lens. */
  private async debug(request: vscode.TestRunRequest): Promise<void> {
    const [item] = this.wanted(request);
    const entry = item && this.known.get(item);
    if (entry) await vscode.commands.executeCommand("pystein.debug", { uri: entry.of.uri, function: entry.of.name });
  }
}

/** Lines as a terminal wants them. */
function output(result: Invocation): string {
  const logs = (result.logs ?? []).map((record) => `${record.level}: ${record.message}`);
  return [headline(result), ...logs, JSON.stringify(result.return ?? null), ""].join("\n").replace(/\r?\n/g, "\r\n");
}

function message(result: Invocation, item: vscode.TestItem): vscode.TestMessage {
  const { error } = result;
  const found = new vscode.TestMessage(error?.traceback || headline(result));
  const file = error?.file && error.line ? vscode.Uri.file(error.file) : undefined;
  const place = file ? new vscode.Position((error?.line ?? 1) - 1, 0) : item.range?.start;
  if (place) found.location = new vscode.Location(file ?? item.uri ?? vscode.Uri.file("/"), place);
  return found;
}

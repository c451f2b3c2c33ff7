/** The Functions view: the apps of the workspace with their functions, read from the source, whether anything runs or not. */

import * as vscode from "vscode";
import { type App, type AppFunction, address, describe, icon } from "./apps";
import { FILE, type Host, findHost } from "./hosts";
import type { Server } from "./server";

const METHOD = "pystein/functions";
/** How long after the last keystroke the view follows. */
const PAUSE_MS = 300;

export class AppEntry {
  readonly kind = "app";
  constructor(
    readonly app: App,
    readonly host: Host | undefined,
  ) {}
}

export class FunctionEntry {
  readonly kind = "function";
  constructor(
    readonly owner: AppEntry,
    readonly of: AppFunction,
  ) {}

  get uri(): vscode.Uri {
    return vscode.Uri.parse(this.of.uri);
  }

  /** Where it is reached while its host runs. */
  get url(): string | undefined {
    return address(this.of, this.owner.host?.url ?? "http://localhost:7071");
  }
}

/** One line below a function: its trigger, a binding. */
class Detail {
  readonly kind = "detail";
  constructor(
    readonly label: string,
    readonly description: string,
    readonly icon: string,
  ) {}
}

export type Entry = AppEntry | FunctionEntry | Detail;

export class FunctionsView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[] = [];
  private entries: readonly AppEntry[] = [];
  private pending: NodeJS.Timeout | undefined;
  readonly tree: vscode.TreeView<Entry>;

  constructor(private readonly server: Server) {
    this.tree = vscode.window.createTreeView("pystein.functions", { treeDataProvider: this, showCollapseAll: true });
    const hosts = vscode.workspace.createFileSystemWatcher(`**/${FILE.replace("\\", "/")}`);
    const files = vscode.workspace.createFileSystemWatcher("**/{*.py,host.json,local.settings.json}");
    const soon = (): void => this.refreshSoon();
    this.subscriptions.push(
      this.changed,
      this.tree,
      hosts,
      files,
      server.onDidChange(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "python") this.refreshSoon();
      }),
      ...[hosts, files].flatMap((watcher) => [watcher.onDidCreate(soon), watcher.onDidChange(soon), watcher.onDidDelete(soon)]),
    );
  }

  dispose(): void {
    clearTimeout(this.pending);
    for (const one of this.subscriptions) one.dispose();
  }

  /** The apps that the view shows. */
  get apps(): readonly AppEntry[] {
    return this.entries;
  }

  refreshSoon(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.refresh(), PAUSE_MS);
  }

  async refresh(): Promise<void> {
    clearTimeout(this.pending);
    try {
      const { apps } = await this.server.request<{ apps: App[] }>(METHOD);
      // Who is asked stands in a file of the workspace, which must be trusted for that.
      const hostOf = (app: App) => (vscode.workspace.isTrusted ? findHost(app.root) : undefined);
      this.entries = await Promise.all(apps.map(async (app) => new AppEntry(app, await hostOf(app))));
      await vscode.commands.executeCommand("setContext", "pystein.hasApps", apps.length > 0);
      await vscode.commands.executeCommand("setContext", "pystein.asked", true);
    } catch {
      return; // what was shown stays: the server is being started anew
    }
    const total = this.entries.reduce((sum, entry) => sum + entry.app.functions.length, 0);
    this.tree.description = this.entries.length ? vscode.l10n.t("{0} functions", total) : "";
    this.changed.fire();
  }

  getChildren(entry?: Entry): Entry[] {
    if (!entry) return this.entries.length === 1 && this.entries[0] ? [this.entries[0]] : [...this.entries];
    if (entry.kind === "app") return entry.app.functions.map((each) => new FunctionEntry(entry, each));
    return entry.kind === "function" ? details(entry.of) : [];
  }

  getParent(entry: Entry): Entry | undefined {
    return entry.kind === "function" ? entry.owner : undefined;
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    if (entry.kind === "app") return appItem(entry);
    if (entry.kind === "function") return functionItem(entry);
    const item = new vscode.TreeItem(entry.label);
    item.description = entry.description;
    item.iconPath = new vscode.ThemeIcon(entry.icon);
    return item;
  }

  /** The function whose code holds a position, for a way from the code to the view. */
  async reveal(uri: vscode.Uri, line: number): Promise<void> {
    const known = this.entries.flatMap((owner) => owner.app.functions.map((each) => new FunctionEntry(owner, each)));
    const above = known.filter(({ of }) => of.uri === uri.toString() && of.range.start.line <= line);
    const nearest = above.sort((a, b) => b.of.range.start.line - a.of.range.start.line)[0];
    if (nearest) await this.tree.reveal(nearest, { select: true, focus: true });
  }
}

function appItem({ app, host }: AppEntry): vscode.TreeItem {
  const item = new vscode.TreeItem(app.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = app.root;
  item.iconPath = host ? new vscode.ThemeIcon("vm-running", new vscode.ThemeColor("testing.iconPassed")) : new vscode.ThemeIcon("azure");
  item.description = host ? host.url.replace("http://", "") : "";
  item.tooltip = host ? vscode.l10n.t("{0} runs at {1}", app.root, host.url) : app.root;
  item.contextValue = host ? "app.running" : "app";
  return item;
}

function functionItem(entry: FunctionEntry): vscode.TreeItem {
  const { of, owner } = entry;
  const item = new vscode.TreeItem(of.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${owner.app.root} ${of.name}`;
  item.description = describe(of);
  item.iconPath = new vscode.ThemeIcon(icon(of.trigger));
  item.tooltip = `${of.name}: ${describe(of)}`;
  item.contextValue = of.trigger === "httpTrigger" ? "function.http" : "function";
  const { start, end } = of.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  item.command = { command: "vscode.open", title: vscode.l10n.t("Go to Function"), arguments: [entry.uri, { selection, preserveFocus: true }] };
  return item;
}

function details(of: AppFunction): Detail[] {
  const trigger = new Detail(of.trigger, of.what, icon(of.trigger));
  const schedule = of.schedule ? [new Detail(of.schedule, "", "calendar")] : [];
  const bindings = of.bindings
    .filter((each) => each.type !== "http")
    .map((each) => new Detail(each.name ?? "?", `${each.direction} ${each.type ?? ""}`, each.direction === "out" ? "arrow-right" : "arrow-left"));
  return [trigger, ...schedule, ...bindings];
}

/**
 * The interpreter chosen in the editor: by the Python Environments extension, else by the Python extension. Both are
 * optional. Of their interfaces only what is used stands here, as their documentation describes it.
 */

import * as vscode from "vscode";
import type { Memory } from "./history";

interface PythonEnvironments {
  getEnvironment(scope: vscode.Uri | undefined): Promise<{ execInfo?: { run?: { executable?: string } } } | undefined>;
  onDidChangeEnvironment?: vscode.Event<unknown>;
}

interface PythonExtension {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(environment: { path: string }): Promise<{ executable?: { uri?: vscode.Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

const ENVIRONMENTS = "ms-python.vscode-python-envs";
const PYTHON = "ms-python.python";

/** How long they may take to start and answer before the server starts without them: it changes when they do answer. */
const PATIENCE_MS = 2000;
const LATE = Symbol("late");

export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions = new Map<string, vscode.Disposable>();
  private readonly asked = new Set<string>();
  /** Fires when the choice may have changed; several times for one change, as those extensions do. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly memory: Memory,
  ) {}

  /**
   * The executable chosen for a folder; nothing without those extensions or a choice. The first answer is the one of the
   * last time, because they take seconds to start; where it is another one now, or it comes late, onDidChange tells.
   */
  async chosen(folder: vscode.Uri | undefined): Promise<string | undefined> {
    const key = `pystein.chosen ${folder?.toString() ?? ""}`;
    const looked = this.look(folder);
    const remembered = this.asked.has(key) ? undefined : this.memory.get<string>(key);
    this.asked.add(key);
    const given = remembered ?? (await inTime(looked));
    void looked.then(async (found) => {
      await this.memory.update(key, found);
      if (found !== (given === LATE ? undefined : given)) this.changed.fire();
    });
    if (given !== LATE) return given;
    this.log.warn(`The interpreter chosen in the editor is not known after ${PATIENCE_MS} ms.`);
    return undefined;
  }

  dispose(): void {
    this.changed.dispose();
    for (const subscription of this.subscriptions.values()) subscription.dispose();
  }

  private async fromEnvironments(folder: vscode.Uri | undefined): Promise<string | undefined> {
    const api = await this.exportsOf<PythonEnvironments>(ENVIRONMENTS);
    if (typeof api?.getEnvironment !== "function") return undefined; // it exports nothing while it is switched off
    this.follow(ENVIRONMENTS, api.onDidChangeEnvironment);
    return (await api.getEnvironment(folder))?.execInfo?.run?.executable;
  }

  private async fromPython(folder: vscode.Uri | undefined): Promise<string | undefined> {
    const environments = (await this.exportsOf<PythonExtension>(PYTHON))?.environments;
    if (!environments) return undefined;
    this.follow(PYTHON, environments.onDidChangeActiveEnvironmentPath);
    const active = environments.getActiveEnvironmentPath(folder);
    return (await environments.resolveEnvironment(active))?.executable?.uri?.fsPath;
  }

  private async exportsOf<T>(id: string): Promise<T | undefined> {
    return vscode.extensions.getExtension<T>(id)?.activate();
  }

  private follow(id: string, event: vscode.Event<unknown> | undefined): void {
    if (event && !this.subscriptions.has(id)) this.subscriptions.set(id, event(() => this.changed.fire()));
  }

  private async look(folder: vscode.Uri | undefined): Promise<string | undefined> {
    return (
      (await this.unlessItFails(ENVIRONMENTS, () => this.fromEnvironments(folder))) ??
      (await this.unlessItFails(PYTHON, () => this.fromPython(folder)))
    );
  }

  private async unlessItFails(id: string, get: () => Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await get();
    } catch (error) {
      this.log.warn(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

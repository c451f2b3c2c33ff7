/**
 * The interpreter chosen in the editor: by the Python Environments extension, else by the Python extension. Both are
 * optional. Of their interfaces only what is used stands here, as their documentation describes it.
 */

import * as vscode from "vscode";

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

/** How long either extension may take to start and answer: diagnostics matter more than the best interpreter. */
const PATIENCE_MS = 5000;

export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions = new Map<string, vscode.Disposable>();
  /** Fires when the choice may have changed; several times for one change, as those extensions do. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** The executable chosen for a folder; nothing without those extensions, a choice, or a timely answer. */
  async chosen(folder: vscode.Uri | undefined): Promise<string | undefined> {
    return (
      (await this.inTime(ENVIRONMENTS, () => this.fromEnvironments(folder))) ??
      (await this.inTime(PYTHON, () => this.fromPython(folder)))
    );
  }

  /** Whether `python.setInterpreter` can be offered. */
  get canSelect(): boolean {
    return vscode.extensions.getExtension(PYTHON) !== undefined;
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

  private async inTime(id: string, get: () => Promise<string | undefined>): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([get(), late]);
    } catch (error) {
      this.log.warn(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

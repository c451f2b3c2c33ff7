/** The server's life: started, stopped, started anew after a crash or when what decides about it has changed. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as vscode from "vscode";
import type { Answers } from "./answers";
import type { Client } from "./languageClient";
import { executeCommand } from "./commands";
import type { Environments } from "./environments";
import { type Ask, candidates } from "./interpreters";
import { type Launch, type Plan, plan } from "./launch";
import type { Results } from "./results";
import { launchSettings } from "./settings";
import { startup } from "./startup";

/** After a crash the server comes back after 1, 2, 4 and 8 seconds; one more within this time and it stays down. */
const CRASHES = { allowed: 4, within: 3 * 60_000, firstDelay: 1000 };

const EXECUTE = "workspace/executeCommand";

/** What the server is told when it starts. */
interface InitializationOptions {
  /** Whether anything of the workspace may be executed. */
  readonly trusted: boolean;
  /** The Python that the user chose for the app; absent when there is no choice, or no trust. */
  readonly interpreter?: string;
  /** The result of a run is shown here, not by the server. */
  readonly showResults: false;
}

/** A server and everything that decided how it was started. */
interface Running {
  readonly client: Client;
  readonly key: string;
  readonly launch: Launch;
  readonly options: InitializationOptions;
}

/** What is to be said of the server at a glance. */
export interface Condition {
  readonly state: "starting" | "ready" | "down";
  readonly detail: string;
}

export class Server implements vscode.Disposable {
  private running: Running | undefined;
  private starting: ChildProcess | undefined;
  private queue: Promise<void> = Promise.resolve();
  private crashes: number[] = [];
  private revival: NodeJS.Timeout | undefined;
  private readonly told = new Set<string>();
  private readonly changed = new vscode.EventEmitter<Condition>();
  /** The server has come, gone, or failed to come. */
  readonly onDidChange = this.changed.event;
  condition: Condition = { state: "starting", detail: "" };

  constructor(
    private readonly bundle: string,
    private readonly output: vscode.LogOutputChannel,
    private readonly environments: Environments,
    private readonly answers: Answers,
    private readonly results: Results,
  ) {}

  /** Start, or start anew. A start that hangs is given up. */
  restart(reason: string): Promise<void> {
    this.output.info(`Starting the server: ${reason}.`);
    this.crashes = [];
    this.told.clear();
    return this.again();
  }

  /** Start anew only if the server would be started differently now. */
  refresh(reason: string): Promise<void> {
    return this.enqueue(async () => {
      const { decided, options } = await this.decide();
      if (!decided.launch || this.running?.key === keyOf(decided.launch, options)) return;
      this.output.info(`Starting the server anew: ${reason}.`);
      await this.halt();
      await this.start(decided, options);
    });
  }

  stop(): Promise<void> {
    clearTimeout(this.revival);
    this.starting?.kill();
    return this.enqueue(() => this.halt());
  }

  dispose(): void {
    this.changed.dispose();
    void this.stop();
  }

  /** How pystein-lsp is started for other work; nothing while there is no server. */
  get launch(): { readonly command: string; readonly args: readonly string[]; readonly interpreter?: string } | undefined {
    if (!this.running) return undefined;
    const { launch, options } = this.running;
    return { ...launch, ...(options.interpreter ? { interpreter: options.interpreter } : {}) };
  }

  /**
   * Ask the server something that the protocol does not know.
   * @throws what the server says against it, or that there is no server
   */
  async request<T>(method: string, params: object = {}): Promise<T> {
    await this.queue; // it may just be starting
    if (!this.running) throw new Error(vscode.l10n.t("PyStein's server does not run."));
    return this.running.client.sendRequest<T>(method, params);
  }

  /**
   * Have the server carry out a command without anything being shown.
   * @throws what the server says against it, or that there is no server
   */
  execute<T>(command: string, argument: object): Promise<T> {
    return this.request<T>(EXECUTE, { command, arguments: [argument] });
  }

  private say(state: Condition["state"], detail = ""): void {
    this.condition = { state, detail };
    this.changed.fire(this.condition);
  }

  private again(): Promise<void> {
    clearTimeout(this.revival);
    this.starting?.kill();
    return this.enqueue(async () => {
      const { decided, options } = await this.decide();
      await this.halt();
      await this.start(decided, options);
    });
  }

  /** One thing after the other: a client can be neither stopped while it starts nor started while it stops. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: unknown) => this.output.error(String(error)));
    return this.queue;
  }

  private async decide(): Promise<{ decided: Plan; options: InitializationOptions }> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
    const paths = folders.map((folder) => folder.uri.fsPath);
    const trusted = vscode.workspace.isTrusted;
    const settings = launchSettings(folders[0]);
    const chosen = trusted && !settings.interpreter ? await this.environments.chosen(folders[0]?.uri) : undefined;
    const { env, platform } = process;
    const all = candidates({ setting: settings.interpreter, chosen, folders: paths, trusted, env, platform });
    const asking: Ask = (candidate, cwd, isolated) => this.answers.ask(candidate, cwd, isolated);
    const decided = await plan(settings, all, this.bundle, { folders: paths, trusted }, asking);
    startup.mark("interpreter");
    const interpreter = trusted ? settings.interpreter || chosen : undefined;
    const options: InitializationOptions = { trusted, showResults: false, ...(interpreter ? { interpreter } : {}) };
    return { decided, options };
  }

  private async start({ launch, problems, notes }: Plan, options: InitializationOptions): Promise<void> {
    for (const note of notes) this.output.info(note);
    for (const problem of problems) this.tellOnce(problem, launch === undefined);
    if (!launch) return this.say("down", problems.at(-1));
    this.say("starting", launch.description);
    this.output.info(`The server: ${launch.description}. Trusted: ${options.trusted}.`);
    let gone = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      gone = () => reject(new Error(vscode.l10n.t("it ended while starting")));
    });
    ended.catch(() => undefined);
    const done = startup.part();
    const process = this.spawn(launch); // it begins while the client's library is read
    process.catch(() => undefined); // the client tells it
    const { createClient } = await import("./languageClient");
    startup.mark("client library");
    const client: Client = createClient({
      process,
      initializationOptions: options,
      output: this.output,
      executeCommand: executeCommand(this.results, this.output, this.bundle),
      onDiagnostics: () => {
        if (startup.mark("first diagnostics")) this.output.info(`Milliseconds of the start: ${JSON.stringify(startup.told)}`);
      },
      onClosed: () => {
        gone();
        this.crashed(client);
      },
    });
    try {
      const started = client.start();
      done();
      await Promise.race([started, ended]);
      this.running = { client, key: keyOf(launch, options), launch, options };
      startup.mark("server answered");
      this.output.info("The server is ready.");
      this.say("ready", launch.description);
    } catch (error) {
      this.starting?.kill();
      if (await this.answers.forget()) {
        this.output.info("The server did not start with a Python that was known. All are asked again.");
        void this.again();
        return;
      }
      const reason = error instanceof Error ? error.message : String(error);
      this.tellOnce(vscode.l10n.t("PyStein's server did not start: {0}.", reason.replace(/\.$/, "")), true);
      this.say("down", reason);
    } finally {
      this.starting = undefined;
    }
  }

  /** The current folder is the bundle's, for the workspace's must not become a place to import from. */
  private async spawn(launch: Launch): Promise<ChildProcess> {
    const child = spawn(launch.command, [...launch.args, "--stdio"], { cwd: this.bundle, windowsHide: true });
    this.starting = child;
    await once(child, "spawn"); // rejects with what the system says when it cannot be started
    child.on("error", (error) => this.output.error(String(error)));
    return child;
  }

  private async halt(): Promise<void> {
    const client = this.running?.client;
    this.running = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.output.warn(`The server did not stop in order: ${String(error)}`); // the library then ends its process
    }
  }

  /** The connection closed without our doing: come back, with growing patience. */
  private crashed(client: Client): void {
    if (this.running?.client !== client) return; // a failed start is told by start() itself
    this.running = undefined;
    this.say("starting");
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < CRASHES.within), now];
    if (this.crashes.length > CRASHES.allowed) {
      this.tellOnce(vscode.l10n.t("PyStein's server ended unexpectedly {0} times and stays down.", this.crashes.length), true);
      this.say("down");
      return;
    }
    const delay = CRASHES.firstDelay * 2 ** (this.crashes.length - 1);
    this.output.warn(`The server ended unexpectedly. It is started anew in ${delay / 1000} s.`);
    this.revival = setTimeout(() => void this.again(), delay);
  }

  /** Say something once until the next restart by hand; whoever clicks it away must not see it again with every event. */
  private tellOnce(text: string, down: boolean): void {
    if (down) this.output.error(text);
    else this.output.warn(text);
    if (this.told.has(text)) return;
    this.told.add(text);
    void this.tell(text, down);
  }

  private async tell(text: string, down: boolean): Promise<void> {
    const again = vscode.l10n.t("Restart Server");
    const settings = vscode.l10n.t("Open Settings");
    const output = vscode.l10n.t("Show Output");
    const choice = down
      ? await vscode.window.showErrorMessage(text, again, settings, output)
      : await vscode.window.showWarningMessage(text, settings, output);
    if (choice === again) await this.restart("asked for");
    if (choice === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:pystein.pystein-lsp");
    if (choice === output) this.output.show(true);
  }
}

function keyOf(launch: Launch, options: InitializationOptions): string {
  return JSON.stringify([launch.command, launch.args, options]);
}

/** One VS Code with the package installed, a fresh profile and a workspace, all gone afterwards. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { type Browser, type FrameLocator, type Locator, type Page, chromium } from "playwright-core";

export interface Wanted {
  /** The files of the workspace by their names; the first is opened. */
  readonly files: Readonly<Record<string, string>>;
  /** The workspace's folder, where its name matters. */
  readonly folder?: string;
  /** Open the folder by a symbolic link of this name. */
  readonly link?: string;
  /** Nothing can be written into the folder. */
  readonly readOnly?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Open the folder in Restricted Mode. */
  readonly untrusted?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Other extensions by their ids: their manifests and their code. */
  readonly extensions?: Readonly<Record<string, { readonly manifest: object; readonly code: string }>>;
}

/** How long anything may take before the test fails. Nothing waits that long when all is well; a machine may be busy. */
const PATIENCE = 120_000;

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start with npm run e2e`);
  return value;
};

export class Editor {
  private steps = 0;

  private constructor(
    readonly page: Page,
    readonly workspace: string,
    readonly server: ChildProcess,
    private readonly url: string,
    private readonly logs: string,
    private readonly t: TestContext,
    private readonly name: string,
  ) {}

  static async open(t: TestContext, name: string, wanted: Wanted): Promise<Editor> {
    const undo: (() => unknown)[] = [];
    t.after(async () => {
      for (const step of undo.reverse()) await step(); // the browser, the server, then their folder
    });
    const root = mkdtempSync(path.join(realpathSync(tmpdir()), "pystein-e2e-"));
    undo.push(() => rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })); // VS Code's helpers end a little later
    const folder = path.join(root, wanted.folder ?? "app");
    for (const [file, text] of Object.entries(wanted.files)) write(path.join(folder, file), text);
    const workspace = wanted.link ? path.join(root, wanted.link) : folder;
    if (wanted.link) symlinkSync(folder, workspace);
    if (wanted.readOnly) undo.push(makeReadOnly(folder));
    undo.push(() => stopHosts(workspace));
    const server = startCodeServer(root, wanted);
    const ended = once(server, "exit");
    undo.push(() => server.kill("SIGTERM") && ended);
    const url = await listening(server);
    const browser = await startBrowser();
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE);
    const editor = new Editor(page, workspace, server, url, path.join(root, "data", "logs"), t, name);
    await editor.load(Object.keys(wanted.files)[0] ?? "");
    return editor;
  }

  /** Load the window, or load it again, with a file of the workspace open. */
  async load(file: string): Promise<void> {
    const encoded = path.join(this.workspace, file).split("/").map(encodeURIComponent).join("/");
    const payload = [["openFile", `vscode-remote://${new URL(this.url).host}${encoded}`]];
    await this.page.goto(`${this.url}/?folder=${encodeURIComponent(this.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** One step of a scenario and a picture of how it ended. The steps after one that failed would only wait in vain. */
  async step(title: string, work: () => Promise<void>): Promise<void> {
    this.steps += 1;
    const picture = `${this.name}-${this.steps}-${title.replace(/\W+/g, "-")}.png`;
    let failed = false;
    await this.t.test(title, async () => {
      try {
        await work();
      } catch (error) {
        failed = true;
        this.t.diagnostic(this.log());
        throw error;
      } finally {
        await this.page.screenshot({ path: path.join(env("E2E_PICTURES"), picture) });
      }
    });
    if (failed) throw new Error(`the scenario ends here; see ${picture}`);
  }

  line(text: string): Locator {
    return this.page.locator(".monaco-editor .view-line", { hasText: text }).first();
  }

  squiggle(kind: "error" | "warning"): Locator {
    return this.page.locator(`.squiggly-${kind}`).first();
  }

  lens(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: text });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text }).first();
  }

  button(notification: Locator, text: string): Locator {
    return notification.locator(".monaco-button", { hasText: text });
  }

  /** Open a file of the workspace. */
  async open(name: string): Promise<void> {
    await this.page.keyboard.press("Control+p");
    await this.input.fill(name);
    await this.choice(name).click();
  }

  /** An entry of the Functions view. */
  entry(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  }

  /** Open the Functions view. */
  async showView(): Promise<void> {
    await this.page.locator(".activitybar .action-label[aria-label^='Azure Functions']").first().click();
  }

  /** A button of an entry, which is shown while the mouse is on it. */
  async press(entry: Locator, label: string | RegExp): Promise<void> {
    await entry.hover();
    await entry.locator(".action-label").and(entry.getByLabel(label)).first().click();
  }

  /** What stands in a quick input, and its lines. */
  get input(): Locator {
    return this.page.locator(".quick-input-widget input").first();
  }

  choice(text: string | RegExp): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  /** The page within a webview. */
  get webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  }

  /** Another page of the browser, which has nothing to do with the editor. */
  async newPage(): Promise<Page> {
    const browser = this.page.context().browser();
    if (!browser) throw new Error("the browser is gone");
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  /** Write a file of the workspace as another program would. */
  write(name: string, text: string): void {
    write(path.join(this.workspace, name), text);
  }

  /** The text of a file of the workspace, once it is there and is like that. */
  async file(name: string, like = /(?:)/): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const file = path.join(this.workspace, name);
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      if (text && like.test(text)) return text;
      if (Date.now() > end) throw new Error(`${name} did not become ${like}: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The address of the app's host, once it describes itself. */
  async hostUrl(): Promise<string> {
    return (JSON.parse(await this.file(path.join(".pystein", "host.json"))) as { url: string }).url;
  }

  /** A picture beside those of the steps, for the pages that show the extension. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(env("E2E_PICTURES"), `${name}.png`) });
  }

  /** Close the notifications. */
  async quiet(): Promise<void> {
    for (const toast of await this.page.locator(".notification-toast").all()) {
      await toast.hover({ timeout: 2000 }).catch(() => undefined);
      await toast.locator(".codicon-notifications-clear").click({ timeout: 2000 }).catch(() => undefined);
    }
  }

  /** A line of the output, once it is shown. */
  output(text: string | RegExp): Locator {
    return this.page.locator(".panel .view-line", { hasText: text }).first();
  }

  /** Run a command by its title, as a person would. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
  }

  /** What the extension wrote to its output, in the window that was loaded last. */
  log(): string {
    const files = readdirSync(this.logs, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("PyStein.log"));
    const newest = files.map((name) => path.join(this.logs, name)).sort((a, b) => statSync(b).birthtimeMs - statSync(a).birthtimeMs)[0];
    return newest ? readFileSync(newest, "utf8") : "The extension wrote no output.";
  }

  /** The first line with something that the extension writes to its output, once it is there. */
  async logged(text: string): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const line = this.log().split("\n").find((each) => each.includes(text));
      if (line !== undefined) return line;
      if (Date.now() > end) throw new Error(`"${text}" was never written:\n${this.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The language servers that this editor runs, by their process ids. */
  serverProcesses(): number[] {
    const children = new Map<number, { pid: number; args: string }[]>();
    for (const line of execFileSync("ps", ["-eo", "ppid=,pid=,args="], { encoding: "utf8" }).split("\n")) {
      const [, parent, pid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      if (args !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), { pid: Number(pid), args }]);
    }
    const below = (pid: number): { pid: number; args: string }[] =>
      (children.get(pid) ?? []).flatMap((child) => [child, ...below(child.pid)]);
    return below(this.server.pid ?? -1).filter(({ args }) => args.includes("--stdio")).map(({ pid }) => pid);
  }
}

function startCodeServer(root: string, wanted: Wanted): ChildProcess {
  const folders = ["--user-data-dir", `${root}/data`, "--extensions-dir", `${root}/extensions`, "--config", `${root}/config.yaml`];
  write(`${root}/config.yaml`, "auth: none\n");
  write(
    `${root}/data/User/settings.json`,
    JSON.stringify({
      "security.workspace.trust.enabled": wanted.untrusted === true,
      "security.workspace.trust.startupPrompt": "never",
      "telemetry.telemetryLevel": "off",
      "update.mode": "none",
      "extensions.autoCheckUpdates": false,
      "workbench.startupEditor": "none",
      "workbench.secondarySideBar.defaultVisibility": "hidden",
      "chat.disableAIFeatures": true,
      "git.enabled": false,
      "editor.minimap.enabled": false,
      "remote.autoForwardPorts": false,
      "terminal.integrated.gpuAcceleration": "off", // lines of text instead of a drawing
      "workbench.reduceMotion": "on", // or pictures show half a notification
    }),
  );
  // Where a remote window, which this is, looks for settings that name files of the machine.
  write(`${root}/data/Machine/settings.json`, JSON.stringify(wanted.settings ?? {}));
  const environment = {
    ...process.env,
    XDG_CONFIG_HOME: `${root}/xdg`,
    XDG_DATA_HOME: `${root}/xdg`,
    XDG_RUNTIME_DIR: root,
    TMPDIR: root,
    EXTENSIONS_GALLERY: "{}", // no look at a marketplace
    PYSTEIN_LOCAL_CLOUD: "always", // whatever emulators run on this machine
    ...wanted.env,
  };
  const node = env("E2E_NODE");
  execFileSync(node, [env("E2E_ENTRY"), ...folders, "--install-extension", env("E2E_VSIX")], { env: environment, stdio: "pipe" });
  addExtensions(`${root}/extensions`, wanted.extensions ?? {});
  const flags = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  if (!wanted.untrusted) flags.push("--disable-workspace-trust");
  return spawn(node, [env("E2E_ENTRY"), ...folders, "--bind-addr", "127.0.0.1:0", ...flags], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Put other extensions beside the installed one, and into the list that VS Code keeps of them. */
function addExtensions(folder: string, all: NonNullable<Wanted["extensions"]>): void {
  const list = path.join(folder, "extensions.json");
  const known = JSON.parse(readFileSync(list, "utf8")) as object[];
  for (const [id, { manifest, code }] of Object.entries(all)) {
    const [publisher = "", name = ""] = id.split(".");
    const place = `${id}-1.0.0`;
    write(path.join(folder, place, "package.json"), JSON.stringify({ publisher, name, version: "1.0.0", engines: { vscode: "^1.91.0" }, main: "main.js", ...manifest }));
    write(path.join(folder, place, "main.js"), code);
    known.push({ identifier: { id }, version: "1.0.0", location: { $mid: 1, path: path.join(folder, place), scheme: "file" }, relativeLocation: place });
  }
  write(list, JSON.stringify(known));
}

/** For root every folder can be written to, but what is mounted for reading only. What is returned undoes it. */
function makeReadOnly(folder: string): () => void {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o555);
    return () => chmodSync(folder, 0o755);
  }
  execFileSync("mount", ["--bind", folder, folder], { stdio: "pipe" });
  const undo = (): void => void execFileSync("umount", ["--lazy", folder]); // VS Code's helpers end a little later
  try {
    execFileSync("mount", ["-o", "remount,bind,ro", folder]);
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

/** Whether that can be done here: in many containers root may mount nothing. */
export function canBeReadOnly(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "pystein-e2e-"));
  try {
    makeReadOnly(folder)();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

/** Hosts that scenarios have started outlive the editor only if it was killed; then they end here. */
function stopHosts(workspace: string): void {
  for (const name of readdirSync(workspace, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(path.join(".pystein", "host.json")))) {
    try {
      process.kill((JSON.parse(readFileSync(path.join(workspace, name), "utf8")) as { pid: number }).pid, "SIGTERM");
    } catch {
      // it has ended
    }
  }
}

async function listening(server: ChildProcess): Promise<string> {
  let log = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (url) resolve(url);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.on("exit", (code) => reject(new Error(`code-server ended with ${code}\n${log}`)));
  });
}

function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: env("E2E_CHROMIUM"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: file.includes("/bin/") ? 0o755 : 0o644 });
}

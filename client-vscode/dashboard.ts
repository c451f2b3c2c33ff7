/**
 * The host's page in an editor. The page comes from the running host; its requests go through here, so that it works in a
 * remote window too and the host need not let itself be framed.
 */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { ask, findHost } from "./hosts";

/** What the page may ask the host for; nothing of the app itself. */
const ALLOWED = /^\/(admin\/pystein\/|runtime\/webhooks\/durabletask\/)/;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  /** What a host with --enable-auth wants; typed into the page. */
  readonly key?: string;
  readonly open?: { readonly file: string; readonly line: number };
}

export class Dashboards implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly icon: vscode.Uri) {}

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  /**
   * Show the page of an app whose host runs.
   * @throws when its host does not answer
   */
  async open(root: string, name: string): Promise<void> {
    const known = this.panels.get(root);
    if (known) return known.reveal();
    const host = await findHost(root);
    if (!host) throw new Error(vscode.l10n.t("{0} does not run.", name));
    const { text } = await ask(host.url, "GET", "/");
    const panel = vscode.window.createWebviewPanel("pystein.dashboard", vscode.l10n.t("{0}: Dashboard", name), vscode.ViewColumn.Active, {
      enableScripts: true,
      retainContextWhenHidden: true,
      localResourceRoots: [],
    });
    panel.iconPath = this.icon;
    panel.onDidDispose(() => this.panels.delete(root));
    panel.webview.onDidReceiveMessage((message: Message) => void this.handle(panel.webview, root, message));
    panel.webview.html = framed(text);
    this.panels.set(root, panel);
  }

  private async handle(webview: vscode.Webview, root: string, message: Message): Promise<void> {
    if (message.open) return openCode(root, message.open);
    const { id, method = "", path = "", body, key } = message;
    if (id === undefined) return;
    try {
      const host = await findHost(root); // another one may have taken its place
      if (!host || !ALLOWED.test(path) || !["GET", "POST", "DELETE"].includes(method)) throw new Error("refused");
      const answer = await ask(host.url, method, path, body, { accept: "application/json", ...(key ? { "x-functions-key": key } : {}) });
      await webview.postMessage({ id, ...answer });
    } catch {
      await webview.postMessage({ id, status: 0, text: "" });
    }
  }
}

/** Only what is in the app's folder is opened. */
async function openCode(root: string, { file, line }: { file: string; line: number }): Promise<void> {
  const uri = vscode.Uri.file(file);
  const relative = vscode.workspace.asRelativePath(uri, false);
  if (relative === file && !file.startsWith(root)) return;
  const position = new vscode.Position(Math.max(line - 1, 0), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position), viewColumn: vscode.ViewColumn.Beside });
}

/** The page with the policy that a webview needs: its own script and style by a nonce, and nothing else. */
function framed(html: string): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return html
    .replace(/<(script|style)>/g, (_, kind: string) => `<${kind} nonce="${nonce}">`)
    .replace("<head>", `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

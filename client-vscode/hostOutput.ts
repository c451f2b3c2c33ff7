/** The output of the apps that the editor has started: one channel for each, and the debug console while one is debugged. */

import * as path from "node:path";
import * as vscode from "vscode";
import { Follower, LOG, type Said } from "./hostLog";
import { TYPE } from "./names";
import type { FunctionsView } from "./view";

interface Followed {
  readonly instance: string;
  readonly follower: Follower;
  readonly channel: vscode.LogOutputChannel;
}

export class HostOutputs implements vscode.Disposable {
  private readonly followed = new Map<string, Followed>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly view: FunctionsView) {
    this.subscription = view.onDidChangeTreeData(() => this.update());
  }

  dispose(): void {
    this.subscription.dispose();
    for (const { follower, channel } of this.followed.values()) {
      follower.stop();
      channel.dispose();
    }
  }

  private update(): void {
    for (const { app, host } of this.view.apps) {
      const known = this.followed.get(app.root);
      if (known && known.instance !== host?.instance) known.follower.stop();
      if (!host || known?.instance === host.instance) continue;
      const channel = known?.channel ?? vscode.window.createOutputChannel(`Azure Functions: ${app.name}`, { log: true });
      const follower = new Follower(path.join(app.root, LOG), (said) => write(channel, said));
      this.followed.set(app.root, { instance: host.instance, follower, channel });
    }
  }
}

function write(channel: vscode.LogOutputChannel, { level, text }: Said): void {
  if (level === "error") channel.error(text);
  else if (level === "warning") channel.warn(text);
  else if (level === "debug") channel.debug(text);
  else channel.info(text);
  if (vscode.debug.activeDebugSession?.type === TYPE) vscode.debug.activeDebugConsole.appendLine(text);
}

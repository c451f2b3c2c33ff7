/**
 * The language client, with the habits changed that would get in a user's way. Its library is most of the bundle, so this
 * module is a file of its own, loaded only when a server is started, while its process begins.
 */

import type { ChildProcess } from "node:child_process";
import * as readline from "node:readline";
import type * as vscode from "vscode";
import {
  CloseAction,
  type DynamicFeature,
  ErrorAction,
  type ExecuteCommandRegistrationOptions,
  ExecuteCommandRequest,
  type ExecuteCommandSignature,
  LanguageClient,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { OWN_COMMANDS } from "./names";
import { isInSchema } from "./schemas";

const DOCUMENTS = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/host.json" },
  { scheme: "file", pattern: "**/local.settings.json" },
];

/** What the client is told of the server, and whom it tells. */
export interface Around {
  readonly process: Promise<ChildProcess>;
  readonly initializationOptions: object;
  readonly output: vscode.LogOutputChannel;
  readonly executeCommand: (command: string, args: unknown[], next: ExecuteCommandSignature) => Promise<unknown>;
  /** Diagnostics of a document have arrived. */
  readonly onDiagnostics: () => void;
  /** The connection closed, whoever wanted it. */
  readonly onClosed: () => void;
}

export function createClient(around: Around): Client {
  return new Client("pystein", "PyStein", () => around.process, {
    documentSelector: DOCUMENTS,
    initializationOptions: around.initializationOptions,
    initializationFailedHandler: () => false,
    outputChannel: around.output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "pystein",
    middleware: {
      executeCommand: around.executeCommand,
      provideDiagnostics: async (document, previous, token, next) => {
        const report = await next(document, previous, token);
        around.onDiagnostics();
        return report;
      },
      // In host.json and local.settings.json VS Code knows the schemas; what it would show anyway is left to it.
      provideCompletionItem: async (document, position, context, token, next) => {
        const found = await next(document, position, context, token);
        if (isPython(document)) return found;
        const items = Array.isArray(found) ? found : (found?.items ?? []);
        return items.filter(({ label }) => !isInSchema(typeof label === "string" ? label : label.label));
      },
      provideHover: (document, position, token, next) => (isPython(document) ? next(document, position, token) : undefined),
    },
    stdioOptions: {
      stdout: () => undefined, // it carries the protocol
      stderr: (stream, channel) => {
        readline.createInterface({ input: stream }).on("line", (line) => channel.appendLine(line));
      },
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        around.onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  });
}

const isPython = (document: vscode.TextDocument): boolean => document.languageId === "python";

export class Client extends LanguageClient {
  /** The library pops up its own wording for every failure; here it is logged, and what the user has to know is said once. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Registering a command twice throws and ends the start, so the server may announce ours without harm. */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if (registersCommands(feature)) {
      const register = feature.register.bind(feature);
      feature.register = ({ id, registerOptions }) => {
        const commands = registerOptions.commands.filter((command) => !OWN_COMMANDS.has(command));
        register({ id, registerOptions: { ...registerOptions, commands } });
      };
    }
    super.registerFeature(feature);
  }
}

function registersCommands(feature: object): feature is DynamicFeature<ExecuteCommandRegistrationOptions> {
  const { registrationType } = feature as { registrationType?: { method: string } };
  return registrationType?.method === ExecuteCommandRequest.method;
}

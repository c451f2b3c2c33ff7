/** Which command starts the server, and with it everything else that pystein-lsp does. Nothing here knows VS Code. */

import { statSync } from "node:fs";
import * as path from "node:path";
import { type Ask, type Candidate, type Interpreter, type Refusal, OLDEST, SETTING, firstUsable } from "./interpreters";
import { isInside } from "./paths";

/** The extension's settings that decide how the server is started, with their variables replaced. */
export interface LaunchSettings {
  readonly interpreter: string;
  readonly path: string;
  readonly importStrategy: "useBundled" | "fromEnvironment";
}

/** How to start pystein-lsp: what it shall do comes after the arguments. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** For the output: what was chosen and where it comes from. */
  readonly description: string;
}

/** What is to be started, or nothing when there is no Python; what the user named and did not get; what was tried. */
export interface Plan {
  readonly launch: Launch | undefined;
  /** Sentences for the user: a setting could not be followed, or nothing can be started. */
  readonly problems: readonly string[];
  /** Lines for the output: what was passed over on the way. */
  readonly notes: readonly string[];
}

/**
 * Decide how the server is started: by `pystein.path`, else by the first usable interpreter with the server of its
 * environment or the bundled one. What is broken on the way is passed over and told, never the end of it.
 * @param bundle the folder that holds launch_server.py and libs
 * @param ask how a candidate is asked who it is
 */
export async function plan(
  settings: LaunchSettings,
  all: readonly Candidate[],
  bundle: string,
  workspace: { folders: readonly string[]; trusted: boolean },
  ask: Ask,
): Promise<Plan> {
  const problems: string[] = [];
  const notes: string[] = [];
  const executable = settings.path;
  if (executable) {
    const fault = whyNotExecutable(executable, workspace);
    if (!fault) {
      return { launch: { command: executable, args: [], description: `${executable} (the setting pystein.path)` }, problems, notes };
    }
    problems.push(`The setting pystein.path names ${executable}, which ${fault}.`);
  }

  const fromEnvironment = settings.importStrategy === "fromEnvironment";
  const { interpreter, refused } = await firstUsable(all, (candidate) => ask(candidate, bundle, !fromEnvironment));
  for (const { candidate, reason } of refused) {
    const sentence = `${candidate.command} (${candidate.origin}) ${reason}.`;
    (candidate.origin === SETTING ? problems : notes).push(sentence);
  }
  if (!interpreter) {
    problems.push(nothingUsable(refused));
    return { launch: undefined, problems, notes };
  }
  if (fromEnvironment && !interpreter.hasServer) {
    notes.push(`${interpreter.executable} has no pystein-lsp; the bundled server is used.`);
  }
  return { launch: withInterpreter(interpreter, fromEnvironment, bundle), problems, notes };
}

/** `-I` and the bundle's own folder as the current one: neither the workspace nor PYTHONPATH reaches the server's imports. */
function withInterpreter(interpreter: Interpreter, fromEnvironment: boolean, bundle: string): Launch {
  const own = fromEnvironment && interpreter.hasServer;
  const args = own
    ? ["-X", "utf8", "-m", "pystein_lsp"]
    : ["-I", "-X", "utf8", path.join(bundle, "launch_server.py")];
  const server = own ? "its own pystein-lsp" : "the bundled server";
  const description = `Python ${interpreter.version} at ${interpreter.executable} (${interpreter.origin}) with ${server}`;
  return { command: interpreter.executable, args, description };
}

function whyNotExecutable(file: string, workspace: { folders: readonly string[]; trusted: boolean }): string | undefined {
  if (!workspace.trusted && isInside(file, workspace.folders)) return "lies in a workspace that is not trusted";
  try {
    return statSync(file).isFile() ? undefined : "is not a file";
  } catch {
    return "cannot be found";
  }
}

function nothingUsable(refused: readonly Refusal[]): string {
  const tried = refused.length ? `${refused.length} tried, none of them usable` : "none was found";
  return `PyStein needs Python ${OLDEST.join(".")} or newer to start its server: ${tried}. Install one, or name it in the setting pystein.interpreter.`;
}

/** Which Pythons could run the server, and which of them can. Nothing here knows VS Code. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { isInside } from "./paths";

/** The oldest Python that runs the server. */
export const OLDEST = [3, 10] as const;

/** The origin of an interpreter that the user named, told when it cannot be used; others are passed over quietly. */
export const SETTING = "the setting pystein.interpreter";

/** A command that may be a Python, and how a person would name the place it was found in. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: string;
}

/** A Python that answered and is new enough. */
export interface Interpreter {
  readonly executable: string;
  readonly version: string;
  readonly origin: string;
  /** Whether pystein_lsp can be imported in it. */
  readonly hasServer: boolean;
}

/** Why a candidate was passed over, as the end of a sentence that begins with its name. */
export interface Refusal {
  readonly candidate: Candidate;
  readonly reason: string;
}

export interface Surroundings {
  /** Expanded setting `pystein.interpreter`; empty when unset. */
  readonly setting: string;
  /** What the editor's Python extensions chose, if there are any. */
  readonly chosen: string | undefined;
  readonly folders: readonly string[];
  readonly trusted: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/**
 * Every Python worth asking, best first. In a workspace that is not trusted none comes from the workspace: not its
 * virtual environments, not what an extension chose for it, not a setting or a PATH entry that leads into it.
 */
export function candidates(around: Surroundings): Candidate[] {
  const found: Candidate[] = [];
  const add = (origin: string, command: string | undefined, ...args: string[]) => {
    if (!command || found.some((one) => one.command === command)) return;
    if (!around.trusted && isInside(command, around.folders)) return;
    found.push({ command, args, origin });
  };
  add(SETTING, around.setting);
  if (around.trusted) {
    add("the interpreter chosen in the editor", around.chosen);
    add("VIRTUAL_ENV", inEnvironment(around.env["VIRTUAL_ENV"], around.platform));
    for (const folder of around.folders) {
      for (const name of [".venv", "venv"]) {
        add(`${name} of the workspace`, inEnvironment(path.join(folder, name), around.platform));
      }
    }
  }
  for (const name of namesOnPath(around.platform)) {
    const args = name === "py" ? ["-3"] : [];
    for (const command of onPath(name, around.env, around.platform)) add("PATH", command, ...args);
  }
  return found;
}

/** The first candidate that answers and is new enough, and why those before it were not taken. */
export async function firstUsable(
  all: readonly Candidate[],
  ask: (candidate: Candidate) => Promise<Interpreter | string>,
): Promise<{ interpreter: Interpreter | undefined; refused: Refusal[] }> {
  const refused: Refusal[] = [];
  for (const candidate of all) {
    const answer = await ask(candidate);
    if (typeof answer !== "string") return { interpreter: answer, refused };
    refused.push({ candidate, reason: answer });
  }
  return { interpreter: undefined, refused };
}

/** As `ask` below, for whoever wants to answer in its place. */
export type Ask = (candidate: Candidate, cwd: string, isolated: boolean) => Promise<Interpreter | string>;

const QUESTION = [
  "import sys, importlib.util as u",
  "print(*sys.version_info[:3], sep='.')",
  "print(u.find_spec('pystein_lsp') is not None)",
  "print(sys.executable)",
].join("\n");

/**
 * Start a candidate and ask who it is; a sentence's end says why it will not do.
 * @param cwd a folder of the extension: what lies in the current directory must not be imported
 * @param isolated ignore PYTHON* variables and the user's site-packages, as the bundled server does
 */
export function ask(candidate: Candidate, cwd: string, isolated: boolean): Promise<Interpreter | string> {
  const args = [...candidate.args, ...(isolated ? ["-I"] : []), "-X", "utf8", "-c", QUESTION];
  return new Promise((resolve) => {
    const done = (error: Error | null, stdout: string, stderr: string) => {
      const [version, hasServer, executable] = stdout.split(/\r?\n/);
      const numbers = (version ?? "").split(".").map(Number);
      if (numbers.length === 3 && numbers.every(Number.isInteger) && isOld(numbers)) {
        resolve(`is Python ${version}; ${OLDEST.join(".")} or newer is needed`);
      } else if (error || !version || !executable) {
        resolve(`does not run: ${reason(error, stderr)}`);
      } else {
        resolve({ executable, version, origin: candidate.origin, hasServer: hasServer === "True" });
      }
    };
    try {
      const options = { cwd, timeout: 10_000, windowsHide: true, encoding: "utf8" } as const;
      execFile(candidate.command, args, options, done).stdin?.end();
    } catch (error) {
      done(error as Error, "", ""); // a name that no process can have, such as one with a NUL, or a .bat on Windows
    }
  });
}

function isOld([major = 0, minor = 0]: readonly number[]): boolean {
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** The one line of a failure that says most: the last of its traceback, else what the system said. */
function reason(error: Error | null, stderr: string): string {
  const last = stderr.trim().split(/\r?\n/).at(-1);
  if (last) return last;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "it is not executable";
  if ((error as { killed?: boolean } | null)?.killed) return "it did not answer within 10 seconds";
  return error ? `it ended with ${code ?? error.message}` : "it did not answer as Python does";
}

function inEnvironment(root: string | undefined, platform: NodeJS.Platform): string | undefined {
  if (!root) return undefined;
  const file = platform === "win32" ? path.join(root, "Scripts", "python.exe") : path.join(root, "bin", "python");
  return existsSync(file) ? file : undefined;
}

function namesOnPath(platform: NodeJS.Platform): string[] {
  const numbered = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`); // where python3 itself is too old
  return platform === "win32" ? ["python", "python3", "py"] : ["python3", "python", ...numbered];
}

/** Every file of that name in PATH. Relative entries are passed over: they would mean the workspace. */
function onPath(name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const value = Object.entries(env).find(([key]) => key.toUpperCase() === "PATH")?.[1] ?? "";
  const file = platform === "win32" ? `${name}.exe` : name;
  return value
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, file))
    .filter((command) => existsSync(command));
}

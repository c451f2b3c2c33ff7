/** Paths and what may be run from them. Nothing here knows VS Code, so that it can be tested without it. */

import { realpathSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Whether `file`, or what it links to, lies in one of `folders`. A name that cannot be resolved is taken as it stands. */
export function isInside(file: string, folders: readonly string[]): boolean {
  const spellings = [path.resolve(file), resolved(file)];
  return folders.some((folder) =>
    [path.resolve(folder), resolved(folder)].some((root) => spellings.some((spelling) => contains(root, spelling))),
  );
}

/**
 * Replace `${workspaceFolder}`, `${userHome}` and `${env:NAME}` in a setting. What cannot be replaced stays, so that
 * the message about the path shows it; a relative path counts from the workspace folder.
 */
export function expand(setting: string, folder: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const text = setting.trim().replace(/\$\{(workspaceFolder|userHome|env:([^}]+))\}/g, (whole, name: string, variable?: string) => {
    if (name === "workspaceFolder") return folder ?? whole;
    if (name === "userHome") return os.homedir();
    return env[variable ?? ""] ?? "";
  });
  const isPath = text.includes("/") || text.includes(path.sep);
  return isPath && folder !== undefined && !path.isAbsolute(text) ? path.join(folder, text) : text;
}

function resolved(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

function contains(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== "..";
}

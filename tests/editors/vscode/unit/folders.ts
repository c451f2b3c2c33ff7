/** Temporary folders for tests, removed when the test is over, and what stands for the memory of VS Code. */

import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import type { Memory } from "../../../../client-vscode/history";

export function temporary(t: TestContext): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "pystein-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder, with the folders above it; executable, because an interpreter has to be. */
export function file(folder: string, name: string, text = ""): string {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, 0o755);
  return full;
}

/** As VS Code keeps values between sessions. */
export function memory(): Memory {
  const kept = new Map<string, unknown>();
  return { get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key, value) => void kept.set(key, value) };
}

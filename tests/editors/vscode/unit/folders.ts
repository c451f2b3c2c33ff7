/** Temporary folders for tests, removed when the test is over. */

import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";

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

// The texts of the extension that translators get: every `l10n.t("...")`.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const source = "client-vscode";
export const TARGET = path.join(source, "l10n", "bundle.l10n.json");

/** @returns {string} the file as it should be */
export function strings() {
  const files = readdirSync(source).filter((name) => name.endsWith(".ts"));
  const texts = files.flatMap((name) => {
    const code = readFileSync(path.join(source, name), "utf8");
    return [...code.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*")/g)].map((found) => /** @type {string} */ (JSON.parse(found[1] ?? '""')));
  });
  return `${JSON.stringify(Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text])), undefined, 2)}\n`;
}

// Choose the versions of the bundled libraries again and write client-vscode/requirements.txt.
// What is bundled follows pyproject.toml, without what is compiled and what the app brings.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { PURE, fail, findPython } from "./python.mjs";
import { bundled } from "./dependencies.mjs";

const python = findPython();
const version = execFileSync(python, ["-c", "import sys; print(*sys.version_info[:2], sep='.')"], { encoding: "utf8" }).trim();
if (version !== "3.10") fail(`pip reads the markers of dependencies for the Python that runs it: set PYTHON to 3.10, not ${version}.`);
const wanted = bundled(readFileSync("pyproject.toml", "utf8"));
const report = execFileSync(
  python,
  ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run", "--ignore-installed", "--report=-", "--target=unused", ...PURE, ...wanted],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 * 1024 * 1024 },
);
/** @type {{ metadata: { name: string, version: string }, download_info: { archive_info: { hashes: { sha256: string } } } }[]} */
const chosen = JSON.parse(report).install;
const pins = chosen.map(({ metadata, download_info }) => {
  return `${metadata.name.toLowerCase()}==${metadata.version} \\\n    --hash=sha256:${download_info.archive_info.hashes.sha256}\n`;
});
const head = "# The libraries in the extension's package. Written by `npm run lock-libs`; do not edit.\n";
writeFileSync("client-vscode/requirements.txt", head + pins.sort().join(""));
console.log(`client-vscode/requirements.txt: ${pins.length} libraries`);

/** The manifest, the lock files and the code say the same. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import manifest from "../../../../package.json";
import { bundled, nameOf } from "../../../../client-vscode/build/dependencies.mjs";
import { OWN_COMMANDS, RESTARTING } from "../../../../client-vscode/names";

const read = (name: string) => readFileSync(name, "utf8"); // npm runs scripts in the root

test("extension and server have one version", () => {
  assert.equal(manifest.version, /__version__ = "(.*)"/.exec(read("server/pystein_lsp/__init__.py"))?.[1]);
});

test("every command that the manifest offers without a server is registered by the extension", () => {
  assert.deepEqual(manifest.contributes.commands.map((one) => one.command), [...OWN_COMMANDS]);
});

test("every setting that decides what is executed needs trust and restarts the server", () => {
  assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), [...RESTARTING].sort());
  for (const name of RESTARTING) assert.ok(name in manifest.contributes.configuration.properties, name);
});

test("every dependency of the server is bundled or left out on purpose", () => {
  const pinned = [...read("client-vscode/requirements.txt").matchAll(/^([\w.-]+)==/gm)].map((one) => nameOf(one[1] ?? ""));
  const missing = bundled(read("pyproject.toml")).filter((one) => !pinned.includes(nameOf(one)));
  assert.deepEqual(missing, [], "run `npm run lock-libs`");
});

test("development dependencies are exact and the lock file names no registry", () => {
  for (const [name, version] of Object.entries(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
  assert.doesNotMatch(read("package-lock.json"), /"resolved"/);
});

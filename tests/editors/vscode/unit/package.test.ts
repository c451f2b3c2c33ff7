/** The manifest, the lock files and the code say the same. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import manifest from "../../../../package.json";
import { LEFT_OUT, bundled, isOfTests, nameOf } from "../../../../client-vscode/build/dependencies.mjs";
import { TARGET as PAGE, page } from "../../../../client-vscode/build/dashboard.mjs";
import { TARGET as STRINGS, strings } from "../../../../client-vscode/build/strings.mjs";
import { OWN_COMMANDS, RESTARTING, VIEW_COMMANDS } from "../../../../client-vscode/names";
import texts from "../../../../package.nls.json";

const read = (name: string) => readFileSync(name, "utf8"); // npm runs scripts in the root

test("extension and server have one version", () => {
  assert.equal(manifest.version, /__version__ = "(.*)"/.exec(read("server/pystein_lsp/__init__.py"))?.[1]);
});

test("every command that the manifest offers without a server is registered by the extension", () => {
  assert.deepEqual(manifest.contributes.commands.map((one) => one.command), [...OWN_COMMANDS, ...VIEW_COMMANDS]);
  const code = read("client-vscode/actions.ts") + read("client-vscode/extension.ts");
  for (const name of [...OWN_COMMANDS, ...VIEW_COMMANDS]) assert.ok(code.includes(`"${name}"`), name);
});

test("commands of the view's entries stay out of the palette", () => {
  const hidden = manifest.contributes.menus.commandPalette.filter((one) => one.when === "false").map((one) => one.command);
  assert.deepEqual(hidden, [...VIEW_COMMANDS]);
});

test("every text of the manifest can be translated, and no translation is left over", () => {
  const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map((one) => one[1] ?? ""));
  assert.deepEqual([...used].sort(), Object.keys(texts).sort());
});

test("the texts for translators are those of the code", () => {
  assert.equal(read(STRINGS), strings(), "run `npm run generate`");
});

test("the host's page is built from its sources", async () => {
  assert.equal(read(PAGE), await page(), "run `npm run generate`");
});

test("what a terminal shows becomes problems", () => {
  const [check, start, marked] = manifest.contributes.problemMatchers;
  const line = "src/function_app.py:10:6: error[arg-name-mismatch] the route binding 'req' has no parameter";
  assert.ok(check && !Array.isArray(check.pattern) && start && marked);
  assert.deepEqual(new RegExp(check.pattern.regexp).exec(line)?.slice(1, 6), ["src/function_app.py", "10", "6", "error", "arg-name-mismatch"]);
  const traceback = ['  File "/app/function_app.py", line 3, in <module>', "    import nowhere", "ModuleNotFoundError: No module named 'nowhere'"];
  const fits = (patterns: unknown, lines: string[]) => (patterns as { regexp: string }[]).every(({ regexp }, index) => new RegExp(regexp).test(lines[index] ?? ""));
  assert.ok(fits(start.pattern, traceback));
  assert.ok(fits(marked.pattern, [...traceback.slice(0, 2), "    ~~~~~~^^^", "ZeroDivisionError: division by zero"]));
});

test("every setting that decides what is executed needs trust and restarts the server", () => {
  assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), [...RESTARTING].sort());
  for (const name of RESTARTING) assert.ok(name in manifest.contributes.configuration.properties, name);
});

test("every dependency of the server is bundled or left out on purpose", () => {
  const pinned = [...read("client-vscode/requirements.txt").matchAll(/^([\w.-]+)==/gm)].map((one) => nameOf(one[1] ?? ""));
  const missing = bundled(read("pyproject.toml")).filter((one) => !pinned.includes(nameOf(one)));
  assert.deepEqual(missing, [], "run `npm run lock-libs`");
  const project = [...read("pyproject.toml").matchAll(/^\s*"([\w.-]+)/gm)].map((one) => nameOf(one[1] ?? ""));
  assert.deepEqual(LEFT_OUT.filter((name) => pinned.includes(name) || !project.includes(name)), []);
});

test("tests of the bundled libraries stay out of the package", () => {
  assert.ok(isOfTests("libs/debugpy/_vendored/bytecode/tests") && isOfTests("libs\\x\\test"));
  assert.ok(!isOfTests("libs/pystein_runtime/testing") && !isOfTests("libs/x/latest"));
  assert.match(read("client-vscode/build/libs.mjs"), /isOfTests\(folder\)/);
});

test("development dependencies are exact and the lock file names no registry", () => {
  for (const [name, version] of Object.entries(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
  assert.doesNotMatch(read("package-lock.json"), /"resolved"/);
});

// The extension's package in a real VS Code in a real browser: `npm run e2e [-- NAME...]` runs the scenarios whose file
// names contain one of the names. Builds the package first unless PYSTEIN_VSIX names one. Pictures go to out/e2e.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { setUp } from "./setup.mjs";

const source = "tests/editors/vscode/e2e";
const target = path.resolve("out/e2e");
const wanted = process.argv.slice(2);

const { node, entry, chromium, python } = setUp();
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const vsix = process.env["PYSTEIN_VSIX"] ?? path.resolve(`${name}-${version}.vsix`);
if (!process.env["PYSTEIN_VSIX"]) {
  const { status } = spawnSync("npm", ["run", "--silent", "package"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}
if (!existsSync(vsix)) throw new Error(`${vsix} does not exist`);

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const scenarios = readdirSync(source)
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
await esbuild.build({
  entryPoints: scenarios.map((file) => path.join(source, file)),
  outdir: target,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});
const env = { ...process.env, E2E_NODE: node, E2E_ENTRY: entry, E2E_CHROMIUM: chromium, E2E_VSIX: vsix, E2E_PYTHON: python, E2E_PICTURES: target };
const files = scenarios.map((file) => path.join(target, file.replace(/\.ts$/, ".js")));
const args = ["--enable-source-maps", "--test-reporter=spec", "--test-concurrency=1", "--test", ...files];
const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env });
process.exit(status ?? 1);

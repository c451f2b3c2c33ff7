// A VS Code to test in: code-server and the Node it needs, from npm, into a cache folder outside the checkout.
// No package's own script is run, and of what is native only the log is compiled (with Debian: g++, make, python3): VS Code
// shows an extension's output from its file. The terminal stays unused.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findPython, run } from "../../../../client-vscode/build/python.mjs";

const CODE_SERVER = "4.139.1"; // VS Code 1.139.1
const NODE = "24"; // what that version runs on

/**
 * Install once; later calls find everything in place.
 * @returns {{ node: string, entry: string, chromium: string, python: string }}
 */
export function setUp() {
  const base = process.env["PYSTEIN_E2E_CACHE"] ?? path.join(process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache"), "pystein-lsp");
  const cache = path.join(base, `code-server-${CODE_SERVER}`);
  const platform = `${process.platform}-${process.arch}`;
  const bin = path.join(cache, "node", "node_modules", `node-${platform}`, "bin");
  const server = path.join(cache, "code-server", "node_modules", "code-server");
  const done = path.join(cache, "complete");
  if (!existsSync(done)) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"]}` };
    npm(cache, env, "--prefix", "node", `node-${platform}@${NODE}`);
    npm(cache, env, "--prefix", "code-server", `code-server@${CODE_SERVER}`);
    // What its own install script would fetch.
    const vscode = path.join(server, "lib", "vscode");
    npm(vscode, env, "--omit=dev");
    npm(path.join(vscode, "extensions"), env, "--omit=dev");
    const headers = path.dirname(bin); // the Node package brings them
    npmRun(vscode, { ...env, npm_config_nodedir: headers }, "rebuild", "@vscode/spdlog", "--silent");
    writeFileSync(done, "");
  }
  const python = appPython(base);
  return { python, node: path.join(bin, "node"), entry: path.join(server, "out", "node", "entry.js"), chromium: findChromium() };
}

/** What the apps of the scenarios import. */
const LIBRARIES = ["azure-functions", "azure-functions-durable"];

/**
 * The interpreter of an app: its libraries and nothing else, least of all the server, which has to come from the package.
 * @param {string} base
 */
function appPython(base) {
  const named = process.env["PYSTEIN_E2E_PYTHON"];
  if (named) return named;
  const folder = path.join(base, "app-python-durable");
  const python = path.join(folder, "bin", "python");
  const done = path.join(folder, "complete");
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    run(findPython(), ["-m", "venv", folder]);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...LIBRARIES]);
    writeFileSync(done, "");
  }
  return python;
}

/**
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 */
function npm(cwd, env, ...args) {
  npmRun(cwd, env, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...args);
}

/**
 * Up to three times: what a registry answers is not ours.
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 */
function npmRun(cwd, env, ...args) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if (spawnSync("npm", args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] }).status === 0) return;
    console.error(`npm ${args.join(" ")} failed in ${cwd} (${attempt} of 3)`);
  }
  throw new Error("code-server could not be installed");
}

function findChromium() {
  const named = process.env["CHROMIUM"];
  const names = named ? [named] : ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const found = names.flatMap((name) => (path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)))).find((file) => existsSync(file));
  if (!found) throw new Error("No Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM.");
  return found;
}

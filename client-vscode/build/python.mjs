// The Python that packaging uses: PYTHON, the checkout's .venv, or the first one on PATH that has pip.

import { spawnSync } from "node:child_process";

const windows = process.platform === "win32";

/** @returns {string} */
export function findPython() {
  const wanted = process.env["PYTHON"];
  const usual = [windows ? ".venv\\Scripts\\python.exe" : ".venv/bin/python", "python3", "python"];
  const names = wanted ? [wanted] : usual;
  const found = names.find((name) => spawnSync(name, ["-m", "pip", "--version"], { stdio: "ignore" }).status === 0);
  if (!found) return fail(`No Python with pip found (tried ${names.join(", ")}). Set PYTHON to one.`);
  return found;
}

/**
 * Run a command to its end, with what it prints; a failure ends this script.
 * @param {string} command
 * @param {string[]} args
 */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) fail(`${command} ${args.slice(0, 3).join(" ")} … failed${error ? `: ${error.message}` : "."}`);
}

/**
 * End this script with one sentence.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

// Wheels that hold Python only, so that one package serves every system; chosen for the oldest supported version.
export const PURE = [
  "--only-binary=:all:",
  "--platform=any",
  "--implementation=py",
  "--abi=none",
  "--python-version=3.10",
];

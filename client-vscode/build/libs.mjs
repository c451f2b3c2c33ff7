// Fill out/bundled, or the folder that is named: the server, its libraries and the scripts that start them. Pure Python,
// so one package serves Linux, macOS and Windows, x64 and arm64.

import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { isOfTests } from "./dependencies.mjs";
import { PURE, findPython, run } from "./python.mjs";

const bundle = process.argv[2] ?? path.join("out", "bundled");
const libs = path.join(bundle, "libs");

rmSync(bundle, { recursive: true, force: true });
mkdirSync(libs, { recursive: true });
run(findPython(), [
  "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps",
  "--require-hashes", ...PURE, `--target=${libs}`, "--requirement=client-vscode/requirements.txt",
]);

/** What the server needs: no compiled files, and of the dashboard the built page alone. @param {string} file */
const isSource = (file) => !/(__pycache__|\.pyc|dashboard[\\/]page)$/.test(file);
for (const name of ["pystein_lsp", "pystein_runtime"]) {
  cpSync(path.join("server", name), path.join(libs, name), { recursive: true, filter: isSource });
}
// Where the wheel has them too.
cpSync("stubs", path.join(libs, "pystein_lsp", "stubs"), { recursive: true, filter: isSource });
cpSync(path.join("client-vscode", "schemas"), path.join(libs, "pystein_lsp", "schemas"), { recursive: true });
cpSync(path.join("client-vscode", "python"), bundle, { recursive: true, filter: isSource });

for (const name of readdirSync(libs, { recursive: true, encoding: "utf8" })) {
  const folder = path.join(libs, name);
  if (isOfTests(folder) && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) rmSync(folder, { recursive: true });
}

// Console scripts of the build machine; and two thirds of jedi, types of other libraries: jedi looks for
// <name>/__init__.pyi directly below typeshed/stubs, where none is, and reads the other folder for Django's sake only.
const jedi = path.join(libs, "jedi", "third_party");
for (const folder of [path.join(libs, "bin"), path.join(jedi, "django-stubs"), path.join(jedi, "typeshed", "stubs")]) {
  rmSync(folder, { recursive: true, force: true });
}
// Of debugpy what attaches to processes that run already, and sources in C with what compiles them: nine tenths of it.
for (const name of readdirSync(path.join(libs, "debugpy"), { recursive: true, encoding: "utf8" })) {
  if (/\.(c|cpp|h|hpp|pyx|pxd|pdb|exe|dll|dylib|so|pyd|sh|cmd|bat|md|gitignore)$/.test(name)) rmSync(path.join(libs, "debugpy", name));
}
for (const name of readdirSync(libs).filter((one) => one.endsWith(".dist-info"))) {
  for (const file of ["RECORD", "INSTALLER", "REQUESTED"]) rmSync(path.join(libs, name, file), { force: true });
}

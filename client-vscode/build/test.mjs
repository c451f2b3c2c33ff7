// Bundle the unit tests into out/test and run them with Node's own runner. They need neither VS Code nor a network.

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const source = "tests/editors/vscode/unit";
const target = "out/test";

rmSync(target, { recursive: true, force: true });
await esbuild.build({
  entryPoints: readdirSync(source)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join(source, name)),
  outdir: target,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});
const files = readdirSync(target).map((name) => path.join(target, name));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test-reporter=spec", "--test", ...files], { stdio: "inherit" });
process.exit(status ?? 1);

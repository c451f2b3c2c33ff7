// Build out/extension.js, out/languageClient.js and the licences of what is in them. The language client's library is most of it,
// so it is a file of its own: it is read when a server is started, not when the extension is activated.
// `--watch` keeps building, with a source map, for work on the extension itself.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: ["client-vscode/extension.ts", "client-vscode/languageClient.ts"],
  outdir: "out",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20", // what VS Code 1.91 brings
  external: ["vscode", "./languageClient"],
  supported: { "dynamic-import": false }, // `require` instead, which VS Code answers for "vscode"
  minify: !watch,
  sourcemap: watch,
  metafile: true,
  logLevel: "warning",
};

/**
 * The licence texts of the packages whose files went into the bundle.
 * @param {esbuild.Metafile} metafile
 */
function notices(metafile) {
  const roots = Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(roots)].sort().map((root) => {
    const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const licence = readdirSync(root).find((file) => /^licen[cs]e/i.test(file));
    if (!licence) throw new Error(`${root} has no licence file`);
    return `${name} ${version}\n\n${readFileSync(path.join(root, licence), "utf8").trim()}\n`;
  });
}

if (watch) {
  await (await esbuild.context(options)).watch();
} else {
  const { metafile } = await esbuild.build(options);
  if (metafile) writeFileSync("out/extension.licenses.txt", notices(metafile).join(`\n${"-".repeat(80)}\n\n`));
}

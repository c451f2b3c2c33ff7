// The host's page: its sources and the library become one file without anything from elsewhere. The file is
// committed, because `pip install` from a checkout has no Node; a test says when it is stale.

import { readFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const source = "server/pystein_runtime/dashboard/page";
export const TARGET = "server/pystein_runtime/dashboard/page.html";

/** @returns {Promise<string>} the page as it should be */
export async function page() {
  const script = await bundled("main.tsx");
  const style = await bundled("style.css");
  const licence = readFileSync("node_modules/preact/LICENSE", "utf8").trim();
  const html = readFileSync(path.join(source, "index.html"), "utf8");
  const head = `<!--\nBuilt by \`npm run generate\` from ${source}; do not edit. It holds Preact:\n\n${licence}\n-->\n`;
  const [doctype, ...rest] = html.split("\n");
  return [doctype, head + rest.join("\n").replace("/*style*/", () => style).replace("/*script*/", () => script)].join("\n");
}

/** @param {string} file */
async function bundled(file) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(source, file)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: {},
  });
  const text = outputFiles[0]?.text.trim() ?? "";
  if (/<\/(script|style)/i.test(text)) throw new Error(`${file} would end its own element`);
  return text;
}

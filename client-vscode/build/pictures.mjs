// Take the README's pictures of the editor and those of the walkthrough from those that the scenarios have made: `npm run
// e2e`, then `npm run pictures`.

import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fail } from "./python.mjs";

const source = path.join("out", "e2e");
const README = path.join("docs", "images");
const WALKTHROUGH = path.join("client-vscode", "images", "walkthrough");

/** @type {[string, string][]} */
const pictures = [
  ["readme-mistake", path.join(README, "mistake")],
  ["readme-view", path.join(README, "view")],
  ["readme-debug", path.join(README, "debug")],
  ["readme-mistake", path.join(WALKTHROUGH, "mistake")],
  ["readme-view", path.join(WALKTHROUGH, "view")],
  ["readme-run", path.join(WALKTHROUGH, "run")],
  ["readme-debug", path.join(WALKTHROUGH, "debug")],
  ["readme-dashboard-editor", path.join(WALKTHROUGH, "dashboard")],
];

const missing = [...new Set(pictures.map(([from]) => `${path.join(source, from)}.png`).filter((file) => !existsSync(file)))];
if (missing.length) fail(`Run the scenarios first (npm run e2e): there is no ${missing.join(", ")}.`);
for (const [from, to] of pictures) {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(`${path.join(source, from)}.png`, `${to}.png`);
}

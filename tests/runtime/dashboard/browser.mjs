// @ts-check
// A host of the app beside this file, and its dashboard in Chromium, for the tests of the page.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { chromium } from "playwright-core";

/** How long anything may take on a busy machine before the test gives up. */
const SECONDS = Number(process.env["PYSTEIN_TEST_SECONDS"] ?? 60);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** One for all tests of a file. @type {Promise<import("playwright-core").Browser> | undefined} */
let browser;
after(async () => (await browser)?.close());

/** A host of a copy of the app. */
export class Host {
  /**
   * @param {import("node:test").TestContext} t
   * @param {Record<string, string>} [files] what the app has instead of what stands there
   * @param {string[]} [options] of `start`
   */
  static async start(t, files = {}, options = []) {
    const host = new Host();
    cpSync(path.join(import.meta.dirname, "app"), host.root, { recursive: true });
    for (const [name, text] of Object.entries(files)) host.write(name, text);
    t.after(async () => {
      await host.stop();
      rmSync(path.dirname(host.root), { recursive: true, force: true });
    });
    await host.begin(options);
    return host;
  }

  constructor() {
    this.root = path.join(mkdtempSync(path.join(os.tmpdir(), "dashboard-")), "app");
    this.url = "";
    /** @type {import("node:child_process").ChildProcess | undefined} */
    this.process = undefined;
    /** @type {string[]} */
    this.lines = [];
  }

  /** @param {string[]} [options] */
  async begin(options = []) {
    const port = this.url ? new URL(this.url).port : "0";
    const args = ["-m", "pystein_lsp", "start", this.root, "--port", port, "--json", ...options];
    this.process = spawn(process.env["PYSTEIN_PYTHON"] ?? "python3", args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, PYSTEIN_LOCAL_CLOUD: "always" },
    });
    assert.ok(this.process.stdout);
    for await (const line of createInterface({ input: this.process.stdout })) {
      this.lines.push(line);
      const said = /** @type {{ event?: string, url?: string }} */ (line.startsWith("{") ? JSON.parse(line) : {});
      if (said.event === "ready" && said.url) {
        this.url = said.url;
        this.process.stdout.resume();
        return;
      }
    }
    throw new Error(`The host ended: ${this.lines.join("\n")}`);
  }

  async stop() {
    const { process: child } = this;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await ended;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  write(name, text) {
    writeFileSync(path.join(this.root, name), text);
  }

  /**
   * @param {string} place
   * @param {unknown} [body] asked by GET without one
   */
  async ask(place, body) {
    const init = body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers: { "content-type": "application/json" } };
    const answer = await fetch(`${this.url}${place}`, init);
    const text = await answer.text();
    return { status: answer.status, text, json: () => JSON.parse(text) };
  }

  /**
   * @param {string} name
   * @param {object} [given]
   */
  async invoke(name, given = {}) {
    return (await this.ask("/admin/pystein/invoke", { function: name, ...given })).json();
  }
}

/**
 * A page of the host in Chromium. Whatever it asks of others, and every error of its own, fails the test.
 * @param {import("node:test").TestContext} t
 * @param {Host} host
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(t, host, options = {}) {
  browser ??= chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: FLAGS });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(SECONDS * 1000);
  /** @type {string[]} */
  const strange = [];
  page.on("request", (request) => void (request.url().startsWith(host.url) || strange.push(request.url())));
  page.on("pageerror", (error) => void strange.push(String(error)));
  page.on("console", (message) => {
    const network = /^Failed to load resource/.test(message.text()); // a host that is gone, or a refusal that the page shows
    if (message.type() === "error" && !network) strange.push(message.text());
  });
  t.after(() => assert.deepEqual(strange, []));
  await page.goto(host.url);
  return page;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {"Map" | "Invocations" | "Local cloud" | "Orchestrations"} name
 */
export async function view(page, name) {
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: new RegExp(`^${name}`) }).click();
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string | RegExp} name
 */
export function button(page, name) {
  return page.getByRole("button", { name });
}

/**
 * The lines of a list that have a text.
 * @param {import("playwright-core").Page} page
 * @param {string | RegExp} hasText
 */
export function lines(page, hasText = "") {
  return page.getByRole("listbox").getByRole("option").filter({ hasText });
}

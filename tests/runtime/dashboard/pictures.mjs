// @ts-check
// The pictures of docs/dashboard.md and the README, of the shop that the scenarios of the editor have too:
// `CHROMIUM=/usr/bin/chromium node --test tests/runtime/dashboard/pictures.mjs`

import path from "node:path";
import { test } from "node:test";
import * as esbuild from "esbuild";
import { Host, button, lines, open, view } from "./browser.mjs";

const root = path.resolve(import.meta.dirname, "../../..");

test("pictures", async (t) => {
  const host = await Host.start(t, { ...(await shop()), "local.settings.json": SETTINGS });
  const page = await open(t, host);
  const take = (/** @type {string} */ name) => page.screenshot({ path: path.join(root, "docs", "images", `${name}.png`), animations: "disabled" });

  for (const id of [38, 39, 40]) await host.ask("/api/orders", { id, total: 10 + id });
  await host.ask("/api/orders", { id: 42 });
  await button(page, "Run start_approval now").click();
  await button(page, "Run book_payment now").click();
  await button(page, /^work_off,.*2 failed/).waitFor();
  await button(page, /^take_order,/).click();
  await page.getByLabel("Body").fill('{\n  "id": 41,\n  "total": 17\n}');
  await button(page, "Send request").click();
  await button(page, /^ask_boss,.*1 succeeded/).waitFor();
  await button(page, /^mail_receipt,.*4 succeeded/).waitFor();
  await page.getByText("HTTP 202").waitFor();
  await take("dashboard");
  await page.emulateMedia({ colorScheme: "dark" });
  await take("dashboard-dark");
  await page.emulateMedia({ colorScheme: "light" });

  await view(page, "Invocations");
  await lines(page, "KeyError").first().click();
  await page.getByText("Traceback", { exact: true }).waitFor();
  await take("invocations");

  await view(page, "Local cloud");
  await button(page, /^orders-poison 1/).click();
  await page.locator("details.thing summary").click();
  await page.getByRole("region", { name: "Content" }).waitFor();
  await take("local-cloud");

  await view(page, "Orchestrations");
  await lines(page, "approve_order").click();
  await button(page, /^activity ask_boss/).click();
  await page.getByRole("region", { name: "Result" }).waitFor();
  await take("timeline");
});

const SETTINGS = JSON.stringify({
  IsEncrypted: false,
  Values: {
    FUNCTIONS_WORKER_RUNTIME: "python",
    AzureWebJobsStorage: "UseDevelopmentStorage=true",
    Bus: "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;",
  },
});

/** @returns {Promise<Record<string, string>>} the files of the app */
async function shop() {
  const entry = path.join(root, "tests", "editors", "vscode", "e2e", "app.ts");
  const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, write: false, format: "esm" });
  const made = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`);
  return made.DURABLE;
}

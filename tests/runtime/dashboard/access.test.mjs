// @ts-check
// For everybody: names for screen readers, contrast, keys alone, narrow and wide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Host, button, lines, open, view } from "./browser.mjs";

/** Where npm has put axe-core; the rest is tested without it too. */
const AXE = findPackage("axe-core/axe.min.js");

/** @param {string} name */
function findPackage(name) {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} what
 */
async function accessible(page, what) {
  const found = await page.evaluate(async () => {
    // @ts-expect-error put there by the script
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map((/** @type {any} */ each) => `${each.id}: ${each.help}: ${each.nodes.map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
  });
  assert.deepEqual(found, [], what);
}

/** @param {Host} host */
async function liven(host) {
  await host.ask("/api/orders/ada", { id: 1 });
  await host.ask("/api/orders/ada", { fail: "very long ".repeat(200) });
  await host.ask("/api/binary");
  await host.invoke("tidy_up");
  await host.ask("/admin/pystein/send", { function: "book_payment", data: "fail" });
  await host.ask("/runtime/webhooks/durabletask/orchestrators/approve_order", "null");
  await host.ask("/runtime/webhooks/durabletask/orchestrators/fails_once", "null");
}

for (const { colorScheme, width } of /** @type {const} */ ([
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 300 },
  { colorScheme: "dark", width: 300 },
])) {
  test(`every page is sound, ${colorScheme} and ${width} pixels wide`, { skip: AXE === undefined && "needs axe-core" }, async (t) => {
    const host = await Host.start(t);
    await liven(host);
    const page = await open(t, host, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    await page.addScriptTag({ content: readFileSync(AXE ?? "", "utf8") });
    /** What is chosen stands in the list's place where there is little room. */
    const back = async () => void (width < 760 && (await page.locator("button.back").click()));
    const wide = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");

    await button(page, /^work_off, .*[1-9] failed/).waitFor();
    await accessible(page, "map");
    await wide();
    await button(page, /^take_order,/).click();
    await button(page, "Send request").click();
    await page.getByText("HTTP 202").waitFor();
    await accessible(page, "a function");
    await wide();

    await view(page, "Invocations");
    await page.getByRole("listbox").focus();
    await accessible(page, "invocations");
    await page.getByRole("searchbox").fill("very long");
    await lines(page, "work_off").first().click();
    await page.getByText("Traceback", { exact: true }).waitFor();
    await accessible(page, "an invocation");
    await wide();
    await back();
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByText("None is like that.").waitFor();
    await accessible(page, "no invocation");

    await view(page, "Local cloud");
    await button(page, /^orders-poison [1-9]/).click();
    await page.locator("details.thing summary").first().click();
    await accessible(page, "a poisoned message");
    await wide();
    await back();
    await button(page, /^Orders 1/).click();
    await page.getByRole("table").waitFor();
    await accessible(page, "a table");
    await wide();

    await view(page, "Orchestrations");
    await lines(page, "approve_order").click();
    await button(page, /^timer/).waitFor();
    await button(page, /^orchestration price_order/).click();
    await page.getByText("History").click();
    await page.getByText("SubOrchestrationInstanceCompleted").waitFor();
    await accessible(page, "an instance");
    await wide();
    await back();
    await page.getByText("Start an orchestration").click();
    await accessible(page, "the start of an orchestration");
    await button(page, "Entities").click();
    await lines(page, "revenue").click();
    await page.getByRole("heading", { name: "revenue" }).waitFor();
    await accessible(page, "an entity");
    await wide();

    await host.stop();
    await page.getByRole("alert").waitFor();
    await accessible(page, "a host that is gone");
  });
}

test("everything is done by keys alone, and one sees where one is", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  const press = (/** @type {string[]} */ ...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Tab until an element is reached; each on the way shows that it has the focus. */
  const tabTo = async (/** @type {string} */ name) => {
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement)) return { label: "", seen: true };
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const label = element.getAttribute("aria-label") ?? (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement ? element.labels?.[0]?.textContent : element.textContent);
        return { label: label ?? "", seen: element === document.body || (outlineStyle !== "none" && outlineWidth !== "0px") };
      });
      assert.ok(at.seen, `${at.label} shows its focus`);
      if (at.label.trim().startsWith(name)) return;
    }
    assert.fail(`${name} is never reached`);
  };
  await button(page, /^take_order,/).waitFor();
  await press("/");
  await page.keyboard.type("take_o");
  await tabTo("take_order,");
  await press("Enter");
  await button(page, "Send request").waitFor();
  await tabTo("customer");
  await page.keyboard.type("ada");
  await tabTo("Body");
  await page.keyboard.type('{"fail": "by keys"}');
  await tabTo("Send request");
  await press("Enter");
  await page.getByText("HTTP 202").waitFor();
  await press("2");
  await lines(page, "by keys").first().waitFor();
  await press("/");
  await page.keyboard.type("by keys");
  await tabTo("Invocations, the last one first");
  await press("ArrowDown", "Home", "End");
  await tabTo("Run again");
  await press("Enter");
  await page.getByText("runs again.").waitFor();
  await press("3");
  await button(page, /^orders-poison [1-9]/).waitFor();
  await tabTo("orders ");
  await press("ArrowDown", "Enter");
  await page.getByRole("heading", { name: "orders-poison" }).waitFor();
  await page.locator("details.thing summary").first().focus();
  await press("Enter");
  await tabTo("Deliver again");
  await press("Enter");
  await press("4");
  await page.locator("details.starter summary").waitFor();
  await tabTo("Start an orchestration");
  await press("Enter");
  await tabTo("Input");
  await tabTo("Start");
  await press("Enter");
  await page.getByRole("heading", { name: "approve_order" }).waitFor();
  await tabTo("Terminate");
  await press("Enter");
  await page.getByText("Really terminate?").waitFor();
  await press("Enter");
  await page.getByRole("complementary").getByText("Terminated", { exact: true }).waitFor();
  await press("Escape");
  await page.getByText("Choose an instance").waitFor();
});

// @ts-check
// Orchestrations: begun, looked into, and all that can be done with them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Host, button, lines, open, view } from "./browser.mjs";

test("an orchestration is begun, suspended, answered and forgotten", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await view(page, "Orchestrations");
  await page.getByText("No orchestration has been started yet.").waitFor();
  await page.getByText("Start an orchestration").click();
  await button(page, "Start").last().click();
  await page.getByRole("heading", { name: "approve_order" }).waitFor();
  const status = (/** @type {string} */ name) => page.getByRole("complementary").getByText(name, { exact: true }).waitFor();
  await button(page, /^timer timer, waits/).waitFor();
  await button(page, "Suspend").click();
  await status("Suspended");
  await button(page, "Resume").click();
  await status("Running");
  await button(page, "Raise").click();
  await page.getByText("Which event?").waitFor();
  await page.getByRole("textbox", { name: "Event" }).fill("Approval");
  await page.getByLabel("with").fill('"by hand"');
  await button(page, "Raise").click();
  await status("Completed");
  await page.getByText('"approved": "by hand"').waitFor();
  await page.getByText("History").click();
  await page.getByRole("cell", { name: "ExecutionCompleted" }).waitFor();
  await button(page, "Restart").click();
  await status("Running");
  await button(page, "Terminate").click();
  await button(page, "Really terminate?").click();
  await status("Terminated");
  await button(page, "Purge").click();
  await button(page, "Really forget it?").click();
  await page.getByText("Choose an instance").waitFor();
  await lines(page, "Terminated").waitFor({ state: "detached" });
});

test("children and entities are a step away, and one signals them", async (t) => {
  const host = await Host.start(t);
  await host.ask("/runtime/webhooks/durabletask/orchestrators/approve_order", "null");
  const page = await open(t, host);
  await view(page, "Orchestrations");
  await lines(page, "approve_order").click();
  await button(page, /^orchestration price_order/).click();
  await button(page, "Open price_order").click();
  await page.getByRole("heading", { name: "price_order" }).waitFor();
  assert.equal(await button(page, /^activity price_line/).count(), 3);
  await page.getByText("Part of").getByRole("button").click();
  await page.getByRole("heading", { name: "approve_order" }).waitFor();
  await button(page, /^signal add/).click();
  await button(page, /^Open revenue all/i).click();
  await page.getByRole("region", { name: "State" }).getByText("30").waitFor();
  await page.getByLabel("Operation").fill("add");
  await page.getByLabel("with").fill("12");
  await button(page, "Signal").click();
  await page.getByRole("region", { name: "State" }).getByText("42").waitFor();
});

test("what has failed is found, and rewound", async (t) => {
  const host = await Host.start(t);
  for (const name of ["fails_once", "price_order"]) await host.ask(`/runtime/webhooks/durabletask/orchestrators/${name}`, "null");
  const page = await open(t, host);
  await view(page, "Orchestrations");
  await lines(page, "Failed").waitFor();
  await page.getByLabel("Status").selectOption("Failed");
  await page.getByText("1 of 2 instances").waitFor();
  await lines(page, "fails_once").click();
  await button(page, /^activity break_once, .*failed/).click();
  await page.getByRole("region", { name: "Failure" }).getByText("it broke").waitFor();
  await button(page, "Rewind").click();
  await page.getByRole("complementary").getByText("Completed", { exact: true }).waitFor();
  await page.getByRole("region", { name: "Output" }).getByText("mended").waitFor();
});

test("a large fan-out is drawn in part, until one asks for all", async (t) => {
  const host = await Host.start(t);
  await host.ask("/runtime/webhooks/durabletask/orchestrators/price_order", "600");
  const page = await open(t, host);
  await view(page, "Orchestrations");
  await lines(page, "price_order").click();
  await page.getByRole("complementary").getByText("Completed", { exact: true }).waitFor();
  assert.equal(await button(page, /^activity price_line/).count(), 500);
  assert.ok((await page.locator(".turn").count()) <= 100, "turns that are near are one");
  await button(page, "Show all 600 calls").click();
  await button(page, /^activity price_line/).nth(599).waitFor();
});

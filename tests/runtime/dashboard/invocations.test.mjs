// @ts-check
// Invocations: found, looked into, run again; ten thousand of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Host, button, lines, open, view } from "./browser.mjs";

test("an invocation is found by what it logged, got and gave", async (t) => {
  const host = await Host.start(t);
  await host.ask("/api/orders/ada", { id: 1, colour: "turquoise" });
  await host.ask("/api/fast");
  await host.invoke("tidy_up");
  const page = await open(t, host);
  await view(page, "Invocations");
  await lines(page, "tidy_up").waitFor();
  await page.getByRole("searchbox").fill("PLATE BROKE");
  await page.getByText(/^1 of \d+ invocations/).waitFor();
  await lines(page, "tidy_up").click();
  for (const said of ["tidying up", "there was much to tidy", "a plate broke"]) await page.getByText(said).waitFor();
  await page.getByRole("searchbox").fill("turquoise");
  await lines(page, "take_order").waitFor();
  await lines(page, "work_off").waitFor();
  assert.equal(await lines(page).count(), 2);
});

test("an event is changed and sent again", async (t) => {
  const host = await Host.start(t);
  await host.ask("/api/orders/ada", { fail: "no tea" });
  const page = await open(t, host);
  await view(page, "Invocations");
  await page.getByLabel("failed only").check();
  await lines(page, "work_off").first().click();
  await page.getByText("ValueError: no tea").first().waitFor();
  await button(page, "Run again").click();
  await page.getByText("work_off runs again.").waitFor();
  await button(page, "Edit and run").click();
  await page.getByRole("textbox", { name: "Event" }).fill('{"id": 7}');
  await button(page, "Run directly").click();
  await page.getByText("✓ succeeded").first().waitFor();
});

test("bytes are shown as bytes, and long values in part", async (t) => {
  const host = await Host.start(t);
  await host.ask("/api/binary");
  await host.ask("/api/long");
  const page = await open(t, host);
  await view(page, "Invocations");
  await lines(page, "binary").click();
  await page.getByText("59 B, no text").waitFor();
  await page.getByText("000030  f8 f9 fa fb fc fd fe ff 65 6e 64").waitFor();
  await lines(page, "long_values").click();
  await page.getByText("2,000 more characters").waitFor();
  await button(page, "Show all 48,000 characters").click();
  assert.equal((await page.getByRole("region", { name: "Content" }).textContent())?.trim().length, 47_999);
});

test("ten thousand invocations are a list of a few lines", async (t) => {
  const host = await Host.start(t);
  const send = async () => {
    for (let number = 0; number < 2500; number += 1) await fetch(`${host.url}/api/fast`);
  };
  await Promise.all([send(), send(), send(), send()]);
  await host.invoke("tidy_up");
  const page = await open(t, host);
  await view(page, "Invocations");
  await page.getByText("10,000 invocations").waitFor();
  assert.ok((await page.locator("*").count()) < 900, "only what is seen exists");
  await page.getByRole("listbox").focus();
  await page.keyboard.press("End");
  await page.locator("[role=option][aria-posinset='10000'][aria-selected=true]").waitFor();
  await page.keyboard.press("Home");
  await page.locator("[role=option][aria-posinset='1'][aria-selected=true]").waitFor();
  await page.getByRole("searchbox").fill("plate");
  await page.getByText("1 of 10,000 invocations").waitFor();
  await page.getByRole("searchbox").fill("");
  await page.getByRole("combobox", { name: "Order", exact: true }).selectOption("Slowest first");
  await page.getByRole("listbox", { name: "Invocations, the slowest first" }).waitFor();
});

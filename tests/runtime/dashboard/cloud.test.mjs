// @ts-check
// The local cloud: what is in it, and what failed given back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Host, button, open, view } from "./browser.mjs";

test("poisoned messages are given back, one and all", async (t) => {
  const host = await Host.start(t);
  for (const number of [1, 2, 3]) await host.ask("/api/orders/ada", { fail: `no tea ${number}` });
  const page = await open(t, host);
  await view(page, "Local cloud");
  await button(page, /^orders-poison 3/).click();
  await page.getByText('{ "fail": "no tea 2" }').click();
  await button(page, "Deliver again").click();
  await page.getByText("Given back to orders.").waitFor();
  await button(page, /^orders-poison 3/).waitFor(); // it fails again
  await button(page, "Deliver all 3 again").click();
  await button(page, "Really all of them?").click();
  await page.getByText("3 messages given back.").waitFor();
  await view(page, "Map");
  await button(page, /^work_off, .* 0 succeeded, 14 failed/).waitFor(); // twice for each delivery
});

test("a dead letter says why, and is given back", async (t) => {
  const host = await Host.start(t);
  await host.ask("/admin/pystein/send", { function: "book_payment", data: "fail" });
  const page = await open(t, host);
  await view(page, "Local cloud");
  await button(page, /^payments\/\$deadletterqueue 1/).click();
  await page.locator("details.thing summary").click();
  await page.getByText(/^MaxDeliveryCountExceeded/).first().waitFor();
  await button(page, "Deliver again").click();
  await view(page, "Map");
  await button(page, /^book_payment, .* 20 failed/).waitFor();
});

test("tables, documents, blobs and bytes are looked into", async (t) => {
  const host = await Host.start(t);
  await host.ask("/api/orders/ada", { id: 1, note: "größer" });
  await host.ask("/admin/pystein/send", { function: "follow", data: { id: "tea", price: 4 } });
  await host.ask("/admin/pystein/send", { function: "mail_receipt", data: { path: "receipts/a.txt", content: "one pot" } });
  const page = await open(t, host);
  await view(page, "Local cloud");
  await button(page, /^Orders 1/).click();
  await page.getByRole("columnheader", { name: "PartitionKey" }).waitFor();
  await page.getByRole("cell", { name: /größer/ }).waitFor();
  await button(page, /^shop\/products 1/).click();
  await page.getByText('{ "id": "tea", "price": 4 }').click();
  await page.getByRole("region", { name: "Content" }).getByText('"price": 4').waitFor();
  await button(page, /^receipts 1/).click();
  await page.getByText("a.txt").click();
  await page.getByRole("region", { name: "Content" }).getByText("one pot").waitFor();
  assert.equal(await button(page, /^azure-webjobs/).count(), 0);
  await page.getByLabel("show the host's own").check();
  await button(page, /^azure-webjobs-hosts/).waitFor();
});

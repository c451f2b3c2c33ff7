// @ts-check
// The map: what it shows, and one click for each kind of event.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Host, button, open, view } from "./browser.mjs";

test("each kind of function is run by one click, and counts", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  const kinds = ["fast", "tidy_up", "work_off", "mail_receipt", "book_payment", "tell", "measure", "follow", "hear", "count_click", "count_words", "price_order", "price_line", "Revenue"];
  for (const name of kinds) await button(page, `Run ${name} now`).click();
  for (const name of kinds) await button(page, new RegExp(`^${name}, .*[1-9]\\d* succeeded, 0 failed$`)).waitFor();
  await button(page, /^blobs receipts, 1 waiting or kept/).waitFor();
});

test("a request is sent with its route, query, headers and body", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^take_order,/).click();
  await page.getByRole("textbox", { name: "customer" }).fill("Zoë");
  await page.getByText("Headers", { exact: true }).click();
  await page.getByLabel("Headers, one in a line").fill("X-Colour: blue");
  await page.getByLabel("Body").fill('{"id": 1');
  await page.getByText("This is no JSON yet").waitFor();
  await page.getByLabel("Body").fill('{"id": 1}');
  await button(page, /^Copy as curl/).click();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    `curl -X POST '${host.url}/api/orders/Zo%C3%AB' -H 'X-Colour: blue' --data-raw '{"id": 1}'`,
  );
  await button(page, "Send request").click();
  await page.getByText("HTTP 202").waitFor();
  await page.getByText("an order of Zoë with blue").waitFor();
  await button(page, /^work_off,.*1 succeeded/).waitFor();
});

test("a blob is sent under its path, and what was sent is there the next time", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^mail_receipt,/).click();
  await page.getByLabel("Path").fill("receipts/größe.txt");
  await page.getByLabel("Content").fill("two pots");
  await button(page, /^Send to receipts/).click();
  await page.getByText("Sent to receipts/größe.txt").waitFor();
  await button(page, /^mail_receipt,.*1 succeeded/).waitFor();
  await button(page, /^tidy_up,/).click();
  await button(page, "Run now").waitFor();
  await button(page, /^mail_receipt,/).click();
  await page.getByText("the event you used last").waitFor();
  assert.equal(await page.getByLabel("Path").inputValue(), "receipts/größe.txt");
});

test("a tool is called with arguments, an event is delivered, and a refusal is told", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^count_words,/).click();
  await page.getByLabel("Arguments").fill('{"text": "one two three"}');
  await button(page, "Call the tool").click();
  await page.getByText("3 words").first().waitFor();
  await button(page, /^hear,/).click();
  await button(page, "Deliver the event").click();
  await page.getByText("Microsoft.Storage.BlobCreated of").waitFor();
  await page.getByLabel("Event").last().fill("no event");
  await button(page, "Deliver the event").click();
  await page.locator(".send .bad").first().waitFor();
});

test("a place leads to what is in it, and from there to who takes it", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^queue orders/).click();
  await page.getByRole("heading", { name: "orders", exact: true }).waitFor();
  await page.getByText("Nothing is in it.").waitFor();
  await button(page, /^payments 0/).click();
  await button(page, "Send to book_payment").click();
  await page.getByRole("heading", { name: "book_payment" }).waitFor();
});

test("functions are found by their names, and walked through by arrow keys", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^take_order,/).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("receipts");
  assert.equal(await page.locator(".map li:not(.beside)").count(), 1);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-stop") ?? document.activeElement?.getAttribute("aria-label"));
  assert.equal(await focused(), await page.locator(".map [data-stop]").first().getAttribute("data-stop"), "the first one can be tabbed to");
  await page.locator("[data-stop='function:take_order']").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(), "queue:orders", "along the line");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(), "function:work_off");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Run work_off now");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "work_off" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "work_off" }).waitFor({ state: "detached" });
  assert.equal(await focused(), "function:work_off", "where it was before");
});

test("an app without functions, and one that cannot be loaded, say so", async (t) => {
  const host = await Host.start(t, { "function_app.py": "import azure.functions as func\n\napp = func.FunctionApp()\n" });
  const page = await open(t, host);
  await page.getByText("This app has no functions.").waitFor();
  await view(page, "Invocations");
  await page.getByText("Nothing has run yet.").waitFor();
  await view(page, "Map");
  host.write("function_app.py", "import nowhere\n");
  await page.getByText("The app cannot be loaded").waitFor();
  await page.getByText("No module named 'nowhere'").first().waitFor();
});

test("what runs is alive for a moment, and then at rest", async (t) => {
  const host = await Host.start(t, { "function_app.py": "import azure.functions as func\n\napp = func.FunctionApp()\n" });
  const page = await open(t, host, { viewport: { width: 1000, height: 700 } });
  await page.getByText("This app has no functions.").waitFor();
  host.write("function_app.py", MANY);
  await button(page, /^f19,/).waitFor();
  assert.ok(await page.locator(".map").evaluate((map) => map.getBoundingClientRect().width < 1000), "it fits where it came late, too");
  await button(page, "Run f0 now").click();
  await page.locator(".function.active").waitFor();
  await page.locator(".function.active").waitFor({ state: "detached" });
});

const MANY = `
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
${Array.from({ length: 20 }, (_, number) => `

@app.queue_trigger(arg_name="m", queue_name="queue-${number}", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="out", queue_name="queue-${number + 1 - (number % 4 === 3 ? 4 : 0)}", connection="AzureWebJobsStorage")
def f${number}(m: func.QueueMessage, out: func.Out[str]) -> None:
    pass
`).join("")}`;

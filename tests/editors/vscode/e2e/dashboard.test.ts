/** The dashboard, in the editor and on its own page. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { DURABLE, SETTINGS, SHOP } from "./app";
import { Editor } from "./editor";

test("the dashboard draws the app, sends events and looks into the local cloud", async (t) => {
  const editor = await Editor.open(t, "dashboard", { files: SHOP, settings: SETTINGS });

  await editor.step("the view starts the app and opens its page in the editor", async () => {
    await editor.showView();
    await editor.press(editor.entry(/^app/), "Open Dashboard");
    await editor.webview.getByRole("button", { name: /^take_order,/ }).waitFor();
  });

  await editor.step("an event goes all the way through the app", async () => {
    await editor.webview.getByRole("button", { name: /^take_order,/ }).click();
    await editor.webview.getByLabel("Body").fill('{"id": 41, "total": 17}');
    await editor.webview.getByRole("button", { name: "Send request" }).click();
    await editor.webview.getByText("✓ succeeded").first().waitFor();
    await editor.webview.getByRole("button", { name: /^mail_receipt,.*1 succeeded/ }).waitFor();
    await editor.quiet();
    await editor.picture("readme-dashboard-editor");
  });

  await editor.step("the page opens the code of a function", async () => {
    await editor.webview.getByRole("button", { name: "Open code" }).click();
    await editor.line("def take_order").waitFor();
  });

  const own = await editor.newPage();
  const strange: string[] = [];
  const url = await editor.hostUrl();
  own.on("request", (request) => void (request.url().startsWith(url) || strange.push(request.url())));
  own.on("console", (message) => {
    const where = message.location().url;
    if (message.type() === "error" && !where.includes("/invocations/")) strange.push(`${message.text()} ${where}`); // of 10,000 newer ones the chosen one is forgotten
  });
  const named = (name: string | RegExp): Locator => own.getByRole("button", { name });

  await editor.step("on its own page it is the same", async () => {
    await own.goto(url);
    await named(/^mail_receipt,.*1 succeeded/).waitFor();
  });

  await editor.step("what failed is found, looked into and delivered again", async () => {
    await named(/^work_off,/).click();
    await own.getByRole("textbox", { name: "Event" }).fill('{"id": 42}');
    await named("Send to orders").click();
    await own.getByText("Sent to orders").waitFor();
    await named(/^Invocations 2 failed/).click();
    await own.getByLabel("failed only").check();
    await own.getByRole("listbox").focus();
    await own.keyboard.press("ArrowDown");
    await own.getByText("KeyError: 'total'").first().waitFor();
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/readme-invocations.png` });
    await own.getByLabel("failed only").uncheck();
    await own.getByRole("heading", { name: "work_off" }).click(); // away from the field, so that keys are shortcuts
    await own.keyboard.press("3");
    await named(/^orders-poison/).click();
    await own.locator("details.thing summary").first().click();
    await named("Deliver again").click();
    await own.getByText("Nothing is in it.").waitFor();
    await own.getByRole("button", { name: /orders-poison 1/ }).waitFor(); // it fails again
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/readme-cloud.png` });
  });

  await editor.step("ten thousand invocations are a list of a few lines", async () => {
    const send = async (): Promise<void> => {
      for (let number = 0; number < 500; number += 1) await fetch(`${url}/api/orders`, { method: "POST", body: '{"id": 1, "total": 1}' });
    };
    await Promise.all(Array.from({ length: 8 }, send)); // each is an order, a receipt and a mail
    await own.keyboard.press("1");
    await named(/^mail_receipt,.*\b4,?001 succeeded/).waitFor(); // nothing moves any more
    await own.keyboard.press("2");
    await own.getByText("10,000 invocations").waitFor();
    assert.ok((await own.getByRole("option").count()) < 100);
    await own.getByRole("listbox").focus();
    await own.keyboard.press("End");
    await own.locator("[role=option][aria-posinset='10000'][aria-selected=true]").waitFor();
    await own.getByPlaceholder(/^Filter/).fill("KeyError");
    await own.getByText(/^\d of 10,000 invocations|None is like that/).first().waitFor();
  });

  await editor.step("dark, narrow, and nothing from elsewhere", async () => {
    await own.emulateMedia({ colorScheme: "dark" });
    await own.keyboard.press("Escape");
    await own.getByRole("button", { name: "Map" }).click();
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/readme-dashboard-dark.png` });
    await named("Close").click(); // a narrow page shows one thing at a time
    await own.setViewportSize({ width: 480, height: 800 });
    await named(/^take_order,/).waitFor();
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/dashboard-narrow.png` });
    assert.deepEqual(strange, []);
    await own.close();
  });

  await editor.step("the view stops the app, and the page says so", async () => {
    await editor.press(editor.entry(/^app/), "Stop App");
    await editor.webview.getByText("does not answer").waitFor();
  });
});

test("orchestrations are drawn while they run, and answered from the page", async (t) => {
  const editor = await Editor.open(t, "durable", { files: DURABLE, settings: SETTINGS });
  const own = await editor.newPage();
  const named = (name: string | RegExp): Locator => own.getByRole("button", { name });

  await editor.step("the map joins who starts whom", async () => {
    await editor.showView();
    await editor.press(editor.entry(/^app/), "Start App");
    await own.goto(await editor.hostUrl());
    await named("Run start_approval now").click();
    await named("Run book_payment now").click();
    await named(/^take_order,/).click();
    await own.getByLabel("Body").fill('{"id": 41, "total": 17}');
    await named("Send request").click();
    for (const last of ["ask_boss", "measure", "mail_receipt"]) await named(new RegExp(`^${last},.*1 succeeded`)).waitFor();
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/readme-dashboard.png` });
  });

  await editor.step("the timeline shows what ran when, and waits", async () => {
    await named("Orchestrations").click();
    await own.getByRole("listbox").focus();
    await own.keyboard.press("ArrowDown");
    await named(/^activity price_line/).nth(2).waitFor();
    await named(/^activity ask_boss/).click();
    await own.getByText("asked about 30").waitFor();
    await named(/^activity ask_boss/).click();
    await own.screenshot({ path: `${process.env["E2E_PICTURES"]}/readme-timeline.png` });
  });

  await editor.step("an event that it waits for is raised", async () => {
    await own.getByRole("textbox", { name: "Event" }).fill("Approval");
    await named("Raise").click();
    await own.getByRole("heading", { name: "approve_order" }).locator("..").getByText("Completed").waitFor();
    await own.getByText('"approved": true').waitFor();
    await own.close();
  });
});

// @ts-check
// What happens around the page: the host goes and comes back, the app is changed, strangers ask.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Host, button, open, view } from "./browser.mjs";

test("a host that is gone is told of, and what is seen stays; the page goes on when it is back", async (t) => {
  const host = await Host.start(t);
  await host.invoke("tidy_up");
  const page = await open(t, host);
  await button(page, /^tidy_up,.*1 succeeded/).waitFor();
  await host.stop();
  await page.getByRole("alert").getByText(/^The host is gone since \d/).waitFor();
  await button(page, "Run fast now").click();
  await page.getByText("The host does not answer.").first().waitFor();
  await button(page, /^tidy_up,.*1 succeeded/).waitFor();
  await host.begin();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await button(page, /^tidy_up,.*0 succeeded/).waitFor();
  await button(page, "Run fast now").click();
  await button(page, /^fast,.*1 succeeded/).waitFor();
});

test("a host that does not move is told of as well", { skip: process.platform === "win32" && "needs SIGSTOP" }, async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  await button(page, /^fast,/).waitFor();
  host.process?.kill("SIGSTOP");
  await page.getByRole("alert").getByText(/^The host is gone since \d/).waitFor();
  host.process?.kill("SIGCONT");
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("a change of the app is seen, and one that cannot be loaded is told of", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  const source = readFileSync(path.join(host.root, "function_app.py"), "utf8");
  await button(page, /^fast,/).click();
  host.write("function_app.py", source.replaceAll("fast", "quick"));
  await button(page, /^quick,/).waitFor();
  await page.getByRole("complementary").waitFor({ state: "detached" });
  host.write("function_app.py", `${source}\nraise RuntimeError("half done")\n`);
  await page.getByText("The last change cannot be loaded; what ran before goes on.").click();
  await page.getByText("half done").first().waitFor();
  await button(page, "Run quick now").click();
  await button(page, /^quick,.*1 succeeded/).waitFor();
  host.write("function_app.py", source);
  await button(page, /^fast,/).waitFor();
  await page.getByText("The last change cannot be loaded").waitFor({ state: "detached" });
});

test("with keys the page wants the master key, and all of it works with it", async (t) => {
  const host = await Host.start(t, {}, ["--enable-auth"]);
  const page = await open(t, host);
  await page.getByText("This host wants its key").waitFor();
  await page.getByLabel("Master key").fill("wrong");
  await button(page, "Open").click();
  await page.getByText("The host does not take this key.").waitFor();
  const keys = JSON.parse(readFileSync(path.join(host.root, ".pystein", "keys.json"), "utf8"));
  await page.getByLabel("Master key").fill(keys.master ?? keys.masterKey);
  await button(page, "Open").click();
  await button(page, "Run tidy_up now").click();
  await button(page, /^tidy_up,.*1 succeeded/).waitFor();
  await view(page, "Orchestrations");
  await page.getByText("Start an orchestration").click();
  await button(page, "Start").last().click();
  await page.getByRole("heading", { name: "approve_order" }).waitFor();
});

test("a page of another site can neither read nor change anything, nor show this one", async (t) => {
  const host = await Host.start(t);
  const page = await open(t, host);
  const other = await Host.start(t, { "function_app.py": FOREIGN });
  const strange = await page.context().newPage();
  await strange.goto(`${other.url}/api/page`);
  const asked = await strange.evaluate(async (url) => {
    const places = ["/admin/pystein/overview", "/admin/pystein/invoke", "/runtime/webhooks/durabletask/instances"];
    const tries = places.map((place) => fetch(url + place, { method: place.endsWith("invoke") ? "POST" : "GET", body: place.endsWith("invoke") ? '{"function": "tidy_up"}' : null }));
    return (await Promise.allSettled(tries)).map((each) => each.status);
  }, host.url);
  assert.deepEqual(asked, ["rejected", "rejected", "rejected"]);
  await strange.evaluate((url) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener("load", resolve));
  }, host.url);
  assert.equal(strange.frames().some((frame) => frame.url().startsWith(host.url)), false);
  const { functions } = (await host.ask("/admin/pystein/overview")).json();
  assert.equal(functions.find((/** @type {any} */ each) => each.name === "tidy_up").succeeded, 0);
});

const FOREIGN = `
import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="page")
def page(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("<!doctype html><title>strange</title><body>", mimetype="text/html")
`;

// @ts-check
// How the page bears ten thousand invocations: `CHROMIUM=/usr/bin/chromium node --test tests/runtime/dashboard/measure.mjs`
// prints figures beside those of a page without any. It asserts nothing: times depend on the machine.

import { test } from "node:test";
import { Host, button, open, view } from "./browser.mjs";

const COUNT = 10_000;

test("figures", async (t) => {
  const host = await Host.start(t);
  const before = await figures(t, host);
  const send = async () => {
    for (let number = 0; number < COUNT / 8; number += 1) await fetch(`${host.url}/api/fast`);
  };
  await Promise.all(Array.from({ length: 8 }, send));
  const after = await figures(t, host);
  console.table({ none: before, [COUNT]: after });
});

/**
 * @param {import("node:test").TestContext} t
 * @param {Host} host
 */
async function figures(t, host) {
  const began = performance.now();
  const page = await open(t, host);
  await button(page, /^fast,/).waitFor();
  const loaded = performance.now() - began;
  await view(page, "Invocations");
  await page.getByText(/invocations$/).waitFor();
  const list = page.getByRole("listbox");
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const scrolled = (await list.count()) ? await list.evaluate(scroll) : { median: 0, worst: 0 };
  const filter = page.getByRole("searchbox");
  const typed = performance.now();
  await filter.fill("a1");
  await page.getByText(/of [\d,]+ invocations$|^0 invocations$/).waitFor();
  const filtered = performance.now() - typed;
  await session.send("Performance.enable");
  const busy = await cpu(session);
  await page.waitForTimeout(5000); // what it costs to be looked at
  const idle = ((await cpu(session)) - busy) / 5;
  const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;
  return {
    "ms until the map": round(loaded),
    "MB of heap": round(usedSize / 1e6),
    "elements": await page.locator("*").count(),
    "ms a frame while scrolling, median": round(scrolled.median),
    "ms a frame while scrolling, worst": round(scrolled.worst),
    "ms to filter": round(filtered),
    "ms of work a second while idle": round(idle * 1000),
  };
}

/** @param {import("playwright-core").CDPSession} session */
async function cpu(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

/** Scroll from the top to the end in 120 steps, one a frame. @param {Element} list */
async function scroll(list) {
  const frames = [];
  let last = performance.now();
  for (let step = 0; step <= 120; step += 1) {
    list.scrollTop = (step / 120) * list.scrollHeight;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  frames.sort((a, b) => a - b);
  return { median: frames[60] ?? 0, worst: frames.at(-1) ?? 0 };
}

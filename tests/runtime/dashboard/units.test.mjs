// @ts-check
// What the page computes: scales, ways over the map, bytes, commands.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import * as esbuild from "esbuild";

const source = path.resolve(import.meta.dirname, "../../../server/pystein_runtime/dashboard/page");

/** @param {string} name */
async function load(name) {
  const { outputFiles } = await esbuild.build({ entryPoints: [path.join(source, name)], bundle: true, write: false, format: "esm", jsx: "automatic", jsxImportSource: "preact", tsconfigRaw: {} });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`);
}

test("long waits are drawn short, and work is never", async () => {
  const { scale } = await load("scale.ts");
  const day = 86_400_000;
  const moments = [0, 100, 200, day, day + 100];
  const over = scale(moments, [[0, 100]], true);
  assert.equal(over.squeezable, true);
  assert.ok(over.place(100) > 20);
  assert.equal(Math.round(over.place(day) - over.place(200)), 20);
  assert.equal(Math.round(over.moment(over.place(day))), day);
  assert.ok(scale(moments, [[0, 100]], false).place(200) < 0.01, "as it was");
  assert.equal(scale([0, 10, day], [[10, day]], true).squeezable, false, "something ran all day");
  assert.equal(scale([0], [], true).place(0), 0);
});

test("arrow keys follow the lines, then go to what is near", async () => {
  const { neighbour } = await load("layout.ts");
  const node = (/** @type {string} */ id, /** @type {number} */ x, /** @type {number} */ y) => ({ id, kind: "function", label: id, service: "", x, y });
  const nodes = [node("a", 0, 0), node("b", 0, 60), node("c", 200, 0), node("d", 200, 600)];
  const edges = [{ from: "a", to: "d", kind: "out" }];
  const ways = ["ArrowRight", "ArrowDown", "ArrowLeft", "Home", "End", "x"].map((key) => neighbour(nodes, edges, "a", key));
  assert.deepEqual(ways, ["d", "b", undefined, "a", "d", undefined]);
  assert.equal(neighbour(nodes, edges, "b", "ArrowRight"), "c");
});

test("bytes are lines of sixteen, and many are not all shown", async () => {
  const { hex } = await load("hex.ts");
  const text = hex(Buffer.from([...Array(16).keys(), 0x41, 0xff]).toString("base64"));
  assert.equal(text, `000000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ${"·".repeat(16)}\n000010  41 ff${" ".repeat(42)}  A·`);
  assert.match(hex(Buffer.alloc(5000).toString("base64")), /\n… 904 more$/);
});

test("a request is a command of a shell, without what is secret or the client's own", async () => {
  const { asRequest, curl } = await load("request.tsx");
  const request = asRequest({ method: "PUT", route: { id: "a b" }, query: { day: "1", code: "(hidden)" }, headers: { Host: "x", cookie: "(hidden)", "x-a": "it's" }, body: "{}" });
  const command = curl("http://localhost:7071/api/orders/{id:int?}", request, "it's");
  assert.equal(command, "curl -X PUT 'http://localhost:7071/api/orders/a%20b?day=1' -H 'x-a: it'\\''s' --data-raw 'it'\\''s'");
});

test("invocations that were told before something failed are asked for again", async () => {
  const { Model } = await load("model.ts");
  const document = { hidden: false, addEventListener: () => undefined };
  const failed = new Set();
  const answers = {
    "/admin/pystein/overview": { instance: "x", newest: 2, functions: [] },
    "/admin/pystein/invocations": { invocations: [{ number: 1 }, { number: 2 }], next: 2 },
    "/admin/pystein/cloud": {},
  };
  Object.assign(globalThis, {
    document,
    window: { setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) => (ms < 10_000 ? setTimeout(work, 0) : 0), clearTimeout },
    sessionStorage: { getItem: () => null },
    fetch: async (/** @type {keyof typeof answers} */ address) => {
      const path = /** @type {keyof typeof answers} */ (address.split("?")[0]);
      const fails = path.endsWith("/cloud") && !failed.has(path);
      if (fails) failed.add(path);
      return { status: fails ? 500 : 200, text: async () => JSON.stringify(answers[path]) };
    },
  });
  const model = new Model();
  await new Promise((resolve) => model.subscribe(() => model.state.overview && resolve(undefined)));
  document.hidden = true; // else it goes on asking
  assert.equal(failed.size, 1);
  assert.deepEqual(model.state.invocations.map((/** @type {{ number: number }} */ each) => each.number), [1, 2]);
});

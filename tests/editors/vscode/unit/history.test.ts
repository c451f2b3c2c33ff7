import assert from "node:assert/strict";
import { test } from "node:test";
import { Payloads, dataOf } from "../../../../client-vscode/history";
import { memory } from "./folders";

test("payloads are remembered by function, the last one first, none of them twice", async () => {
  const payloads = new Payloads(memory());
  for (const payload of ["a", "b", "a"]) await payloads.add("/app", "work", payload);
  assert.deepEqual(payloads.of("/app", "work"), ["a", "b"]);
  assert.deepEqual(payloads.of("/app", "other"), []);
  for (let number = 0; number < 20; number += 1) await payloads.add("/app", "work", String(number));
  assert.equal(payloads.of("/app", "work").length, 10);
});

test("what was kept by something else is passed over", async () => {
  const kept = memory();
  await kept.update("pystein.payloads /app work", [1, "a", null]);
  assert.deepEqual(new Payloads(kept).of("/app", "work"), ["a"]);
});

test("JSON is what it means, everything else is text", () => {
  assert.deepEqual(dataOf('{"id": 1}'), { id: 1 });
  assert.equal(dataOf("7"), 7);
  assert.equal(dataOf("hello {name}"), "hello {name}");
});

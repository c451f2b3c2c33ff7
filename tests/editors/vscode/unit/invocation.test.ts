import assert from "node:assert/strict";
import { test } from "node:test";
import { type Invocation, duration, headline, isInvocation, report, wentWrong } from "../../../../client-vscode/invocation";

const http: Invocation = {
  function: "hello",
  invocationId: "1",
  status: "succeeded",
  durationMs: 11.6,
  return: { status: 200, headers: { "content-type": "text/plain" }, body: "Hello" },
  outputs: {},
  error: null,
};
const failed: Invocation = {
  ...http,
  status: "failed",
  return: null,
  error: { type: "ValueError", message: "boom\nmore" },
};

test("a headline says what a person wants to know first", () => {
  assert.equal(headline(http), "hello: 200 in 12 ms");
  assert.equal(headline({ ...http, return: null }), "hello: succeeded in 12 ms");
  assert.equal(headline({ ...http, return: { status: 7 } }), "hello: succeeded in 12 ms");
  assert.equal(headline(failed), "hello: ValueError: boom (after 12 ms)");
  const notes = ["Instance 1: Running", "hello still runs after 10 s; it goes on while a host of this app runs."];
  assert.equal(headline({ ...http, return: null, notes }), "hello still runs after 10 s");
});

test("a status of failure is worth a warning", () => {
  assert.ok(!wentWrong(http));
  assert.ok(wentWrong({ ...http, return: { status: 404, headers: {} } }));
  assert.ok(wentWrong(failed));
});

test("the report holds what was returned and set", () => {
  const text = report({ ...http, outputs: { msg: "sent" } });
  assert.match(text, /^hello: 200 in 12 ms\n\{/);
  assert.deepEqual(JSON.parse(text.slice(text.indexOf("{"))), { return: http.return, outputs: { msg: "sent" } });
});

test("only results of runs are taken for results of runs", () => {
  assert.ok(isInvocation(http));
  for (const other of [null, undefined, 1, "ok", [], {}, { function: "f", status: "running", durationMs: 1 }]) {
    assert.ok(!isInvocation(other));
  }
});

test("durations read as people say them", () => {
  assert.deepEqual([0.04, 0.42, 7.4, 999, 1540].map(duration), ["0 ms", "0.4 ms", "7 ms", "999 ms", "1.5 s"]);
});

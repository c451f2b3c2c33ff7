import assert from "node:assert/strict";
import { test } from "node:test";
import { type AppFunction, address, describe, icon } from "../../../../client-vscode/apps";

const position = { line: 0, character: 0 };
const http: AppFunction = {
  name: "hello",
  uri: "file:///app/function_app.py",
  range: { start: position, end: position },
  trigger: "httpTrigger",
  what: "GET,POST /api/hello",
  schedule: null,
  bindings: [],
};

test("a function is described by what sets it off", () => {
  assert.equal(describe(http), "GET,POST /api/hello");
  assert.equal(describe({ ...http, trigger: "queueTrigger", what: "orders" }), "queue orders");
  assert.equal(describe({ ...http, trigger: "eventGridTrigger", what: "" }), "eventGrid");
  assert.equal(describe({ ...http, trigger: "timerTrigger", what: "0 0 * * * *", schedule: "every hour" }), "every hour");
});

test("an HTTP function has an address where its route is known", () => {
  assert.equal(address(http, "http://localhost:7071/"), "http://localhost:7071/api/hello");
  assert.equal(address({ ...http, what: "/api/orders/{id}" }, "http://localhost:7071"), "http://localhost:7071/api/orders/{id}");
  assert.equal(address({ ...http, what: "/api/?" }, "http://localhost:7071"), undefined);
  assert.equal(address({ ...http, trigger: "timerTrigger" }, "http://localhost:7071"), undefined);
});

test("every trigger has an icon, those too that nobody has thought of", () => {
  assert.equal(icon("httpTrigger"), "globe");
  assert.equal(icon("daprBindingTrigger"), "zap");
});

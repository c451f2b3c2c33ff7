/** The dashboard's map. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { layout } from "../../../../server/pystein_runtime/dashboard/page/layout";
import type { Binding, Func } from "../../../../server/pystein_runtime/dashboard/page/types";

const binding = (direction: Binding["direction"], service: string, place: string): Binding => ({ name: "x", type: service, direction, service, place, connection: null });
const func = (name: string, ...bindings: Binding[]): Func => ({
  name, detail: "", trigger: "", disabled: false, file: "", line: 1, url: null, bindings, succeeded: 0, failed: 0, last: null,
}); // prettier-ignore

const column = (drawn: ReturnType<typeof layout>, id: string): number => {
  const columns = [...new Set(drawn.nodes.map((node) => node.x))].sort((a, b) => a - b);
  return columns.indexOf(drawn.nodes.find((node) => node.id === id)?.x ?? -1);
};

test("what is written stands behind who writes it, and before who is set off by it", () => {
  const functions = [func("take", binding("trigger", "http", "POST /api/orders"), binding("out", "queue", "orders")), func("work", binding("trigger", "queue", "Orders"), binding("out", "blob", "receipts/{rand-guid}.txt")), func("mail", binding("trigger", "blob", "receipts/{name}"))];
  const drawn = layout({ functions, calls: [] });
  const order = ["http:take", "function:take", "queue:orders", "function:work", "blob:receipts", "function:mail"];
  assert.deepEqual(order.map((id) => column(drawn, id)), [0, 1, 2, 3, 4, 5]);
  assert.equal(drawn.nodes.length, order.length);
});

test("circles end, and calls need no place between", () => {
  const again = func("again", binding("trigger", "queue", "loop"), binding("out", "queue", "loop"));
  const durable = [func("start", binding("trigger", "http", "/api/start")), func("book", binding("trigger", "orchestration", "")), func("pay", binding("trigger", "activity", ""))];
  const calls = [{ from: "start", to: "book" }, { from: "book", to: "pay" }, { from: "book", to: "gone" }];
  const drawn = layout({ functions: [again, ...durable], calls });
  assert.deepEqual(["function:start", "function:book", "function:pay"].map((id) => column(drawn, id)), [1, 2, 3]);
  assert.equal(drawn.edges.filter((edge) => edge.kind === "call").length, 2);
});

test("nothing lies upon another, in a large app too", () => {
  const functions = Array.from({ length: 200 }, (_, number) => func(`f${number}`, binding("trigger", "queue", `q${number % 7}`), binding("out", "table", `t${number % 5}`)));
  const drawn = layout({ functions, calls: [] });
  const places = new Set(drawn.nodes.map((node) => `${node.x} ${Math.round(node.y)}`));
  assert.equal(places.size, drawn.nodes.length);
  for (const node of drawn.nodes) assert.ok(node.x >= 0 && node.y >= 0 && node.y < drawn.height);
});

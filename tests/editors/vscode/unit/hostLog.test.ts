import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Follower, LOG, type Said, said } from "../../../../client-vscode/hostLog";
import { file, temporary } from "./folders";

const line = (event: string, fields: object): string => JSON.stringify({ time: "2026-01-01T00:00:00Z", event, ...fields });

test("what a host says is put in words", () => {
  const text = (event: string, fields: object) => said(line(event, fields));
  assert.deepEqual(text("ready", { url: "http://localhost:7071", pid: 1 }), { level: "information", text: "The app runs at http://localhost:7071." });
  assert.deepEqual(text("log", { level: "warning", function: "work", message: "slow" }), { level: "warning", text: "work: slow" });
  assert.deepEqual(text("invocation", { function: "work", status: "succeeded", durationMs: 3.4 }), { level: "information", text: "work succeeded in 3 ms" });
  assert.deepEqual(text("invocation", { function: "work", status: "failed", durationMs: 3, error: { type: "KeyError", message: "'a'" } }), {
    level: "error",
    text: "work failed after 3 ms: KeyError: 'a'",
  });
  assert.deepEqual(text("load-failed", { message: "boom" }), { level: "error", text: "boom" });
  assert.deepEqual(said("Traceback: what is no JSON"), { level: "error", text: "Traceback: what is no JSON" });
  assert.equal(said(""), undefined);
  assert.equal(text("something new", {}), undefined);
});

test("a log is followed while it grows, in whole lines, and from the start when a new host begins it", async (t) => {
  const root = temporary(t);
  const told: Said[] = [];
  const log = file(root, LOG, `${line("log", { level: "information", message: "one" })}\n{"event": "log", "mess`);
  const follower = new Follower(path.join(root, LOG), (each) => told.push(each));
  t.after(() => follower.stop());
  const texts = async (count: number): Promise<string[]> => {
    while (told.length < count) await follower.read().then(() => new Promise((resolve) => setImmediate(resolve)));
    return told.map((each) => each.text);
  };
  assert.deepEqual(await texts(1), ["one"]);
  appendFileSync(log, 'age": "two"}\n');
  assert.deepEqual(await texts(2), ["one", "two"]);
  writeFileSync(log, `${line("host", { level: "error", message: "3" })}\n`);
  assert.deepEqual(await texts(3), ["one", "two", "3"]);
});

import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { ask, findHost, isLoopback } from "../../../../client-vscode/hosts";
import { file, temporary } from "./folders";

async function serve(t: TestContext, status: object): Promise<string> {
  const server = http.createServer((request, response) => {
    response.end(request.url === "/admin/host/status" ? JSON.stringify(status) : `${request.method} ${request.headers["content-type"] ?? ""}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const described = (root: string, content: unknown) => file(root, ".pystein/host.json", JSON.stringify(content));

test("a host is believed only when it answers as the one that the file names", async (t) => {
  const root = temporary(t);
  const url = await serve(t, { instanceId: "a", state: "Running" });
  assert.equal(await findHost(root), undefined);
  described(root, { url, instance: "a", pid: 7 });
  assert.deepEqual(await findHost(root), { url, instance: "a", pid: 7 });
  described(root, { url, instance: "b", pid: 7 });
  assert.equal(await findHost(root), undefined);
});

test("what is no description is no host", async (t) => {
  const root = temporary(t);
  for (const content of [null, 1, {}, { url: 1, instance: "a" }, { url: "http://127.0.0.1:1", instance: "a" }]) {
    described(root, content);
    assert.equal(await findHost(root), undefined);
  }
  file(root, ".pystein/host.json", "{");
  assert.equal(await findHost(root), undefined);
});

test("a file of the workspace cannot have other machines asked", () => {
  assert.ok(isLoopback("http://127.0.0.1:7071"));
  assert.ok(isLoopback("http://localhost:7071"));
  for (const url of ["http://evil.example", "http://127.0.0.1.evil.example", "https://127.0.0.1", "file:///etc", "http://localhost@evil.example", ""]) {
    assert.ok(!isLoopback(url), url);
  }
});

test("a body is sent as JSON", async (t) => {
  const url = await serve(t, {});
  assert.deepEqual(await ask(url, "POST", "/x", "{}"), { status: 200, text: "POST application/json" });
});

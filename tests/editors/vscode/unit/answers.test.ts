import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Answers } from "../../../../client-vscode/answers";
import { file, memory, temporary } from "./folders";

const posix = { skip: process.platform === "win32" }; // the stand-ins are shell scripts

/** A Python that counts how often it was asked. */
const python = (root: string, version = "3.12.0") =>
  file(root, "python", `#!/bin/sh\necho x >> ${root}/asked\necho ${version}\necho False\necho $0\n`);

const asked = (root: string): number => {
  try {
    return readFileSync(path.join(root, "asked"), "utf8").length / 2;
  } catch {
    return 0;
  }
};

test("a Python that has answered is not asked again, in the next session neither", posix, async (t) => {
  const root = temporary(t);
  const kept = memory();
  const candidate = { command: python(root), args: [], origin: "PATH" };
  const first = await new Answers(kept).ask(candidate, root, true);
  const again = await new Answers(kept).ask({ ...candidate, origin: "VIRTUAL_ENV" }, root, true);
  assert.deepEqual(again, { ...(first as object), origin: "VIRTUAL_ENV" });
  assert.equal(asked(root), 1);
});

test("what an environment has installed is always asked, and so is a file that is another one now", posix, async (t) => {
  const root = temporary(t);
  const answers = new Answers(memory());
  const candidate = { command: python(root), args: [], origin: "PATH" };
  await answers.ask(candidate, root, false);
  await answers.ask(candidate, root, false);
  assert.equal(asked(root), 2);
  await answers.ask(candidate, root, true);
  python(root, "3.13.10");
  const now = await answers.ask(candidate, root, true);
  assert.ok(typeof now !== "string" && now.version === "3.13.10");
});

test("after a start that failed, what was taken from memory is forgotten, once", posix, async (t) => {
  const root = temporary(t);
  const answers = new Answers(memory());
  const candidate = { command: python(root), args: [], origin: "PATH" };
  await answers.ask(candidate, root, true);
  assert.equal(await answers.forget(), false, "it was asked, not remembered");
  await answers.ask(candidate, root, true);
  assert.equal(await answers.forget(), true);
  await answers.ask(candidate, root, true);
  assert.equal(asked(root), 2);
});

test("refusals are not kept: what was broken may be mended by now", posix, async (t) => {
  const root = temporary(t);
  const answers = new Answers(memory());
  const candidate = { command: python(root, "3.8.1"), args: [], origin: "PATH" };
  assert.match(String(await answers.ask(candidate, root, true)), /is Python 3\.8\.1/);
  await answers.ask(candidate, root, true);
  assert.equal(asked(root), 2);
});

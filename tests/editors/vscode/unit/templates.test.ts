import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { TEMPLATES, containerIn, snippet } from "../../../../client-vscode/templates";
import { file, temporary } from "./folders";

const BEGIN = "import logging\n\nimport azure.functions as func\n\napp = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)\n";
const DURABLE = BEGIN.replace("import azure.functions", "import azure.durable_functions as df\nimport azure.functions").replace("func.FunctionApp", "df.DFApp");

/** A snippet as it stands when nothing is typed: places have their defaults. */
const filled = (text: string): string => text.replace(/\$\{\d+:([^}]*)\}/g, "$1").replace(/\\([$}])/g, "$1");

test("the container is found by what it is made of", () => {
  assert.deepEqual(containerIn(BEGIN), { name: "app", durable: false });
  assert.deepEqual(containerIn(DURABLE), { name: "app", durable: true });
  assert.deepEqual(containerIn("bp = func.Blueprint()\n"), { name: "bp", durable: false });
  assert.deepEqual(containerIn("import azure.durable_functions as df\nbp = df.Blueprint()\n"), { name: "bp", durable: true });
  assert.equal(containerIn("def f(): pass\n"), undefined);
});

test("a function comes two lines below, with the imports that the file lacks", () => {
  const [http, timer] = TEMPLATES;
  assert.ok(http && timer);
  const container = { name: "bp", durable: false };
  assert.match(snippet(http, container, "x = 1\n").snippet, /^\n\n@bp\.route/);
  assert.match(snippet(http, container, "x = 1").snippet, /^\n\n\n@bp\.route/);
  assert.equal(snippet(timer, container, "import azure.functions as func\n").imports, "import logging\n");
  assert.equal(snippet(timer, container, BEGIN).imports, "");
});

test("the checker has nothing against any of them", (t) => {
  const python = path.resolve(process.platform === "win32" ? ".venv/Scripts/python.exe" : ".venv/bin/python");
  if (!existsSync(python)) return t.skip("there is no .venv with the checker");
  for (const [index, template] of TEMPLATES.entries()) {
    const root = temporary(t);
    const begin = template.durable ? DURABLE : BEGIN;
    const container = containerIn(begin);
    assert.ok(container);
    file(root, "function_app.py", begin + filled(snippet(template, container, begin).snippet));
    file(root, "host.json", readFileSync("examples/shop/host.json", "utf8"));
    const connections = ["AzureWebJobsStorage", "ServiceBusConnection", "EventHubConnection", "CosmosConnection"];
    file(root, "local.settings.json", JSON.stringify({ IsEncrypted: false, Values: Object.fromEntries([["FUNCTIONS_WORKER_RUNTIME", "python"], ...connections.map((name) => [name, "x"])]) }));
    file(root, "requirements.txt", "azure-functions\nazure-functions-durable\n");
    const { stdout, status } = spawnSync(python, ["-m", "pystein_lsp", "check", "--output-format", "concise", "--no-cache", root], { encoding: "utf8" });
    assert.equal(status, 0, `${index} ${template.label}: ${stdout}`);
    assert.doesNotMatch(stdout, /(error|warning)\[/, template.label);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { isInSchema } from "../../../../client-vscode/schemas";

test("what the schemas have is left to the editor, other names come from the server", () => {
  for (const label of ["extensionBundle", '"functionTimeout"', "visibilityTimeout", "AzureWebJobsStorage", "[4.*, 5.0.0)", "python"]) assert.ok(isInSchema(label), label);
  for (const label of ["ServiceBusConnection", '"MyStorage"', ""]) assert.ok(!isInSchema(label), label);
});

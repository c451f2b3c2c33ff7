/** What VS Code itself completes in host.json and local.settings.json, for the schemas are contributed to it. */

import host from "./schemas/host.schema.json";
import settings from "./schemas/local.settings.schema.json";

const KNOWN: ReadonlySet<string> = new Set([...namesIn(host), ...namesIn(settings)]);

/** Whether the server's suggestion would stand in the list twice; the names of missing settings it alone knows. */
export function isInSchema(label: string): boolean {
  return KNOWN.has(label.replace(/^"|"$/g, ""));
}

function* namesIn(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  const { properties, enum: values, const: value, default: usual, ...rest } = schema as Record<string, unknown>;
  for (const each of [...(Array.isArray(values) ? values : []), value, usual]) if (each !== undefined) yield String(each);
  if (typeof properties === "object" && properties !== null) yield* Object.keys(properties);
  for (const inner of [...Object.values(properties ?? {}), ...Object.values(rest)]) yield* namesIn(inner);
}

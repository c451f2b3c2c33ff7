/** The services by the names that bindings and the local cloud have for them. */

/** Services of bindings as people call them. */
export const SERVICES: Readonly<Record<string, string>> = {
  http: "HTTP", timer: "timer", queue: "queue", blob: "blobs", table: "table", serviceBus: "Service Bus", eventHub: "event hub", cosmosDB: "documents",
  eventGrid: "Event Grid", kafka: "Kafka", sql: "SQL", mysql: "MySQL", signalR: "SignalR", redis: "Redis", redisList: "Redis list", redisStream: "Redis stream",
  redisPubSub: "Redis channel", mcpTool: "MCP tool", mcpResource: "MCP resource", mcpPrompt: "MCP prompt", warmup: "warm-up",
}; // prettier-ignore

/** Where the local cloud keeps what bindings of a service lead to. */
export const CLOUD: Readonly<Record<string, string>> = {
  queue: "queues", blob: "blobs", table: "tables", serviceBus: "bus", eventHub: "hubs", cosmosDB: "documents", eventGrid: "topics",
  kafka: "kafka", sql: "sql", mysql: "sql", redis: "redis", redisList: "redis", redisStream: "redis", redisPubSub: "redis",
}; // prettier-ignore

/** What the local cloud has, service by service: its heading, and what one thing is called. */
export const HELD: Readonly<Record<string, { readonly title: string; readonly item: string }>> = {
  queues: { title: "Queues", item: "message" },
  blobs: { title: "Blobs", item: "blob" },
  tables: { title: "Tables", item: "entity" },
  documents: { title: "Documents", item: "document" },
  bus: { title: "Service Bus", item: "message" },
  hubs: { title: "Event hubs", item: "event" },
  topics: { title: "Event Grid", item: "event" },
  kafka: { title: "Kafka", item: "record" },
  sql: { title: "SQL", item: "row" },
  mysql: { title: "MySQL", item: "row" },
  redis: { title: "Redis", item: "entry" },
};

/** Services whose things are rows of a table. */
export const ROWS: ReadonlySet<string> = new Set(["tables", "sql", "mysql"]);

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  web: ["http", "eventGrid", "mcpTool", "mcpResource", "mcpPrompt", "signalR"],
  clock: ["timer", "warmup"],
  messages: ["queue", "serviceBus", "eventHub", "kafka", "redisPubSub", "redisList", "redisStream"],
  data: ["blob", "table", "cosmosDB", "sql", "mysql", "redis"],
};

/** What kind of service it is: each has a colour. */
export function familyOf(service: string): string {
  return Object.keys(FAMILIES).find((family) => FAMILIES[family]?.includes(service)) ?? "";
}

/**
 * Whether what the local cloud has is what a binding names.
 * @param service as the local cloud calls it
 * @param place of the binding: "orders", "dbo.Products", "GET last-job"
 */
export function isNamed(service: string, place: string, name: string): boolean {
  const [wanted, own] = [place.toLowerCase(), name.toLowerCase()];
  if (service === "sql") return own.slice(own.lastIndexOf("/") + 1) === wanted.slice(wanted.lastIndexOf(".") + 1).replace(/[[\]"`]/g, "");
  if (service === "redis") return own === wanted.slice(wanted.lastIndexOf(" ") + 1);
  return own === wanted;
}

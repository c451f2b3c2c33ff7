/** What the server tells of the workspace's apps, and how it is put in words. Nothing here knows VS Code. */

export interface Binding {
  readonly name: string | null;
  readonly type: string | null;
  readonly direction: string;
}

export interface AppFunction {
  readonly name: string;
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
  /** As in function.json: `queueTrigger`. */
  readonly trigger: string;
  /** Its route, its queue, its schedule ...; empty where that is not known. */
  readonly what: string;
  /** A timer's in words, with the next time. */
  readonly schedule: string | null;
  readonly bindings: readonly Binding[];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

export interface App {
  readonly name: string;
  readonly root: string;
  readonly uri: string;
  readonly entry: string | null;
  readonly functions: readonly AppFunction[];
}

/** VS Code's icon for a trigger. */
export function icon(trigger: string): string {
  return ICONS[trigger] ?? "zap";
}

const ICONS: Readonly<Record<string, string>> = {
  httpTrigger: "globe",
  timerTrigger: "watch",
  queueTrigger: "mail",
  serviceBusTrigger: "mail",
  eventHubTrigger: "radio-tower",
  eventGridTrigger: "broadcast",
  blobTrigger: "file-binary",
  cosmosDBTrigger: "database",
  sqlTrigger: "database",
  mysqlTrigger: "database",
  kafkaTrigger: "radio-tower",
  orchestrationTrigger: "type-hierarchy",
  activityTrigger: "symbol-method",
  entityTrigger: "symbol-class",
  mcpToolTrigger: "tools",
};

/** "queue orders", "POST /api/orders", "every 5 minutes, next ...". */
export function describe({ trigger, what, schedule }: AppFunction): string {
  if (schedule) return schedule;
  const kind = trigger.replace(/Trigger$/, "");
  if (kind === "http") return what;
  return what ? `${kind} ${what}` : kind;
}

/** The address of an HTTP function below that of its host; undefined where its route has parameters or is not known. */
export function address({ trigger, what }: AppFunction, base: string): string | undefined {
  if (trigger !== "httpTrigger") return undefined;
  const path = what.slice(what.indexOf("/"));
  return what.includes("/") && !path.includes("?") ? base.replace(/\/$/, "") + path : undefined;
}

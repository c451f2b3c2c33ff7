/** What a host that the editor has started says: one JSON object per line in `.pystein/host.log`. Nothing here knows VS Code. */

import { open } from "node:fs/promises";
import * as path from "node:path";
import { duration } from "./invocation";

export const LOG = path.join(".pystein", "host.log");

const INTERVAL_MS = 300;
/** Of a log that was written while nobody followed it, only the end is shown. */
const LAST_BYTES = 256 * 1024;

export interface Said {
  readonly level: "debug" | "information" | "warning" | "error";
  readonly text: string;
}

/** A line for people; nothing for what only programs need. */
export function said(line: string): Said | undefined {
  const event = parsed(line);
  if (!event) return line.trim() ? { level: "error", text: line } : undefined; // what is no JSON is the end of a host
  const text = (name: string): string => String(event[name] ?? "");
  switch (event["event"]) {
    case "ready":
      return { level: "information", text: `The app runs at ${text("url")}.` };
    case "reloaded":
      return { level: "information", text: `Reloaded in ${duration(Number(event["durationMs"]))}.` };
    case "load-failed":
      return { level: "error", text: text("message") };
    case "host":
      return { level: level(text("level")), text: text("message") };
    case "log":
      return { level: level(text("level")), text: `${event["function"] ? `${text("function")}: ` : ""}${text("message")}${event["exception"] ? `\n${text("exception")}` : ""}` };
    case "debugger":
      return { level: "information", text: `debugger: ${text("state")}` };
    case "invocation":
      return invocation(event);
    default:
      return undefined;
  }
}

function invocation(event: Readonly<Record<string, unknown>>): Said {
  const took = duration(Number(event["durationMs"]));
  const error = event["error"] as { type?: string; message?: string } | null | undefined;
  if (event["status"] === "succeeded") return { level: "information", text: `${String(event["function"])} succeeded in ${took}` };
  return { level: "error", text: `${String(event["function"])} failed after ${took}${error ? `: ${error.type}: ${error.message}` : ""}` };
}

function level(name: string): Said["level"] {
  if (name === "critical" || name === "error") return "error";
  if (name === "warning") return "warning";
  return name === "debug" || name === "trace" ? "debug" : "information";
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Follows the log of one host; a new host begins the file anew. */
export class Follower {
  private position = 0;
  private rest = "";
  private readonly timer: NodeJS.Timeout;
  private reading = false;

  constructor(
    private readonly file: string,
    private readonly tell: (said: Said) => void,
  ) {
    this.timer = setInterval(() => void this.read(), INTERVAL_MS);
    void this.read();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async read(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      const handle = await open(this.file, "r");
      try {
        const { size } = await handle.stat();
        if (size < this.position) this.position = 0;
        if (size - this.position > LAST_BYTES) this.position = size - LAST_BYTES;
        const buffer = Buffer.alloc(size - this.position);
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.position);
        this.position += bytesRead;
        this.take(buffer.subarray(0, bytesRead).toString("utf8"));
      } finally {
        await handle.close();
      }
    } catch {
      // there is none yet, or no longer
    } finally {
      this.reading = false;
    }
  }

  private take(text: string): void {
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const found = said(line);
      if (found) this.tell(found);
    }
  }
}

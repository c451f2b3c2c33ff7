/** How values are written for people. */

/** Milliseconds: "0.4 ms", "12 ms", "1.5 s", "3 min". */
export function duration(ms: number): string {
  if (ms >= 120_000) return `${Math.round(ms / 60_000)} min`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 1 ? `${Math.round(ms)} ms` : `${Math.round(ms * 10) / 10} ms`;
}

/** The time of day of a moment, with milliseconds where it has any; with the day where it is not today's. */
export function time(moment: string, now = new Date()): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  const parts = date.getMilliseconds();
  const text = date.toLocaleTimeString([], { hour12: false }) + (parts ? `.${String(parts).padStart(3, "0")}` : "");
  return date.toDateString() === now.toDateString() ? text : `${date.toLocaleDateString()} ${text}`;
}

/** Why a function ran, without the wrapping that the platform's log has; empty where it says nothing. */
export function reason(text: string): string {
  const inner = /^\(Reason='(.*)'\)$/.exec(text)?.[1] ?? text;
  const bare = /^\((.*)\)$/.exec(inner)?.[1] ?? inner;
  return SAY_NOTHING.has(bare) ? "" : bare;
}

/** What the platform's log says of every request. */
const SAY_NOTHING = new Set(["null", "This function was programmatically called via the host APIs."]);

/** "1 success", "1 message", "12 messages". */
export function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? what : plural(what)}`;
}

function plural(what: string): string {
  if (what.endsWith("y")) return `${what.slice(0, -1)}ies`;
  return what.endsWith("s") ? `${what}es` : `${what}s`;
}

/** Bytes: "17 B", "1.2 KB", "3.0 MB". */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A value as text: JSON is indented, also JSON that comes as text. */
export function pretty(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, undefined, 2) ?? "";
  const start = value.trimStart()[0];
  if (start !== "{" && start !== "[") return value;
  try {
    return JSON.stringify(JSON.parse(value), undefined, 2);
  } catch {
    return value;
  }
}

/** The start of a text in one line. */
export function oneLine(text: string, length = 160): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** What a run of a function gave, in words. Nothing here knows VS Code. */

/** The result of pystein.run and of `pystein-lsp invoke --output-format json`, as far as it is put in words here. */
export interface Invocation {
  readonly function: string;
  readonly invocationId?: string | null;
  readonly status: "succeeded" | "failed";
  readonly durationMs: number;
  readonly return?: unknown;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What the host has to say: an orchestration that waits "still runs after 10 s; it goes on ...". */
  readonly notes?: readonly string[];
  readonly logs?: readonly { readonly level: string; readonly message: string }[];
  readonly error?: {
    readonly type: string;
    readonly message: string;
    readonly traceback?: string;
    readonly file?: string | null;
    readonly line?: number | null;
  } | null;
}

/** Whether a command answered with the result of a run; other commands answer with what they like. */
export function isInvocation(value: unknown): value is Invocation {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Record<string, unknown>;
  return (
    typeof record["function"] === "string" &&
    (record["status"] === "succeeded" || record["status"] === "failed") &&
    typeof record["durationMs"] === "number"
  );
}

/** One line for a notification: "hello: 200 in 12 ms", "purge: succeeded in 3 ms", "hello: ValueError: boom (after 8 ms)". */
export function headline(result: Invocation): string {
  const { error } = result;
  if (error) {
    const what = firstLine(error.message) ? `${error.type}: ${firstLine(error.message)}` : error.type;
    return `${result.function}: ${what} (after ${duration(result.durationMs)})`;
  }
  const running = result.notes?.find((note) => note.startsWith(`${result.function} still runs after `));
  if (running) return running.replace(/;.*$/s, "");
  return `${result.function}: ${httpStatus(result) ?? result.status} in ${duration(result.durationMs)}`;
}

/** Whether the user should look twice: it failed, or it answered with a status of failure. */
export function wentWrong(result: Invocation): boolean {
  return result.status === "failed" || (httpStatus(result) ?? 0) >= 400;
}

/** What a run returned and set, for the output. Its logs and its traceback stand there already: the server sends them. */
export function report(result: Invocation): string {
  const values = { return: result.return ?? null, outputs: result.outputs ?? {} };
  return `${headline(result)}\n${JSON.stringify(values, undefined, 2)}`;
}

/** Milliseconds as a person says them: "0.4 ms", "12 ms", "1.5 s". */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 1 ? `${Math.round(ms)} ms` : `${Math.round(ms * 10) / 10} ms`;
}

function httpStatus(result: Invocation): number | undefined {
  const value = result.return;
  if (typeof value !== "object" || value === null) return undefined;
  const { status, headers } = value as Record<string, unknown>;
  return typeof status === "number" && typeof headers === "object" ? status : undefined;
}

function firstLine(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

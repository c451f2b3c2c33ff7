/** How the page reaches the host: on its own page by fetch, within an editor through the editor. */

interface Editor {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): Editor;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that the host refused, or that did not reach it (status 0). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const KEY = "pystein.key";
/** How long a host may think about what it only has to tell: one that has been stopped in a debugger never answers. */
const PATIENCE_MS = 10_000;

/** The editor that shows the page, if one does. */
export const editor: Editor | undefined = typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : undefined;

const send: (method: string, path: string, body: string | undefined) => Promise<Answer> = editor ? throughEditor(editor) : byFetch;

/** The key that a host with --enable-auth wants; kept until the tab is closed. */
export function useKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

export async function get<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  const text = new URLSearchParams(query).toString();
  const late = new Promise<Answer>((resolve) => window.setTimeout(() => resolve({ status: 0, body: undefined }), PATIENCE_MS));
  return checked<T>(await Promise.race([send("GET", text ? `${path}?${text}` : path, undefined), late]));
}

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  return checked<T>(await send("POST", path, JSON.stringify(body)));
}

export async function remove(path: string): Promise<void> {
  checked(await send("DELETE", path, undefined));
}

function checked<T>({ status, body }: Answer): T {
  if (status >= 200 && status < 300) return body as T;
  const said = body as { unusable?: unknown; Message?: unknown } | undefined;
  const text = said?.unusable ?? said?.Message;
  throw new Refusal(status, typeof text === "string" ? text : status ? `The host answered ${status}.` : "The host does not answer.");
}

async function byFetch(method: string, path: string, body: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  const key = sessionStorage.getItem(KEY);
  if (key) headers["x-functions-key"] = key;
  try {
    const response = await fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, body: parsed(await response.text()) };
  } catch {
    return { status: 0, body: undefined };
  }
}

function throughEditor(api: Editor): typeof byFetch {
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  window.addEventListener("message", ({ data }: MessageEvent<{ id?: unknown; status?: number; text?: string }>) => {
    if (typeof data.id !== "number") return;
    waiting.get(data.id)?.({ status: data.status ?? 0, body: parsed(data.text ?? "") });
    waiting.delete(data.id);
  });
  return (method, path, body) =>
    new Promise((resolve) => {
      count += 1;
      waiting.set(count, resolve);
      api.postMessage({ id: count, method, path, body, key: sessionStorage.getItem(KEY) ?? undefined });
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields of an HTTP request beside its body. */

import { useState } from "preact/hooks";

export interface Request {
  readonly method: string;
  readonly route: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
/** What the host writes in place of a secret. */
const HIDDEN = "(hidden)";
/** What a client of HTTP writes by itself. */
const OWN = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding"]);

/** A request of an events file or of an invocation; without what cannot be sent again. */
export function asRequest(event: unknown): Request {
  const found = (typeof event === "object" && event !== null ? event : {}) as Partial<Request>;
  const { method = "GET", route = {}, body = "" } = found;
  return { method, route, query: shown(found.query), headers: shown(found.headers), body };
}

function shown(of: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(of).filter(([name, value]) => value !== HIDDEN && !OWN.has(name.toLowerCase())));
}

interface Props {
  readonly of: Request;
  readonly change: (next: Request) => void;
}

export function RequestFields({ of, change }: Props) {
  const [query, setQuery] = useState(() => new URLSearchParams(of.query).toString());
  const [headers, setHeaders] = useState(() => written(of.headers));
  return (
    <>
      <div class="fields">
        <label>
          Method
          <select value={of.method} onChange={(event) => change({ ...of, method: event.currentTarget.value })}>
            {[...new Set([of.method, ...METHODS])].map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
        </label>
        {Object.entries(of.route).map(([name, value]) => (
          <label key={name}>
            {name}
            <input value={value} spellcheck={false} onInput={(event) => change({ ...of, route: { ...of.route, [name]: event.currentTarget.value } })} />
          </label>
        ))}
        <label class="grow">
          Query
          <input
            value={query}
            spellcheck={false}
            placeholder="name=value&…"
            onInput={(event) => {
              setQuery(event.currentTarget.value);
              change({ ...of, query: Object.fromEntries(new URLSearchParams(event.currentTarget.value)) });
            }}
          />
        </label>
      </div>
      <details class="value" open={headers !== ""}>
        <summary>Headers</summary>
        <textarea
          aria-label="Headers, one in a line"
          rows={Math.max(headers.split("\n").length, 2)}
          spellcheck={false}
          placeholder="name: value"
          value={headers}
          onInput={(event) => {
            setHeaders(event.currentTarget.value);
            change({ ...of, headers: read(event.currentTarget.value) });
          }}
        />
      </details>
    </>
  );
}

function written(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n"); // prettier-ignore
}

function read(text: string): Record<string, string> {
  const pairs = text.split("\n").map((line) => /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? "", pair[2] ?? ""]] : [])));
}

/** The request for a POSIX shell. */
export function curl(address: string, of: Request, body: string): string {
  const url = address.replace(/\{(\w+)[^}]*\}/g, (_, name: string) => encodeURIComponent(of.route[name] ?? ""));
  const query = new URLSearchParams(of.query).toString();
  const parts = ["curl", "-X", of.method, quoted(query ? `${url}?${query}` : url)];
  for (const [name, value] of Object.entries(of.headers)) parts.push("-H", quoted(`${name}: ${value}`));
  if (body) parts.push("--data-raw", quoted(body));
  return parts.join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

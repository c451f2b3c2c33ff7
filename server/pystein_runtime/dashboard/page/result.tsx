/** Everything about an invocation. */

import { duration, reason, time } from "./format";
import { Status, Value } from "./parts";
import type { Invocation, LogRecord } from "./types";

export function Result({ of }: { of: Invocation }) {
  const returned = of.return !== null && of.return !== undefined;
  return (
    <div class="result">
      <p>
        <Status ok={of.status === "succeeded"} /> in {duration(of.durationMs)}
        {of.started && <span class="dim"> · {time(of.started)}</span>}
      </p>
      {of.reason && reason(of.reason) && <p class="dim">{reason(of.reason)}</p>}
      {of.notes?.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {of.error && (
        <>
          <pre class="bad message" tabIndex={0} role="region" aria-label="Error">
            {of.error.type}: {of.error.message}
          </pre>
          {of.error.traceback && <Value title="Traceback" value={of.error.traceback} code />}
        </>
      )}
      {of.whole === false && <p class="dim">What went in and came out is kept for the last 1,000 invocations only.</p>}
      {of.input !== undefined && of.input !== null && <Input value={of.input} />}
      {returned && <Returned value={of.return} />}
      {Object.entries(of.outputs ?? {}).map(([name, value]) => (
        <Value key={name} title={`Output ${name}`} value={value} />
      ))}
      <h3>Log</h3>
      <Logs records={of.logs ?? []} />
      {of.metadata && Object.keys(of.metadata).length > 0 && <Value title="Metadata" value={of.metadata} open={false} />}
    </div>
  );
}

/** A request or a response is its first line, its body, and the rest folded; anything else is a value. */
function Input({ value }: { value: unknown }) {
  const request = of(value, "method", "url");
  if (!request) return <Value title="Input" value={value} />;
  return <Message title="Input" line={`${String(request["method"])} ${String(request["url"])}`} of={request} />;
}

function Returned({ value }: { value: unknown }) {
  const response = of(value, "status", "headers");
  if (!response) return <Value title="Returned" value={value} />;
  return <Message title="Returned" line={`HTTP ${String(response["status"])}`} of={response} bad={Number(response["status"]) >= 400} />;
}

function Message({ title, line, of: message, bad = false }: { title: string; line: string; of: Readonly<Record<string, unknown>>; bad?: boolean }) {
  const { body, bodyEncoding, headers, query, route } = message;
  const filled = (value: unknown): boolean => typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return (
    <>
      <p class="first">
        <strong>{title}</strong> <code class={bad ? "bad" : ""}>{line}</code>
      </p>
      {filled(route) && <Value title="Route" value={route} />}
      {filled(query) && <Value title="Query" value={query} />}
      {body !== undefined && body !== "" && <Value title="Content" value={body} binary={bodyEncoding === "base64"} />}
      {filled(headers) && <Value title="Headers" value={headers} open={false} />}
    </>
  );
}

function of(value: unknown, ...names: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  return found && names.every((name) => name in found) ? found : undefined;
}

function Logs({ records }: { records: readonly LogRecord[] }) {
  if (!records.length) return <p class="dim">It logged nothing.</p>;
  return (
    <ol class="logs" aria-label="Log">
      {records.map((record, index) => (
        <li key={index} class={record.level}>
          <time>{time(record.time)}</time> <span class="level">{record.level}</span> <Text of={record.message} />
          {record.exception && <pre>{record.exception}</pre>}
        </li>
      ))}
    </ol>
  );
}

/** A long line of a log is cut: the whole of it is in the app's own log. */
function Text({ of: text }: { of: string }) {
  const most = 4000;
  return (
    <span class="message">
      {text.slice(0, most)}
      {text.length > most && <span class="dim"> … {(text.length - most).toLocaleString("en")} more characters</span>}
    </span>
  );
}

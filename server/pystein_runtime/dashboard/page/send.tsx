/** A form for the event of one function: a request, a message, a timer's tick. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "./api";
import { pretty } from "./format";
import { Empty, Result } from "./parts";
import type { Func, Invocation, Sample } from "./types";

interface Request {
  method: string;
  route: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

export function Send({ to, refresh }: { to: Func; refresh: () => void }) {
  const [sample, setSample] = useState<Sample>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let late = false;
    setSample(undefined);
    setTrouble(undefined);
    get<Sample>("/admin/pystein/event", { function: to.name }).then(
      (found) => !late && setSample(found),
      (error: Error) => !late && setTrouble(error.message),
    );
    return () => {
      late = true;
    };
  }, [to.name]);
  if (trouble) return <Empty>{trouble}</Empty>;
  return sample ? <Form key={sample.function} to={to} sample={sample} refresh={refresh} /> : <Empty>…</Empty>;
}

function Form({ to, sample, refresh }: { to: Func; sample: Sample; refresh: () => void }) {
  const isHttp = to.trigger === "httpTrigger";
  const [request, setRequest] = useState<Request>(() => ({ method: "", route: {}, query: {}, headers: {}, body: "", ...(isHttp ? (sample.event as object) : {}) }));
  const [text, setText] = useState(() => pretty(isHttp ? request.body : sample.event));
  const [outcome, setOutcome] = useState<Invocation | string>();
  const [busy, setBusy] = useState(false);
  const place = to.bindings.find((binding) => binding.direction === "trigger")?.place ?? "";

  const attempt = async (work: () => Promise<Invocation | string>): Promise<void> => {
    setBusy(true);
    try {
      setOutcome(await work());
    } catch (error) {
      setOutcome(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
      refresh();
    }
  };
  const asked = (): object => (isHttp ? { method: request.method, route: request.route, query: request.query, headers: request.headers } : {});
  const run = () => attempt(() => post<Invocation>("/admin/pystein/invoke", { ...asked(), function: to.name, data: text, remember: true }));
  const send = () =>
    attempt(async () => {
      const { place: where } = await post<{ place: string }>("/admin/pystein/send", { function: to.name, data: text, remember: true });
      return `Sent to ${where}. What came of it is among the invocations.`;
    });

  return (
    <form
      class="send"
      aria-label={`Send an event to ${to.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void (sample.sendable ? send() : run());
      }}
    >
      {isHttp && <RequestFields of={request} change={setRequest} />}
      {to.trigger !== "timerTrigger" && (
        <label class="block">
          {isHttp ? "Body" : "Event"}
          <textarea rows={Math.min(Math.max(text.split("\n").length + 1, 3), 14)} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      )}
      <p>
        {sample.sendable && (
          <button type="submit" class="primary" disabled={busy}>
            Send to {place}
          </button>
        )}
        <button type={sample.sendable ? "button" : "submit"} class={sample.sendable ? "" : "primary"} disabled={busy} onClick={sample.sendable ? () => void run() : undefined}>
          {to.trigger === "timerTrigger" ? "Run now" : isHttp ? "Send request" : "Run directly"}
        </button>
        {sample.remembered && <span class="dim"> the event you used last</span>}
      </p>
      <div aria-live="polite">
        {typeof outcome === "string" && <p class="note">{outcome}</p>}
        {typeof outcome === "object" && <Result of={outcome} />}
      </div>
    </form>
  );
}

function RequestFields({ of, change }: { of: Request; change: (next: Request) => void }) {
  const query = new URLSearchParams(of.query).toString();
  const [typed, setTyped] = useState(query);
  return (
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
          <input value={value} onInput={(event) => change({ ...of, route: { ...of.route, [name]: event.currentTarget.value } })} />
        </label>
      ))}
      <label class="grow">
        Query
        <input
          value={typed}
          placeholder="name=value&…"
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            change({ ...of, query: Object.fromEntries(new URLSearchParams(event.currentTarget.value)) });
          }}
        />
      </label>
    </div>
  );
}

/** Run a function with the event used last, or a made-up one: what one click does. */
export async function sendSample(to: Func): Promise<string> {
  const sample = await get<Sample>("/admin/pystein/event", { function: to.name });
  if (sample.sendable) {
    const data = typeof sample.event === "string" ? sample.event : JSON.stringify(sample.event);
    const { place } = await post<{ place: string }>("/admin/pystein/send", { function: to.name, data });
    return `sent to ${place}`;
  }
  const result = await post<Invocation>("/admin/pystein/invoke", { function: to.name });
  const status = (result.return as { status?: unknown } | null)?.status;
  return typeof status === "number" ? String(status) : result.status;
}

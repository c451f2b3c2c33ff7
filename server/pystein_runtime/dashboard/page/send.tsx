/** A form for the event of one function: a request, a message, a blob, a timer's tick. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "./api";
import { startOrchestration } from "./durable_api";
import { pretty } from "./format";
import { Copy, Empty } from "./parts";
import { type Request, RequestFields, asRequest, curl } from "./request";
import { Result } from "./result";
import type { Func, Invocation, Sample } from "./types";

interface Props {
  readonly to: Func;
  /** What an invocation was run with, to begin with instead of what was used last. */
  readonly begin: unknown;
  readonly refresh: () => void;
  readonly openInstance: (id: string) => void;
}

export function Send({ to, begin, refresh, openInstance }: Props) {
  const [sample, setSample] = useState<Sample>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let late = false;
    setSample(undefined);
    setTrouble(undefined);
    get<Sample>("/admin/pystein/event", { function: to.name }).then(
      (found) => !late && setSample(begin === undefined ? found : { ...found, event: begin, remembered: false }),
      (error: Error) => !late && setTrouble(error.message),
    );
    return () => {
      late = true;
    };
  }, [to.name, begin]);
  if (trouble) return <Empty>{trouble}</Empty>;
  return sample ? <Form to={to} sample={sample} refresh={refresh} openInstance={openInstance} /> : <Empty>…</Empty>;
}

type Outcome = Invocation | { readonly said: string; readonly bad?: boolean; readonly instance?: string };

function Form({ to, sample, refresh, openInstance }: { to: Func; sample: Sample; refresh: () => void; openInstance: (id: string) => void }) {
  const kind = to.trigger.toLowerCase();
  const isHttp = kind === "httptrigger";
  const [request, setRequest] = useState<Request>(() => asRequest(isHttp ? sample.event : undefined));
  const [path, setPath] = useState(() => (kind === "blobtrigger" ? blobOf(sample.event)?.path : undefined));
  const [text, setText] = useState(() => pretty(isHttp ? request.body : path === undefined ? sample.event : blobOf(sample.event)?.content));
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const place = to.bindings.find((binding) => binding.direction === "trigger")?.place ?? "";

  const attempt = async (work: () => Promise<Outcome>): Promise<void> => {
    if (busy) return; // its buttons are not disabled meanwhile: that would take the focus away
    setBusy(true);
    try {
      setOutcome(await work());
    } catch (error) {
      setOutcome({ said: error instanceof Error ? error.message : String(error), bad: true });
    } finally {
      setBusy(false);
      refresh();
    }
  };
  const data = path === undefined ? text : JSON.stringify({ path, content: text });
  const asked = isHttp ? { method: request.method, route: request.route, query: request.query, headers: request.headers } : {};
  const run = () => attempt(() => post<Invocation>("/admin/pystein/invoke", { ...asked, function: to.name, data, remember: true }));
  const send = () =>
    attempt(async () => {
      const { place: where } = await post<{ place: string }>("/admin/pystein/send", { function: to.name, data, remember: true });
      return { said: `Sent to ${where}. What came of it is among the invocations.` };
    });
  const start = () =>
    attempt(async () => {
      const instance = await startOrchestration(place || to.name, text);
      return { said: "It has begun.", instance };
    });
  const begins = kind === "orchestrationtrigger";
  const first = begins ? start : sample.sendable ? send : run;

  return (
    <form
      class="send"
      aria-label={`Send an event to ${to.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void first();
      }}
    >
      {isHttp && <RequestFields of={request} change={setRequest} />}
      {path !== undefined && (
        <label class="block">
          Path
          <input value={path} spellcheck={false} onInput={(event) => setPath(event.currentTarget.value)} />
        </label>
      )}
      {kind !== "timertrigger" && <Payload label={LABELS[kind] ?? "Event"} text={text} change={setText} />}
      <p class="buttons">
        {(sample.sendable || begins) && (
          <button type="submit" class="primary" aria-disabled={busy}>
            {begins ? "Start" : `Send to ${place}`}
          </button>
        )}
        <button type={first === run ? "submit" : "button"} class={first === run ? "primary" : ""} aria-disabled={busy} onClick={first === run ? undefined : () => void run()}>
          {DIRECT[kind] ?? "Run directly"}
        </button>
        {isHttp && to.url && <Copy label="Copy as curl" what="this request" text={curl(to.url, request, text)} />}
        {sample.remembered && <span class="dim">the event you used last</span>}
      </p>
      <div aria-live="polite">
        {busy && <p class="dim">It runs…</p>}
        {!busy && outcome && ("said" in outcome ? <p class={outcome.bad ? "bad" : "good"}>{outcome.said}</p> : <Result of={outcome} />)}
        {!busy && outcome && "said" in outcome && outcome.instance !== undefined && <Opener id={outcome.instance} open={openInstance} />}
      </div>
    </form>
  );
}

/** What running a function with the event in hand is called. */
const DIRECT: Readonly<Record<string, string>> = {
  httptrigger: "Send request", timertrigger: "Run now", orchestrationtrigger: "Run to its end", mcptooltrigger: "Call the tool", eventgridtrigger: "Deliver the event",
}; // prettier-ignore

/** What the payload is called where it is no whole event. */
const LABELS: Readonly<Record<string, string>> = {
  httptrigger: "Body", blobtrigger: "Content", orchestrationtrigger: "Input", activitytrigger: "Input", mcptooltrigger: "Arguments", mcpprompttrigger: "Arguments",
}; // prettier-ignore

function Payload({ label, text, change }: { label: string; text: string; change: (text: string) => void }) {
  const broken = /^\s*[[{]/.test(text) && !isJson(text);
  return (
    <>
      <label class="block">
        {label}
        <textarea rows={Math.min(Math.max(text.split("\n").length + 1, 3), 14)} spellcheck={false} value={text} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      <p class="note" role="status">
        {broken ? "This is no JSON yet: it goes as text." : ""}
      </p>
    </>
  );
}

function Opener({ id, open }: { id: string; open: (id: string) => void }) {
  return (
    <button type="button" onClick={() => open(id)}>
      See its timeline
    </button>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function blobOf(event: unknown): { path: string; content: unknown } | undefined {
  const found = event as { path?: unknown; content?: unknown } | null;
  return typeof found === "object" && typeof found?.path === "string" ? { path: found.path, content: found.content ?? "" } : undefined;
}

/** Run a function with the event used last, or a made-up one: what one click does. */
export async function sendSample(to: Func): Promise<string> {
  const sample = await get<Sample>("/admin/pystein/event", { function: to.name });
  if (sample.sendable) {
    const data = typeof sample.event === "string" ? sample.event : JSON.stringify(sample.event);
    const { place } = await post<{ place: string }>("/admin/pystein/send", { function: to.name, data });
    return `sent to ${place}`;
  }
  if (to.trigger.toLowerCase() === "orchestrationtrigger") {
    const place = to.bindings.find((binding) => binding.direction === "trigger")?.place;
    await startOrchestration(place || to.name, JSON.stringify(sample.event));
    return "started";
  }
  const result = await post<Invocation>("/admin/pystein/invoke", { function: to.name });
  const status = (result.return as { status?: unknown } | null)?.status;
  return typeof status === "number" ? String(status) : result.status;
}

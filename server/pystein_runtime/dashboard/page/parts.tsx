/** Small parts that several views are made of. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { duration, pretty, reason, time } from "./format";
import type { Invocation, LogRecord } from "./types";

/** Text longer than this is shown in part: a browser takes seconds for megabytes. */
const LONG = 20_000;

/** A value under a heading that can be folded. */
export function Value({ title, value, open = true, code = false }: { title: string; value: unknown; open?: boolean; code?: boolean }) {
  const text = pretty(value);
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > LONG;
  return (
    <details open={open} class="value">
      <summary>{title}</summary>
      <pre tabIndex={0} aria-label={title} class={code ? "code" : ""}>
        {cut ? text.slice(0, LONG) : text}
      </pre>
      {cut && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </details>
  );
}

export function Logs({ records }: { records: readonly LogRecord[] }) {
  if (!records.length) return <p class="dim">It logged nothing.</p>;
  return (
    <ol class="logs" aria-label="Log">
      {records.map((record, index) => (
        <li key={index} class={record.level}>
          <time>{time(record.time)}</time> <span class="level">{record.level}</span> <span class="message">{record.message}</span>
          {record.exception && <pre>{record.exception}</pre>}
        </li>
      ))}
    </ol>
  );
}

/** Everything about an invocation. */
export function Result({ of }: { of: Invocation }) {
  const { error } = of;
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
      {error && (
        <>
          <p class="bad">
            {error.type}: {error.message}
          </p>
          {error.traceback && <Value title="Traceback" value={error.traceback} code />}
        </>
      )}
      {of.whole === false && <p class="dim">What went in and came out is kept for the last 1,000 invocations only.</p>}
      {of.input !== undefined && of.input !== null && <Value title="Input" value={of.input} />}
      {returned && <Value title="Returned" value={of.return} />}
      {Object.entries(of.outputs ?? {}).map(([name, value]) => (
        <Value key={name} title={`Output ${name}`} value={value} />
      ))}
      <h3>Log</h3>
      <Logs records={of.logs ?? []} />
      {of.metadata && Object.keys(of.metadata).length > 0 && <Value title="Metadata" value={of.metadata} open={false} />}
    </div>
  );
}

export function Status({ ok }: { ok: boolean }) {
  return <span class={ok ? "good" : "bad"}>{ok ? "✓ succeeded" : "✕ failed"}</span>;
}

/** What is said where there is nothing. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** Asks once and says what came of it: a button whose work may be refused. */
export function Action({ label, title, work }: { label: string; title?: string; work: () => Promise<string> }) {
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      setSaid({ text: await work(), bad: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error), bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <span class="action">
      <button type="button" title={title} disabled={busy} onClick={() => void run()}>
        {label}
      </button>
      <output class={said?.bad ? "bad" : "good"}>{said?.text}</output>
    </span>
  );
}

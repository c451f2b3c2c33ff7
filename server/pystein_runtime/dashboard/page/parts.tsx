/** Small parts that several views are made of. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { count, pretty, size } from "./format";
import { bytesOf, hex } from "./hex";

/** Text longer than this is shown in part: a browser takes seconds for megabytes. */
const LONG = 20_000;
/** How long a button that asks back waits for the second click. */
const PATIENCE_MS = 4000;

interface ValueProps {
  readonly title: string;
  readonly value: unknown;
  readonly open?: boolean;
  /** Whether its lines are code and must not be broken. */
  readonly code?: boolean;
  /** Whether the value is bytes in Base64. */
  readonly binary?: boolean;
}

/** A value under a heading that can be folded. Bytes that are no text are shown as such. */
export function Value({ title, value, open = true, code = false, binary = false }: ValueProps) {
  const base64 = binary ? String(value) : base64Of(value);
  const text = base64 === undefined ? pretty(value) : hex(base64);
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > LONG;
  return (
    <details open={open} class="value">
      <summary>
        {title} {base64 !== undefined && <span class="dim">{size(bytesOf(base64).length)}, no text</span>}
      </summary>
      <div class="boxed">
        <pre tabIndex={0} role="region" aria-label={title} class={code || base64 !== undefined ? "code" : ""}>
          {cut ? text.slice(0, LONG) : text}
        </pre>
        <Copy what={title} text={base64 ?? text} />
      </div>
      {cut && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </details>
  );
}

/** Bytes that are no text, as the host gives them within JSON. */
function base64Of(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Object.keys(value).join() !== "base64") return undefined;
  const { base64 } = value as { base64: unknown };
  return typeof base64 === "string" ? base64 : undefined;
}

/** Puts a text into the clipboard. */
export function Copy({ what, text, label = "Copy" }: { what: string; text: string; label?: string }) {
  const [said, say] = useBriefly<string>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
    } catch {
      say("Not allowed here"); // the browser's own decision
    }
  };
  return (
    <button type="button" class="copy" aria-label={`${label} ${what}`} title={`${label} ${what}`} onClick={() => void copy()}>
      {said ?? label}
    </button>
  );
}

export function Status({ ok }: { ok: boolean }) {
  return <span class={ok ? "good" : "bad"}>{ok ? "✓ succeeded" : "✕ failed"}</span>;
}

/** What is said where there is nothing. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

interface ActionProps {
  readonly label: string;
  readonly title?: string;
  /** What it asks back before it is done; the second click does it. */
  readonly sure?: string;
  readonly work: () => Promise<string>;
}

/** Asks once and says what came of it: a button whose work may be refused. */
export function Action({ label, title, sure, work }: ActionProps) {
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const [busy, setBusy] = useState(false);
  const [asked, ask] = useBriefly<boolean>();
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
  const click = (): void => {
    if (busy) return; // not disabled meanwhile: that would take the focus away
    if (sure !== undefined && !asked) ask(true);
    else void run();
  };
  return (
    <span class="action">
      <button type="button" class={asked ? "danger" : ""} title={title} aria-disabled={busy} onClick={click}>
        {asked ? sure : label}
      </button>
      <output class={said?.bad ? "bad" : "good"}>{said?.text}</output>
    </span>
  );
}

interface SplitProps {
  readonly label: string;
  readonly kind?: string;
  readonly list: ComponentChildren;
  readonly detail: ComponentChildren;
  /** What the detail is called. */
  readonly detailLabel: string;
  /** Whether something of the list is chosen: where there is room for one of them only, it is shown. */
  readonly chosen: boolean;
  readonly close: () => void;
}

/** A list, and the chosen one of it beside it, or in its place where there is little room. Escape leads back. */
export function Split({ label, kind = "", list, detail, detailLabel, chosen, close }: SplitProps) {
  const section = useRef<HTMLElement>(null);
  const back = (): void => {
    close();
    window.setTimeout(() => section.current?.querySelector<HTMLElement>(".list [role=listbox], .list [data-stop][tabindex='0']")?.focus());
  };
  // Heard wherever the focus is: it may have been on a button that its own work took away.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const clears = event.target instanceof HTMLInputElement && event.target.type === "search" && event.target.value !== "";
      if (event.key === "Escape" && chosen && !clears) back();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [chosen, close]);
  return (
    <section ref={section} class={`split ${kind} ${chosen ? "chosen" : ""}`} aria-label={label}>
      <div class="list">{list}</div>
      <aside class="detail" aria-label={detailLabel}>
        {chosen && (
          <button type="button" class="back" onClick={back}>
            ‹ {label}
          </button>
        )}
        {detail}
      </aside>
    </section>
  );
}

/** How many of a list are shown, said when it changes. */
export function Found({ shown, all, what }: { shown: number; all: number; what: string }) {
  return (
    <span class="dim found" role="status">
      {shown === all ? count(all, what) : `${shown.toLocaleString("en")} of ${count(all, what)}`}
    </span>
  );
}

/** A value that is forgotten after a moment. */
export function useBriefly<T>(ms = PATIENCE_MS): [T | undefined, (value: T) => void] {
  const [value, setValue] = useState<T>();
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return [
    value,
    (next) => {
      window.clearTimeout(timer.current);
      setValue(() => next);
      timer.current = window.setTimeout(() => setValue(undefined), ms);
    },
  ];
}

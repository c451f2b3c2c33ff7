/** The invocations: a list that can be filtered, and everything about the chosen one. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { get, post } from "./api";
import { count, duration, oneLine, reason, time } from "./format";
import { Action, Empty, Result } from "./parts";
import type { Invocation, Summary } from "./types";
import { Windowed } from "./windowed";

interface Props {
  readonly all: readonly Summary[];
  readonly functions: readonly string[];
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly only: string;
  readonly setOnly: (name: string) => void;
  readonly refresh: () => void;
}

export function Invocations({ all, functions, chosen, choose, only, setOnly, refresh }: Props) {
  const [text, setText] = useState("");
  const [failed, setFailed] = useState(false);
  const found = useMemo(() => filtered(all, only, failed, text.toLowerCase()), [all, only, failed, text]);
  return (
    <section class="split" aria-label="Invocations">
      <div class="list">
        <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
          <label>
            <span class="sr">Function</span>
            <select value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
              <option value="">All functions</option>
              {functions.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label class="grow">
            <span class="sr">Filter by text</span>
            <input id="filter" type="search" placeholder="Filter: an error, a reason, an id   ( / )" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          <label>
            <input type="checkbox" checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} /> failed only
          </label>
          <span class="dim" role="status">
            {found.length === all.length ? count(all.length, "invocation") : `${found.length.toLocaleString("en")} of ${count(all.length, "invocation")}`}
          </span>
        </form>
        {found.length ? (
          <Windowed label="Invocations, the last one first" items={found} keyOf={keyOf} chosen={chosen} choose={choose}>
            {(item) => <Line of={item} />}
          </Windowed>
        ) : (
          <Empty>{all.length ? "None is like that." : "Nothing has run yet. Send an event from the map."}</Empty>
        )}
      </div>
      <Detail id={chosen} refresh={refresh} />
    </section>
  );
}

const keyOf = (item: Summary): string => item.invocationId;

function filtered(all: readonly Summary[], only: string, failed: boolean, text: string): Summary[] {
  const fits = (item: Summary): boolean =>
    (!only || item.function === only) &&
    (!failed || item.status === "failed") &&
    (!text || `${item.function} ${item.reason} ${item.error ?? ""} ${item.invocationId}`.toLowerCase().includes(text));
  const found = only || failed || text ? all.filter(fits) : [...all];
  return found.reverse();
}

function Line({ of }: { of: Summary }) {
  const good = of.status === "succeeded";
  return (
    <>
      <span class={good ? "good mark" : "bad mark"} aria-label={of.status}>
        {good ? "✓" : "✕"}
      </span>
      <time class="dim">{time(of.started)}</time>
      <span class="name">{of.function}</span>
      <span class="number dim">{duration(of.durationMs)}</span>
      <span class={good ? "rest dim" : "rest bad"}>{oneLine(of.error ?? reason(of.reason))}</span>
    </>
  );
}

function Detail({ id, refresh }: { id: string | undefined; refresh: () => void }) {
  const [shown, setShown] = useState<Invocation | string>();
  useEffect(() => {
    let late = false;
    if (id === undefined) setShown(undefined);
    else {
      get<Invocation>(`/admin/pystein/invocations/${encodeURIComponent(id)}`).then(
        (found) => !late && setShown(found),
        (error: unknown) => !late && setShown(String((error as Error).message)),
      );
    }
    return () => {
      late = true;
    };
  }, [id]);
  const again = async (): Promise<string> => {
    const { function: name } = await post<{ function: string }>(`/admin/pystein/invocations/${encodeURIComponent(id ?? "")}/again`);
    window.setTimeout(refresh, 300);
    return `${name} runs again.`;
  };
  return (
    <aside class="detail" aria-label="The chosen invocation" aria-live="polite">
      {shown === undefined && <Empty>Choose an invocation to see its log, what went in and what came out.</Empty>}
      {typeof shown === "string" && <Empty>{shown}</Empty>}
      {typeof shown === "object" && (
        <>
          <header>
            <h2>{shown.function}</h2>
            <Action key={id} label="Run again" title="The same event once more" work={again} />
          </header>
          <Result of={shown} />
          <p class="dim id">{shown.invocationId}</p>
        </>
      )}
    </aside>
  );
}

/** The invocations: a list that can be filtered and searched, and everything about the chosen one. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { get, post } from "./api";
import { duration, oneLine, reason, time } from "./format";
import { Action, Copy, Empty, Found, Split } from "./parts";
import { Result } from "./result";
import type { Invocation, Summary } from "./types";
import { Windowed } from "./windowed";

/** A pause in typing after which the host is asked to search. */
const PAUSE_MS = 250;

interface Props {
  readonly all: readonly Summary[];
  readonly functions: readonly string[];
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly only: string;
  readonly setOnly: (name: string) => void;
  /** Open the form of a function with what an invocation was run with. */
  readonly edit: (name: string, event: unknown) => void;
  readonly refresh: () => void;
}

export function Invocations({ all, functions, chosen, choose, only, setOnly, edit, refresh }: Props) {
  const [text, setText] = useState("");
  const [failed, setFailed] = useState(false);
  const [slowest, setSlowest] = useState(false);
  const inside = useSearch(text, all.at(-1)?.number ?? 0);
  const found = useMemo(() => {
    const fitting = filtered(all, only, failed, text.toLowerCase(), inside).reverse();
    return slowest ? fitting.sort((a, b) => b.durationMs - a.durationMs) : fitting;
  }, [all, only, failed, text, inside, slowest]);
  const list = (
    <>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="grow">
          <span class="sr">Filter by text</span>
          <input id="filter" type="search" placeholder="Filter: errors, ids, logs, values  ( / )" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label>
          <span class="sr">Function</span>
          <select value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
            <option value="">All functions</option>
            {functions.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          <span class="sr">Order</span>
          <select value={slowest ? "slowest" : ""} onChange={(event) => setSlowest(event.currentTarget.value !== "")}>
            <option value="">Newest first</option>
            <option value="slowest">Slowest first</option>
          </select>
        </label>
        <label>
          <input type="checkbox" checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} /> failed only
        </label>
        <Found shown={found.length} all={all.length} what="invocation" />
      </form>
      {found.length ? (
        <Windowed label={slowest ? "Invocations, the slowest first" : "Invocations, the last one first"} items={found} keyOf={keyOf} chosen={chosen} choose={choose}>
          {(item) => <Line of={item} />}
        </Windowed>
      ) : (
        <Empty>{all.length ? "None is like that." : "Nothing has run yet. Send an event from the map."}</Empty>
      )}
    </>
  );
  return (
    <Split
      label="Invocations"
      list={list}
      detailLabel="The chosen invocation"
      detail={<Detail key={chosen} id={chosen} refresh={refresh} edit={edit} />}
      chosen={chosen !== undefined}
      close={() => choose(undefined)}
    />
  );
}

const keyOf = (item: Summary): string => item.invocationId;

function filtered(all: readonly Summary[], only: string, failed: boolean, text: string, inside: ReadonlySet<number>): Summary[] {
  const fits = (item: Summary): boolean =>
    (!only || item.function === only) &&
    (!failed || item.status === "failed") &&
    (!text || inside.has(item.number) || `${item.function} ${item.reason} ${item.error ?? ""} ${item.invocationId}`.toLowerCase().includes(text));
  return only || failed || text ? all.filter(fits) : [...all];
}

const NONE: ReadonlySet<number> = new Set();

/** The invocations that have a text in their logs, inputs or outputs, which the host has; asked again when there are newer ones. */
function useSearch(text: string, newest: number): ReadonlySet<number> {
  const [found, setFound] = useState<{ readonly text: string; readonly numbers: ReadonlySet<number> }>();
  useEffect(() => {
    if (!text.trim()) return;
    let late = false;
    const timer = window.setTimeout(() => {
      get<{ numbers: number[] }>("/admin/pystein/search", { text }).then(
        ({ numbers }) => !late && setFound({ text, numbers: new Set(numbers) }),
        () => undefined, // the host that does not answer is told of elsewhere
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      window.clearTimeout(timer);
    };
  }, [text, newest]);
  return found && found.text === text && text.trim() ? found.numbers : NONE;
}

function Line({ of }: { of: Summary }) {
  const good = of.status === "succeeded";
  return (
    <>
      <span class={good ? "good mark" : "bad mark"}>
        <span aria-hidden="true">{good ? "✓" : "✕"}</span>
        <span class="sr">{of.status}</span>
      </span>
      <time class="dim">{time(of.started)}</time>
      <span class="name">{of.function}</span>
      <span class="number dim">{duration(of.durationMs)}</span>
      <span class={good ? "rest dim" : "rest bad"}>{oneLine(of.error ?? reason(of.reason))}</span>
    </>
  );
}

function Detail({ id, refresh, edit }: { id: string | undefined; refresh: () => void; edit: (name: string, event: unknown) => void }) {
  const [shown, setShown] = useState<Invocation | string>();
  useEffect(() => {
    let late = false;
    if (id !== undefined) {
      get<Invocation>(`/admin/pystein/invocations/${encodeURIComponent(id)}`).then(
        (found) => !late && setShown(found),
        (error: unknown) => !late && setShown(String((error as Error).message)),
      );
    }
    return () => {
      late = true;
    };
  }, [id]);
  if (id === undefined) return <Empty>Choose an invocation to see its log, what went in and what came out.</Empty>;
  if (typeof shown !== "object") return <Empty>{shown ?? "…"}</Empty>;
  const again = async (): Promise<string> => {
    const { function: name } = await post<{ function: string }>(`/admin/pystein/invocations/${encodeURIComponent(id)}/again`);
    window.setTimeout(refresh, 300);
    return `${name} runs again.`;
  };
  return (
    <>
      <header>
        <h2>{shown.function}</h2>
        <Action key={id} label="Run again" title="The same event once more" work={again} />
        {shown.input !== undefined && shown.input !== null && (
          <button type="button" title="Change the event before it is sent" onClick={() => edit(shown.function, shown.input)}>
            Edit and run
          </button>
        )}
      </header>
      <Result of={shown} />
      <p class="dim id">
        {shown.invocationId} <Copy what="the invocation's id" text={shown.invocationId ?? ""} />
      </p>
    </>
  );
}

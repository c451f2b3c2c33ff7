/** Instances of orchestrations and the timeline of one. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "./api";
import { duration, oneLine, pretty, time } from "./format";
import { Action, Empty, Value } from "./parts";
import type { Instance, Span, Timeline } from "./types";
import { Windowed } from "./windowed";

const PLACE = "/runtime/webhooks/durabletask/instances";
const DONE = new Set(["Completed", "Failed", "Terminated", "Canceled"]);

interface Props {
  /** Where the host is reached. */
  readonly base: string;
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
  /** Changes when something may have happened. */
  readonly round: unknown;
}

export function Durable({ base, chosen, choose, round }: Props) {
  const [instances, setInstances] = useState<readonly Instance[]>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let late = false;
    get<Instance[]>(PLACE, { showInput: "false", top: "10000" }).then(
      (found) => {
        if (late) return;
        setTrouble(undefined);
        setInstances(found.sort((a, b) => b.createdTime.localeCompare(a.createdTime)));
      },
      (error: Error) => !late && setTrouble(error.message),
    );
    return () => {
      late = true;
    };
  }, [round]);
  if (trouble) return <Empty>{trouble}</Empty>;
  return (
    <section class="split instances" aria-label="Orchestrations">
      <div class="list">
        {instances?.length ? (
          <Windowed label="Instances, the last one first" items={instances} keyOf={(each) => each.instanceId} chosen={chosen} choose={choose}>
            {(each) => (
              <>
                <span class={`status ${each.runtimeStatus}`}>{each.runtimeStatus}</span>
                <span class="name">{each.name}</span>
                <time class="dim">{time(each.createdTime)}</time>
                <span class="rest dim">{each.instanceId}</span>
              </>
            )}
          </Windowed>
        ) : (
          <Empty>No orchestration has been started yet.</Empty>
        )}
      </div>
      <div class="detail wide">{chosen === undefined ? <Empty>Choose an instance to see what it did, and when.</Empty> : <History key={chosen} base={base} id={chosen} round={round} />}</div>
    </section>
  );
}

function History({ base, id, round }: { base: string; id: string; round: unknown }) {
  const [found, setFound] = useState<Timeline | string>();
  const [span, setSpan] = useState<number>();
  const place = `${PLACE}/${encodeURIComponent(id)}`;
  useEffect(() => {
    let late = false;
    if (typeof found === "object" && DONE.has(found.runtimeStatus)) return;
    get<Timeline>(`${place}/timeline`).then(
      (timeline) => !late && setFound(timeline),
      (error: Error) => !late && setFound(error.message),
    );
    return () => {
      late = true;
    };
  }, [place, round]);
  if (typeof found !== "object") return <Empty>{found ?? "…"}</Empty>;
  const done = DONE.has(found.runtimeStatus);
  const begin = Date.parse(found.created);
  const end = Math.max(begin + 1, done ? Date.parse(found.updated) : Date.now());
  const chosen = span === undefined ? undefined : found.spans[span];
  return (
    <>
      <header>
        <h2>{found.name}</h2>
        <span class={`status ${found.runtimeStatus}`}>{found.runtimeStatus}</span>
        <span class="dim">{duration(end - begin)}</span>
        {!done && <Action label="Terminate" work={() => post(`${place}/terminate?reason=by%20hand`).then(() => "It is being terminated.")} />}
      </header>
      <p class="dim id">
        {found.instanceId} · {time(found.created)} · {found.turns.length} turns ·{" "}
        <a href={`${base}${place}/timeline`} target="_blank" rel="noreferrer">
          on a page of its own
        </a>
      </p>
      {!done && <RaiseEvent place={place} />}
      <ol class="timeline" aria-label="Timeline">
        {found.spans.map((each, index) => (
          <Row key={index} of={each} begin={begin} end={end} turns={found.turns} chosen={index === span} choose={() => setSpan(index === span ? undefined : index)} />
        ))}
      </ol>
      {chosen ? <Value title={`${chosen.kind} ${chosen.name}`} value={chosen} /> : <Summary of={found} />}
    </>
  );
}

function Summary({ of }: { of: Timeline }) {
  return (
    <>
      {of.input !== null && <Value title="Input" value={of.input} />}
      {of.output !== null && <Value title={of.runtimeStatus === "Failed" ? "Error" : "Output"} value={of.output} />}
      {of.customStatus !== null && <Value title="Custom status" value={of.customStatus} />}
    </>
  );
}

interface RowProps {
  readonly of: Span;
  readonly begin: number;
  readonly end: number;
  readonly turns: Timeline["turns"];
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Row({ of, begin, end, turns, chosen, choose }: RowProps) {
  const part = (moment: number): number => (100 * Math.min(Math.max(moment - begin, 0), end - begin)) / (end - begin);
  const bar = (from: string, to: string | null) => {
    const left = part(Date.parse(from));
    return { left: `${left}%`, width: `${Math.max(part(to === null ? end : Date.parse(to)) - left, 0.3)}%` };
  };
  const state = of.error !== undefined ? "failed" : of.ended === null ? "open" : "";
  const took = of.ended === null ? "not over yet" : duration(Date.parse(of.ended) - Date.parse(of.scheduled));
  const label = `${of.kind} ${of.name}${of.attempt !== undefined && of.attempt > 1 ? `, attempt ${of.attempt}` : ""}, ${took}${state === "failed" ? ", failed" : ""}`;
  return (
    <li>
      <button type="button" class="row" aria-label={label} aria-pressed={chosen} title={oneLine(pretty(of.result ?? of.error ?? of.input))} onClick={choose}>
        <span class="name">
          {of.name}
          {of.attempt !== undefined && of.attempt > 1 && <span class="dim"> #{of.attempt}</span>}
        </span>
        <span class="lane">
          {turns.map((turn, index) => (
            <span key={index} class="turn" style={bar(turn.started, turn.ended)} />
          ))}
          <span class={`bar ${of.kind} ${state}`} style={bar(of.scheduled, of.ended)} />
        </span>
        <span class="dim number">{took}</span>
      </button>
    </li>
  );
}

function RaiseEvent({ place }: { place: string }) {
  const [name, setName] = useState("");
  const [data, setData] = useState("true");
  const raise = async (): Promise<string> => {
    await post(`${place}/raiseEvent/${encodeURIComponent(name)}`, parsed(data));
    return `${name} is raised.`;
  };
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        Event <input value={name} placeholder="Approval" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        with <input value={data} onInput={(event) => setData(event.currentTarget.value)} />
      </label>
      <Action label="Raise" work={raise} />
    </form>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

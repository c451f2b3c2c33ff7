/** What an instance called, over time. */

import { useState } from "preact/hooks";
import { ENDED } from "./durable_api";
import { duration, oneLine, pretty } from "./format";
import { Value } from "./parts";
import { type Stop, useRoving } from "./roving";
import { type Interval, type Scale, scale } from "./scale";
import type { Span, Timeline } from "./types";

const TICKS = [0, 25, 50, 75, 100];
/** As many calls as are drawn before somebody asks for all. */
const ROWS = 500;
/** Turns nearer to each other are drawn as one, in percent. */
const NEAR = 0.2;
/** Kinds of calls in which nothing runs. */
const WAITS = new Set(["timer", "event"]);

interface Props {
  readonly of: Timeline;
  readonly openInstance: (id: string) => void;
  readonly openEntity: (name: string, key: string) => void;
}

export function Chart({ of, openInstance, openEntity }: Props) {
  const [squeezed, squeeze] = useState(true);
  const [picked, pick] = useState<number>();
  const [all, showAll] = useState(false);
  const spans = all ? of.spans : of.spans.slice(0, ROWS);
  const ids = spans.map((_, index) => String(index));
  const roving = useRoving(ids);
  const begin = Date.parse(of.created);
  const end = Math.max(begin + 1, ENDED.has(of.runtimeStatus) ? Date.parse(of.updated) : Date.now());
  const work = of.spans.filter((span) => !WAITS.has(span.kind)).map((span): Interval => [Date.parse(span.scheduled), span.ended === null ? end : Date.parse(span.ended)]);
  const happened = of.spans.flatMap((span) => [span.scheduled, span.ended ?? ""]).concat(of.turns.flatMap((turn) => [turn.started, turn.ended]));
  const over = scale([begin, end, ...happened.map((moment) => Date.parse(moment)).filter((moment) => moment > begin && moment < end)], work, squeezed);
  const chosen = picked === undefined ? undefined : of.spans[picked];
  if (!of.spans.length) return <p class="dim">It has called nothing{ENDED.has(of.runtimeStatus) ? "" : " yet"}.</p>;
  return (
    <>
      <div class="ruler dim" aria-hidden="true">
        <span />
        <span class="lane">
          {TICKS.map((tick) => (
            <span key={tick} style={{ left: `${tick}%` }}>
              {duration(over.moment(tick) - begin)}
            </span>
          ))}
        </span>
        <span />
      </div>
      <div class="chart">
        <Turns of={of.turns} over={over} />
        <ol class="timeline" aria-label="Timeline" onKeyDown={roving.onKeyDown}>
          {spans.map((each, index) => (
            <Row key={index} of={each} over={over} end={end} chosen={index === picked} choose={() => pick(index === picked ? undefined : index)} stop={roving.stop(String(index))} />
          ))}
        </ol>
      </div>
      {spans.length < of.spans.length && (
        <button type="button" onClick={() => showAll(true)}>
          Show all {of.spans.length.toLocaleString("en")} calls
        </button>
      )}
      {over.squeezable && (
        <label class="dim">
          <input type="checkbox" checked={squeezed} onChange={(event) => squeeze(event.currentTarget.checked)} /> draw long waits short
        </label>
      )}
      {chosen && <Picked of={chosen} openInstance={openInstance} openEntity={openEntity} />}
    </>
  );
}

interface RowProps {
  readonly of: Span;
  readonly over: Scale;
  readonly end: number;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly stop: Stop;
}

/** When the orchestrator itself ran, behind all rows. */
function Turns({ of, over }: { of: Timeline["turns"]; over: Scale }) {
  const drawn: { left: number; right: number }[] = [];
  for (const turn of of) {
    const [left, right] = [over.place(Date.parse(turn.started)), over.place(Date.parse(turn.ended))];
    const last = drawn.at(-1);
    if (last && left - last.right < NEAR) last.right = right;
    else drawn.push({ left, right });
  }
  return (
    <div class="turns" aria-hidden="true">
      <span />
      <span class="lane">
        {drawn.map(({ left, right }, index) => (
          <span key={index} class="turn" style={{ left: `${left}%`, width: `${right - left}%` }} />
        ))}
      </span>
      <span />
    </div>
  );
}

function Row({ of, over, end, chosen, choose, stop }: RowProps) {
  const left = over.place(Date.parse(of.scheduled));
  const width = Math.max(over.place(of.ended === null ? end : Date.parse(of.ended)) - left, 0.3);
  const state = of.error !== undefined ? "failed" : of.ended === null ? "open" : "";
  const took = of.ended === null ? "waits" : duration(Date.parse(of.ended) - Date.parse(of.scheduled));
  const again = of.attempt !== undefined && of.attempt > 1 ? of.attempt : undefined;
  const label = `${of.kind} ${of.name}${again ? `, attempt ${again}` : ""}, ${took}${state === "failed" ? ", failed" : ""}`;
  return (
    <li>
      <button type="button" class="row" aria-expanded={chosen} title={oneLine(pretty(of.result ?? of.error ?? of.input))} onClick={choose} {...stop}>
        <span class="sr">{label}</span>
        <span class="name" aria-hidden="true">
          <i class={`kind ${of.kind}`} /> {of.name}
          {again && <span class="dim"> #{again}</span>}
        </span>
        <span class="lane" aria-hidden="true">
          <span class={`bar ${of.kind} ${state}`} style={{ left: `${left}%`, width: `${width}%` }} />
        </span>
        <span class={`number ${state === "failed" ? "bad" : "dim"}`} aria-hidden="true">
          {took}
        </span>
      </button>
    </li>
  );
}

/** Everything about one call, and the way to whom it called. */
function Picked({ of, openInstance, openEntity }: Omit<Props, "of"> & { of: Span }) {
  const { kind, name, instanceId: id } = of;
  const entity = id === undefined ? null : /^@([^@]*)@(.*)$/s.exec(id);
  return (
    <section class="picked" aria-label={`${kind} ${name}`}>
      <h3>
        {kind} {name}
      </h3>
      {id !== undefined && kind === "orchestration" && (
        <button type="button" onClick={() => openInstance(id)}>
          Open {name}
        </button>
      )}
      {entity && (
        <button type="button" onClick={() => openEntity(entity[1] ?? "", entity[2] ?? "")}>
          Open {entity[1]} {entity[2]}
        </button>
      )}
      {of.input !== null && of.input !== undefined && <Value title={kind === "timer" ? "Fires at" : "Given"} value={of.input} />}
      {of.result !== null && of.result !== undefined && <Value title="Result" value={of.result} />}
      {of.error !== undefined && <Value title="Failure" value={of.error} />}
    </section>
  );
}

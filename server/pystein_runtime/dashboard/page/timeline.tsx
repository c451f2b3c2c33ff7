/** What an instance called, over time. */

import { useState } from "preact/hooks";
import { ENDED } from "./durable_api";
import { duration, oneLine, pretty } from "./format";
import { Value } from "./parts";
import { useRoving } from "./roving";
import { type Interval, type Scale, scale } from "./scale";
import type { Span, Timeline } from "./types";

const TICKS = [0, 25, 50, 75, 100];
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
  const ids = of.spans.map((_, index) => String(index));
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
      <ol class="timeline" aria-label="Timeline" onKeyDown={roving.onKeyDown}>
        {of.spans.map((each, index) => (
          <Row key={index} of={each} over={over} end={end} turns={of.turns} chosen={index === picked} choose={() => pick(index === picked ? undefined : index)} stop={roving.stop(String(index))} />
        ))}
      </ol>
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
  readonly turns: Timeline["turns"];
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly stop: object;
}

function Row({ of, over, end, turns, chosen, choose, stop }: RowProps) {
  const bar = (from: string, to: string | null) => {
    const left = over.place(Date.parse(from));
    return { left: `${left}%`, width: `${Math.max(over.place(to === null ? end : Date.parse(to)) - left, 0.3)}%` };
  };
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
        <span class="lane">
          {turns.map((turn, index) => (
            <span key={index} class="turn" style={bar(turn.started, turn.ended)} />
          ))}
          <span class={`bar ${of.kind} ${state}`} style={bar(of.scheduled, of.ended)} />
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

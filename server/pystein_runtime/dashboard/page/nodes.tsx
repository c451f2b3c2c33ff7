/** What stands on the map: functions, and the places that they are set off by and write to. */

import { CLOUD, SERVICES, familyOf, isNamed } from "./catalogue";
import { duration, oneLine } from "./format";
import type { Node } from "./layout";
import { useBriefly } from "./parts";
import type { Stop } from "./roving";
import { sendSample } from "./send";
import type { Cloud, Func, Place } from "./types";

interface FunctionNodeProps {
  readonly of: Func | undefined;
  readonly runs: readonly boolean[];
  readonly chosen: boolean;
  readonly active: boolean;
  readonly choose: (name: string) => void;
  readonly refresh: () => void;
  readonly stop: Stop;
}

export function FunctionNode({ of, runs, chosen, active, choose, refresh, stop }: FunctionNodeProps) {
  const [said, say] = useBriefly<{ text: string; bad: boolean }>();
  if (!of) return null;
  const run = async () => {
    say({ text: "…", bad: false });
    try {
      const text = await sendSample(of);
      say({ text, bad: text === "failed" || Number(text) >= 400 });
    } catch (error) {
      say({ text: error instanceof Error ? error.message : String(error), bad: true });
    }
    refresh();
  };
  const failing = of.last !== null && !of.last.ok;
  const label = `${of.name}, ${of.detail}, ${of.disabled ? "disabled, " : ""}${of.succeeded} succeeded, ${of.failed} failed`;
  return (
    <div class={`node function ${chosen ? "chosen" : ""} ${failing ? "failing" : ""} ${active ? "active" : ""} ${of.disabled ? "disabled" : ""}`}>
      <button type="button" class="body" aria-pressed={chosen} title={`${of.name}\n${of.detail}`} onClick={() => choose(of.name)} {...stop}>
        <span class="sr">{label}</span>
        <span class="name" aria-hidden="true">
          {of.name}
        </span>
        {said ? (
          <span class={`counts ${said.bad ? "bad" : "good"}`} aria-hidden="true">
            {oneLine(said.text, 24)}
          </span>
        ) : (
          (of.last || of.disabled) && (
            <span class="counts" aria-hidden="true">
              {of.disabled && <span class="dim">disabled </span>}
              {of.succeeded > 0 && <span class="good">✓ {of.succeeded.toLocaleString("en")}</span>} {of.failed > 0 && <span class="bad">✕ {of.failed.toLocaleString("en")}</span>}
              {of.last && <span class="dim"> {duration(of.last.durationMs)}</span>}
            </span>
          )
        )}
        <span class="runs" aria-hidden="true">
          {runs.map((ok, index) => (
            <i key={index} class={ok ? "" : "bad"} />
          ))}
        </span>
      </button>
      <button type="button" class="run" tabIndex={stop.tabIndex} aria-label={`Run ${of.name} now`} title="Run it with the event used last, or a made-up one" onClick={() => void run()}>
        ▶
      </button>
      <output class="sr">{said?.text}</output>
    </div>
  );
}

export function PlaceNode({ of, cloud, open, stop }: { of: Node; cloud: Cloud; open: (service: string, name: string) => void; stop: Stop }) {
  const service = CLOUD[of.service];
  const known = placesOf(of, cloud);
  const total = known.filter((each) => !each.failed).reduce((sum, each) => sum + each.count, 0);
  const failed = known.filter((each) => each.failed).reduce((sum, each) => sum + each.count, 0);
  const first = known.find((each) => (failed ? each.failed && each.count : !each.failed)) ?? known[0];
  const what = SERVICES[of.service] ?? of.service;
  const text = (
    <>
      <span class={`service ${familyOf(of.service)}`}>{what}</span>
      <span class="name">{of.label}</span>
      {(total > 0 || failed > 0) && (
        <span class="held">
          {total > 0 && total.toLocaleString("en")} {failed > 0 && <span class="bad">✕ {failed.toLocaleString("en")}</span>}
        </span>
      )}
    </>
  );
  if (!service || !first) {
    return (
      <div class="node place" title={of.label}>
        {text}
      </div>
    );
  }
  const label = `${what} ${of.label}, ${total} waiting or kept, ${failed} failed; look inside`;
  return (
    <button type="button" class="node place open" title={of.label} onClick={() => open(service, first.name)} {...stop}>
      <span class="sr">{label}</span>
      <span aria-hidden="true">{text}</span>
    </button>
  );
}

/** What the local cloud has of a place: the queue and its poison queue, a topic's subscriptions and their dead letters. */
export function placesOf({ kind, service, label }: Node, cloud: Cloud): readonly Place[] {
  const own = CLOUD[service] ?? "";
  const places = kind === "place" ? (cloud[own] ?? []) : [];
  const failed = [`${label}-poison`, `${label}/`].map((each) => each.toLowerCase());
  return places.filter(({ name }) => isNamed(own, label, name) || failed.some((each) => name.toLowerCase().startsWith(each)));
}

/** One instance of an orchestration: what it did, and what can be done with it. */

import { useEffect, useState } from "preact/hooks";
import { get } from "./api";
import { ENDED, operate, placeOf, purge, raiseEvent, restart } from "./durable_api";
import { duration, oneLine, pretty, time } from "./format";
import { Action, Copy, Empty, Value } from "./parts";
import { usePolled } from "./polled";
import { Chart } from "./timeline";
import type { HistoryEvent, Timeline } from "./types";

interface Props {
  /** Where the host is reached. */
  readonly base: string;
  readonly id: string;
  readonly openInstance: (id: string | undefined) => void;
  readonly openEntity: (name: string, key: string) => void;
  /** Ask for the list anew. */
  readonly changed: () => void;
}

export function Instance({ base, id, openInstance, openEntity, changed }: Props) {
  const place = placeOf(id);
  const { value: found, trouble, again } = usePolled<Timeline>(`${place}/timeline`);
  if (!found) return <Empty>{trouble ? `There is nothing of ${id}: ${trouble}` : "…"}</Empty>;
  const ended = ENDED.has(found.runtimeStatus);
  const took = (ended ? Date.parse(found.updated) : Date.now()) - Date.parse(found.created);
  return (
    <>
      <header>
        <h2>{found.name}</h2>
        <span class={`status ${found.runtimeStatus}`}>{found.runtimeStatus}</span>
        <span class="dim">{duration(took)}</span>
      </header>
      <p class="dim id">
        {id} <Copy what="the instance's id" text={id} /> · {time(found.created)} · {found.turns.length} {found.turns.length === 1 ? "turn" : "turns"} ·{" "}
        <a href={`${base}${place}/timeline`} target="_blank" rel="noreferrer">
          on a page of its own
        </a>
      </p>
      {found.parentInstanceId && (
        <p class="dim">
          Part of{" "}
          <button type="button" class="inline" onClick={() => openInstance(found.parentInstanceId ?? undefined)}>
            {found.parentInstanceId}
          </button>
        </p>
      )}
      <Operations
        of={found}
        openInstance={openInstance}
        changed={() => {
          again();
          changed();
        }}
      />
      {!ended && <RaiseEvent id={id} done={again} />}
      <Chart of={found} openInstance={openInstance} openEntity={openEntity} />
      {found.input !== null && <Value title="Input" value={found.input} />}
      {found.output !== null && <Value title={found.runtimeStatus === "Failed" ? "Error" : "Output"} value={found.output} />}
      {found.customStatus !== null && <Value title="Custom status" value={found.customStatus} />}
      <History id={id} round={found.updated} />
    </>
  );
}

/** What its status allows. */
function Operations({ of, openInstance, changed }: { of: Timeline; openInstance: (id: string | undefined) => void; changed: () => void }) {
  const { instanceId: id, runtimeStatus: status } = of;
  const done = (text: string) => () => {
    changed();
    return text;
  };
  return (
    <p class="buttons">
      {status === "Running" && <Action label="Suspend" work={() => operate(id, "suspend").then(done("It is being suspended."))} />}
      {status === "Suspended" && <Action label="Resume" work={() => operate(id, "resume").then(done("It goes on."))} />}
      {!ENDED.has(status) && <Action label="Terminate" sure="Really terminate?" work={() => operate(id, "terminate").then(done("It is being terminated."))} />}
      {status === "Failed" && <Action label="Rewind" title="Run again what failed" work={() => operate(id, "rewind").then(done("It runs again from where it failed."))} />}
      {ENDED.has(status) && (
        <>
          <Action
            label="Restart"
            title="Begin another one with the same input"
            work={() =>
              restart(id).then((next) => {
                changed();
                openInstance(next);
                return "It has begun.";
              })
            }
          />
          <Action
            label="Purge"
            title="Forget it and its history"
            sure="Really forget it?"
            work={() =>
              purge(id).then(() => {
                changed();
                openInstance(undefined);
                return "It is forgotten.";
              })
            }
          />
        </>
      )}
    </p>
  );
}

function RaiseEvent({ id, done }: { id: string; done: () => void }) {
  const [name, setName] = useState("");
  const [data, setData] = useState("true");
  const raise = async (): Promise<string> => {
    if (!name.trim()) throw new Error("Which event?");
    await raiseEvent(id, name.trim(), data);
    done();
    return `${name} is raised.`;
  };
  return (
    <form class="fields" onSubmit={(event) => event.preventDefault()}>
      <label>
        Event
        <input value={name} placeholder="Approval" spellcheck={false} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label class="grow">
        with
        <input value={data} spellcheck={false} onInput={(event) => setData(event.currentTarget.value)} />
      </label>
      <Action label="Raise" work={raise} />
    </form>
  );
}

/** As many events of a history as are shown. */
const EVENTS = 1000;

/** The events of the history, asked for when somebody looks. */
function History({ id, round }: { id: string; round: string }) {
  const [open, setOpen] = useState(false);
  const [events, setEvents] = useState<readonly HistoryEvent[] | string>();
  useEffect(() => {
    if (!open) return;
    let late = false;
    get<{ historyEvents?: HistoryEvent[] }>(placeOf(id), { showHistory: "true", showHistoryOutput: "true" }).then(
      (found) => !late && setEvents(found.historyEvents ?? []),
      (error: Error) => !late && setEvents(error.message),
    );
    return () => {
      late = true;
    };
  }, [id, round, open]);
  return (
    <details class="value" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      {typeof events === "object" ? (
        <div class="scroll" tabIndex={0} role="region" aria-label="History">
          <table>
            <thead>
              <tr>
                {["Time", "What", "Name", "Value"].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {events.slice(0, EVENTS).map((event, index) => (
                <tr key={index}>
                  <td>{time(event.Timestamp)}</td>
                  <td>{event.EventType}</td>
                  <td>{event.FunctionName ?? event.Name ?? ""}</td>
                  <td>{oneLine(pretty(event.Result ?? event.Reason ?? event.Input ?? event.FireAt ?? ""), 100)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {events.length > EVENTS && <p class="dim">{(events.length - EVENTS).toLocaleString("en")} more are in the answer of the instance's own address.</p>}
        </div>
      ) : (
        <Empty>{events ?? "…"}</Empty>
      )}
    </details>
  );
}

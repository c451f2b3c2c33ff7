/** Orchestrations: the list of their instances, a way to begin one, and the entities beside them. */

import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { INSTANCES, startOrchestration } from "./durable_api";
import { Entities, keyOf } from "./entities";
import { duration, time } from "./format";
import { Instance } from "./instance";
import { Action, Empty, Found, Split } from "./parts";
import { usePolled } from "./polled";
import type { Func, InstanceSummary } from "./types";
import { Windowed } from "./windowed";

const MOST = 10_000;
const STATUSES = ["Running", "Completed", "Failed", "Terminated", "Suspended", "Pending"];

interface Props {
  /** Where the host is reached. */
  readonly base: string;
  readonly functions: readonly Func[];
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
}

export function Durable({ base, functions, chosen, choose }: Props) {
  const [entity, setEntity] = useState<string | undefined>();
  const [entities, setEntities] = useState(false);
  const tabs = (
    <div class="tabs" role="group" aria-label="What is shown">
      <button type="button" aria-pressed={!entities} onClick={() => setEntities(false)}>
        Instances
      </button>
      <button type="button" aria-pressed={entities} onClick={() => setEntities(true)}>
        Entities
      </button>
    </div>
  );
  if (entities) return <Entities chosen={entity} choose={setEntity} tabs={tabs} />;
  const openEntity = (name: string, key: string): void => {
    setEntity(keyOf(name, key));
    setEntities(true);
  };
  return <Instances base={base} functions={functions} chosen={chosen} choose={choose} openEntity={openEntity} tabs={tabs} />;
}

interface InstancesProps extends Props {
  readonly openEntity: (name: string, key: string) => void;
  readonly tabs: ComponentChildren;
}

function Instances({ base, functions, chosen, choose, openEntity, tabs }: InstancesProps) {
  const { value: all, trouble, again } = usePolled<readonly InstanceSummary[]>(INSTANCES, { showInput: "false", top: String(MOST) });
  const [text, setText] = useState("");
  const [status, setStatus] = useState("");
  const found = useMemo(() => {
    const wanted = text.toLowerCase();
    const fits = (each: InstanceSummary): boolean => (!status || each.runtimeStatus === status) && `${each.name} ${each.instanceId}`.toLowerCase().includes(wanted);
    return (all ?? []).filter(fits).sort((a, b) => b.createdTime.localeCompare(a.createdTime));
  }, [all, text, status]);
  const list = (
    <>
      {tabs}
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="grow">
          <span class="sr">Filter by name or id</span>
          <input id="filter" type="search" placeholder="Filter: a name, an id  ( / )" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label>
          <span class="sr">Status</span>
          <select value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
            <option value="">Any status</option>
            {STATUSES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Found shown={found.length} all={all?.length ?? 0} what="instance" />
      </form>
      <Starter
        names={functions.filter((each) => each.trigger.toLowerCase() === "orchestrationtrigger").map(orchestrationOf)}
        begun={(id) => {
          again();
          choose(id);
        }}
      />
      {found.length ? (
        <Windowed label="Instances, the last one first" items={found} keyOf={(each) => each.instanceId} chosen={chosen} choose={choose}>
          {(each) => (
            <>
              <span class={`status ${each.runtimeStatus}`}>{each.runtimeStatus}</span>
              <span class="name">{each.name}</span>
              <time class="dim">{time(each.createdTime)}</time>
              <span class="number dim">{took(each)}</span>
              <span class="rest dim">{each.instanceId}</span>
            </>
          )}
        </Windowed>
      ) : (
        <Empty>{!all ? (trouble ?? "…") : all.length ? "None is like that." : "No orchestration has been started yet."}</Empty>
      )}
    </>
  );
  const detail =
    chosen === undefined ? (
      <Empty>Choose an instance to see what it did, and when.</Empty>
    ) : (
      <Instance key={chosen} base={base} id={chosen} openInstance={choose} openEntity={openEntity} changed={again} />
    );
  return <Split label="Orchestrations" kind="instances" list={list} detailLabel="The chosen instance" detail={detail} chosen={chosen !== undefined} close={() => choose(undefined)} />;
}

const orchestrationOf = (of: Func): string => of.bindings.find((each) => each.direction === "trigger")?.place || of.name;

function took({ createdTime, lastUpdatedTime }: InstanceSummary): string {
  const ms = Date.parse(lastUpdatedTime) - Date.parse(createdTime);
  return ms ? duration(ms) : "< 1 s"; // the platform tells whole seconds
}

/** Begins an orchestration, from its name and its input. */
function Starter({ names, begun }: { names: readonly string[]; begun: (id: string) => void }) {
  const [name, setName] = useState(names[0] ?? "");
  const [input, setInput] = useState("");
  if (!names.length) return null;
  const start = async (): Promise<string> => {
    begun(await startOrchestration(name, input));
    return "It has begun.";
  };
  return (
    <details class="starter">
      <summary>Start an orchestration</summary>
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        <label>
          Orchestrator
          <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
            {names.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label class="grow">
          Input
          <input value={input} placeholder="JSON, or nothing" spellcheck={false} onInput={(event) => setInput(event.currentTarget.value)} />
        </label>
        <Action label="Start" work={start} />
      </form>
    </details>
  );
}

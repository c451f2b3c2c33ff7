/** Entities: their states, and signals to them. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ENTITIES, signal } from "./durable_api";
import { oneLine, pretty, time } from "./format";
import { Action, Empty, Split, Value } from "./parts";
import { usePolled } from "./polled";
import type { Entity } from "./types";
import { Windowed } from "./windowed";

export const keyOf = (name: string, key: string): string => `@${name.toLowerCase()}@${key}`;

interface Props {
  readonly chosen: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly tabs: ComponentChildren;
}

export function Entities({ chosen, choose, tabs }: Props) {
  const { value: found = [], trouble } = usePolled<readonly Entity[]>(ENTITIES, { fetchState: "true" });
  const of = found.find((each) => keyOf(each.entityId.name, each.entityId.key) === chosen);
  const list = (
    <>
      {tabs}
      {found.length ? (
        <Windowed label="Entities" items={found} keyOf={(each) => keyOf(each.entityId.name, each.entityId.key)} chosen={chosen} choose={choose}>
          {(each) => (
            <>
              <span class="name">{each.entityId.name}</span>
              <span class="rest">{each.entityId.key}</span>
              <span class="rest dim">{oneLine(pretty(each.state ?? ""), 60)}</span>
              <time class="dim">{time(each.lastOperationTime)}</time>
            </>
          )}
        </Windowed>
      ) : (
        <Empty>{trouble ?? "There is no entity yet: the first signal or call makes it."}</Empty>
      )}
    </>
  );
  const detail = of ? (
    <>
      <header>
        <h2>{of.entityId.name}</h2>
        <span>{of.entityId.key}</span>
      </header>
      <p class="dim">Last operation {time(of.lastOperationTime)}</p>
      <Value title="State" value={of.state ?? null} />
      <Signal key={chosen} of={of} />
    </>
  ) : (
    <Empty>Choose an entity to see its state and to signal it.</Empty>
  );
  return <Split label="Entities" kind="instances" list={list} detailLabel="The chosen entity" detail={detail} chosen={of !== undefined} close={() => choose(undefined)} />;
}

function Signal({ of }: { of: Entity }) {
  const { name, key } = of.entityId;
  const [operation, setOperation] = useState("");
  const [input, setInput] = useState("");
  const work = async (): Promise<string> => {
    if (!operation.trim()) throw new Error("Which operation?");
    await signal(name, key, operation.trim(), input);
    return "It is signalled.";
  };
  return (
    <form class="fields" onSubmit={(event) => event.preventDefault()}>
      <label>
        Operation
        <input value={operation} placeholder="add" spellcheck={false} onInput={(event) => setOperation(event.currentTarget.value)} />
      </label>
      <label class="grow">
        with
        <input value={input} placeholder="1" spellcheck={false} onInput={(event) => setInput(event.currentTarget.value)} />
      </label>
      <Action label="Signal" work={work} />
    </form>
  );
}

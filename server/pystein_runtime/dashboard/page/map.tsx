/** The app as a map: what sets functions off, the functions, what they write to; alive with how often and how well. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { SERVICES } from "./catalogue";
import { FunctionPanel } from "./function";
import { type Edge, type Layout, type Node, type Size, layout, neighbour } from "./layout";
import { FunctionNode, PlaceNode, placesOf } from "./nodes";
import { Empty, Split, useBriefly } from "./parts";
import { useRoving } from "./roving";
import type { Cloud, Func, Overview, Summary } from "./types";

/** What an invocation was run with, to be changed and sent again. */
export interface Draft {
  readonly of: string;
  readonly event: unknown;
}

interface Props {
  readonly overview: Overview;
  readonly cloud: Cloud;
  readonly invocations: readonly Summary[];
  readonly chosen: string | undefined;
  readonly choose: (name: string | undefined) => void;
  readonly draft: Draft | undefined;
  readonly openPlace: (service: string, name: string) => void;
  readonly openInvocation: (id: string) => void;
  readonly openFunction: (name: string) => void;
  readonly openInstance: (id: string) => void;
  readonly refresh: () => void;
}

/** Narrower than this the functions are a list: a map could not be read. */
const NARROW = 520;
/** As many functions as are found at a glance. */
const GLANCE = 12;
/** As many of the last runs as a function shows. */
const RUNS = 12;
/** How long one sees that something has run. */
const MOMENT_MS = 1500;
const NONE: ReadonlySet<string> = new Set();

export function AppMap(props: Props) {
  const { overview, chosen, choose } = props;
  const [element, room] = useWidth();
  const [text, setText] = useState("");
  if (!overview.functions.length) return <Nothing overview={overview} />;
  const selected = overview.functions.find((each) => each.name === chosen);
  const list = (
    <div class="canvas" ref={element}>
      {overview.functions.length > GLANCE && (
        <form
          class="filters"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            choose(overview.functions.find((each) => isLike(text, each.name))?.name);
          }}
        >
          <label class="grow">
            <span class="sr">Find a function</span>
            <input id="filter" type="search" placeholder="Find a function or a place  ( / )" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
        </form>
      )}
      <Drawing {...props} room={room} text={text} />
      {!selected && <p class="hint dim">Choose a function to send it an event and to see how it fares. ▶ runs one at once.</p>}
      {overview.warnings.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {overview.warnings.map((warning) => (
            <li key={warning} class="note">
              {warning}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <Split
      label="Map"
      kind={selected ? "" : "whole"}
      list={list}
      detailLabel="The chosen function"
      detail={selected && <FunctionPanel {...props} of={selected} begin={props.draft?.of === selected.name ? props.draft.event : undefined} />}
      chosen={selected !== undefined}
      close={() => choose(undefined)}
    />
  );
}

function Nothing({ overview }: { overview: Overview }) {
  return (
    <section class="alone" aria-label="Map">
      {overview.failure ? (
        <>
          <h2 class="bad">The app cannot be loaded</h2>
          <pre class="bad" tabIndex={0} role="region" aria-label="Why">
            {overview.failure}
          </pre>
        </>
      ) : (
        <Empty>This app has no functions.</Empty>
      )}
    </section>
  );
}

/** How wide an element is: a map that is a little too wide is drawn smaller, and scrolled only beyond that. */
function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(Infinity);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

function Drawing(props: Props & { room: number; text: string }) {
  const { overview, chosen, choose, room, text } = props;
  // Only another shape of the app moves things; counts come every second.
  const shape = JSON.stringify([overview.functions.map(({ name, bindings }) => [name, bindings]), overview.calls]);
  const drawn = useMemo(() => layout(overview), [shape]);
  const functions = new Map(overview.functions.map((each) => [each.name, each]));
  const active = useActive(overview.functions);
  const runs = useMemo(() => lastRuns(props.invocations), [props.invocations]);
  const narrow = room < NARROW;
  const found = (node: Node): boolean => isLike(text, node.label) || isLike(text, SERVICES[node.service] ?? "");
  const reached = narrow ? inOrder(drawn, overview) : drawn.nodes.filter((node) => node.kind === "function" || placesOf(node, props.cloud).length > 0);
  const stops = reached.filter(found);
  const ids = stops.map((node) => node.id);
  const roving = useRoving(ids, narrow ? undefined : (from, key) => neighbour(stops, drawn.edges, from, key));
  const zoom = Math.min(1, Math.max(0.7, (room - 48) / drawn.width));

  const map = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text.trim()) map.current?.querySelector("li:not(.beside)")?.scrollIntoView({ block: "center", inline: "center" });
  }, [text]);

  const functionNode = (node: Node) => (
    <FunctionNode
      of={functions.get(node.label)}
      runs={runs.get(node.label) ?? []}
      chosen={node.label === chosen}
      active={active.has(node.label)}
      choose={choose}
      refresh={props.refresh}
      stop={roving.stop(node.id)}
    />
  );
  if (narrow) {
    return (
      <ul class="cards" onKeyDown={roving.onKeyDown} aria-label="Functions">
        {stops.map((node) => (
          <li key={node.id}>
            {functionNode(node)}
            <p class="dim way">{functions.get(node.label)?.detail}</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div ref={map} class={`map ${text.trim() ? "finding" : ""}`} style={{ width: `${drawn.width}px`, height: `${drawn.height}px`, zoom }} onKeyDown={roving.onKeyDown}>
      <Edges drawn={drawn} active={active} />
      <ul aria-label="Triggers, functions and what they write to">
        {drawn.nodes.map((node) => (
          <li
            key={node.id}
            class={found(node) ? "" : "beside"}
            style={{ left: `${node.x}px`, top: `${node.y}px`, width: `${drawn.size.width}px`, height: `${drawn.size.height}px` }}
          >
            {node.kind === "function" ? functionNode(node) : <PlaceNode of={node} cloud={props.cloud} open={props.openPlace} stop={roving.stop(node.id)} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether a name has what somebody looks for. */
function isLike(text: string, name: string): boolean {
  return name.toLowerCase().includes(text.trim().toLowerCase());
}

/** The functions as the app has them. */
function inOrder(drawn: Layout, overview: Overview): readonly Node[] {
  const nodes = new Map(drawn.nodes.map((node) => [node.id, node]));
  return overview.functions.flatMap((each) => nodes.get(`function:${each.name}`) ?? []);
}

/** Of each function whether its last runs went well, the newest last. */
function lastRuns(invocations: readonly Summary[]): ReadonlyMap<string, readonly boolean[]> {
  const found = new Map<string, boolean[]>();
  for (let index = invocations.length - 1; index >= Math.max(0, invocations.length - 2000); index -= 1) {
    const { function: name, status } = invocations[index] as Summary;
    const runs = found.get(name) ?? [];
    if (runs.length < RUNS) found.set(name, [status === "succeeded", ...runs]);
  }
  return found;
}

/** The functions that have run within the last moment. */
function useActive(functions: readonly Func[]): ReadonlySet<string> {
  const before = useRef(new Map<string, number>());
  const [active, activate] = useBriefly<ReadonlySet<string>>(MOMENT_MS);
  useEffect(() => {
    const ran = functions.filter((each) => {
      const [now, then] = [each.succeeded + each.failed, before.current.get(each.name)];
      before.current.set(each.name, now);
      return then !== undefined && now > then;
    });
    if (ran.length) activate(new Set(ran.map((each) => each.name)));
  }, [functions]);
  return active ?? NONE;
}

function Edges({ drawn, active }: { drawn: Layout; active: ReadonlySet<string> }) {
  const nodes = new Map(drawn.nodes.map((node) => [node.id, node]));
  return (
    <svg width={drawn.width} height={drawn.height} aria-hidden="true">
      {drawn.edges.map((edge) => (
        <path key={`${edge.from} ${edge.to} ${edge.kind}`} class={`edge ${edge.kind} ${isActive(edge, active) ? "active" : ""}`} d={curve(nodes.get(edge.from), nodes.get(edge.to), drawn.size)} />
      ))}
    </svg>
  );
}

function isActive(edge: Edge, active: ReadonlySet<string>): boolean {
  const owner = edge.kind === "trigger" || edge.kind === "call" || edge.kind === "in" ? edge.to : edge.from;
  return active.has(owner.replace(/^function:/, ""));
}

function curve(from: Node | undefined, to: Node | undefined, { width, height }: Size): string {
  if (!from || !to) return "";
  const back = to.x < from.x; // what is read stands behind, or a circle closes
  const [x1, y1] = [back ? from.x : from.x + width, from.y + height / 2];
  const [x2, y2] = [back ? to.x + width : to.x, to.y + height / 2];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (back ? -1 : 1);
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}

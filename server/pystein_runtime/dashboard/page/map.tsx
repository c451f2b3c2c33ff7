/** The app as a map: what sets functions off, the functions, what they write to; alive with how often and how well. */

import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { editor } from "./api";
import { count, duration, oneLine, reason, time } from "./format";
import { type Edge, type Layout, type Node, type Size, layout } from "./layout";
import { Empty } from "./parts";
import { Send, sendSample } from "./send";
import type { Cloud, Func, Overview, Place, Summary } from "./types";

interface Props {
  readonly overview: Overview;
  readonly cloud: Cloud;
  readonly invocations: readonly Summary[];
  readonly chosen: string | undefined;
  readonly choose: (name: string | undefined) => void;
  readonly openPlace: (service: string, name: string) => void;
  readonly openInvocation: (id: string) => void;
  readonly openFunction: (name: string) => void;
  readonly refresh: () => void;
}

/** Services as the map's bindings name them, and as the local cloud does. */
const CLOUD: Readonly<Record<string, string>> = { queue: "queues", blob: "blobs", table: "tables", serviceBus: "bus", eventHub: "hubs", cosmosDB: "documents" };
const NAMES: Readonly<Record<string, string>> = {
  http: "HTTP", timer: "timer", queue: "queue", blob: "blobs", table: "table", serviceBus: "Service Bus", eventHub: "event hub", cosmosDB: "documents",
  eventGrid: "Event Grid", kafka: "Kafka", sql: "SQL", mysql: "MySQL", signalR: "SignalR", mcpTool: "MCP tool",
  mcpResource: "MCP resource", mcpPrompt: "MCP prompt",
}; // prettier-ignore

export function AppMap(props: Props) {
  const { overview, chosen, choose } = props;
  // Only another shape of the app moves things; counts come every second.
  const shape = JSON.stringify([overview.functions.map(({ name, bindings }) => [name, bindings]), overview.calls]);
  const drawn = useMemo(() => layout(overview), [shape]);
  const functions = new Map(overview.functions.map((each) => [each.name, each]));
  const active = useActive(overview.functions);
  const [canvas, room] = useWidth();
  const zoom = Math.min(1, Math.max(0.7, (room - 48) / drawn.width));
  if (!overview.functions.length) return <Nothing overview={overview} />;
  const selected = chosen === undefined ? undefined : functions.get(chosen);
  return (
    <section
      onKeyDown={(event) => {
        if (event.key === "Escape") choose(undefined);
      }}
      class={selected ? "split" : "whole"}
      aria-label="Map"
    >
      <div class="canvas" ref={canvas}>
        <div class="map" style={{ width: `${drawn.width}px`, height: `${drawn.height}px`, zoom }}>
          <Edges drawn={drawn} active={active} />
          <ul>
            {drawn.nodes.map((node) => (
              <li key={node.id} style={{ left: `${node.x}px`, top: `${node.y}px`, width: `${drawn.size.width}px`, height: `${drawn.size.height}px` }}>
                {node.kind === "function" ? (
                  <FunctionNode of={functions.get(node.label)} chosen={node.label === chosen} active={active.has(node.label)} choose={choose} refresh={props.refresh} />
                ) : (
                  <PlaceNode of={node} cloud={props.cloud} open={props.openPlace} />
                )}
              </li>
            ))}
          </ul>
        </div>
        {!selected && <p class="hint dim">Choose a function to send it an event and to see how it fares. ▶ runs one at once.</p>}
        {overview.warnings.length > 0 && (
          <ul class="warnings">
            {overview.warnings.map((text) => (
              <li key={text} class="note">
                {text}
              </li>
            ))}
          </ul>
        )}
      </div>
      {selected && (
        <aside class="detail" aria-label="The chosen function">
          <FunctionDetail {...props} of={selected} />
        </aside>
      )}
    </section>
  );
}

function Nothing({ overview }: { overview: Overview }) {
  return (
    <section class="alone">
      {overview.failure ? (
        <>
          <h2 class="bad">The app cannot be loaded</h2>
          <pre class="bad">{overview.failure}</pre>
        </>
      ) : (
        <Empty>This app has no functions.</Empty>
      )}
    </section>
  );
}

/** How wide an element is: a map that is a little too wide is drawn smaller, and scrolled only beyond that. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(Infinity);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const observer = new ResizeObserver(() => setWidth(shown.clientWidth));
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

/** The functions that have run within the last moment. */
function useActive(functions: readonly Func[]): ReadonlySet<string> {
  const before = useRef(new Map<string, number>());
  const [active, setActive] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ran = functions.filter((each) => {
      const [now, then] = [each.succeeded + each.failed, before.current.get(each.name)];
      before.current.set(each.name, now);
      return then !== undefined && now > then;
    });
    setActive(new Set(ran.map((each) => each.name)));
  }, [functions]);
  return active;
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

function FunctionNode({ of, chosen, active, choose, refresh }: { of: Func | undefined; chosen: boolean; active: boolean; choose: (name: string) => void; refresh: () => void }) {
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  if (!of) return null;
  const run = async () => {
    setSaid({ text: "…", bad: false });
    try {
      const text = await sendSample(of);
      setSaid({ text, bad: text === "failed" || Number(text) >= 400 });
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error), bad: true });
    }
    refresh();
    window.setTimeout(() => setSaid(undefined), 4000);
  };
  const failing = of.last !== null && !of.last.ok;
  const label = `${of.name}, ${of.detail}, ${of.succeeded} succeeded, ${of.failed} failed`;
  return (
    <div class={`node function ${chosen ? "chosen" : ""} ${failing ? "failing" : ""} ${active ? "active" : ""} ${of.disabled ? "disabled" : ""}`}>
      <button type="button" class="body" aria-label={label} aria-pressed={chosen} title={of.detail} onClick={() => choose(of.name)}>
        <span class="name">{of.name}</span>
        <span class="counts">
          {said ? (
            <span class={said.bad ? "bad" : "good"}>{oneLine(said.text, 24)}</span>
          ) : (
            <>
              {of.disabled && <span class="dim">disabled </span>}
              {of.succeeded > 0 && <span class="good">✓ {of.succeeded.toLocaleString("en")}</span>} {of.failed > 0 && <span class="bad">✕ {of.failed.toLocaleString("en")}</span>}
              {of.last && <span class="dim"> {duration(of.last.durationMs)}</span>}
            </>
          )}
        </span>
      </button>
      <button type="button" class="run" aria-label={`Run ${of.name} now`} title="Run it with the event used last, or a made-up one" onClick={() => void run()}>
        ▶
      </button>
      <output class="sr">{said?.text}</output>
    </div>
  );
}

function PlaceNode({ of, cloud, open }: { of: Node; cloud: Cloud; open: (service: string, name: string) => void }) {
  const service = CLOUD[of.service];
  const known = service ? held(cloud[service] ?? [], of) : [];
  const total = known.filter((each) => !each.failed).reduce((sum, each) => sum + each.count, 0);
  const failed = known.filter((each) => each.failed).reduce((sum, each) => sum + each.count, 0);
  const first = known.find((each) => (failed ? each.failed && each.count : !each.failed)) ?? known[0];
  const text = (
    <>
      <span class="service">{NAMES[of.service] ?? of.service}</span>
      <span class="name">{of.label}</span>
      {(total > 0 || failed > 0) && (
        <span class="held">
          {total > 0 && total.toLocaleString("en")} {failed > 0 && <span class="bad">✕ {failed.toLocaleString("en")}</span>}
        </span>
      )}
    </>
  );
  if (!service || !first) return <div class="node place">{text}</div>;
  const label = `${NAMES[of.service] ?? of.service} ${of.label}, ${total} waiting or kept, ${failed} failed; look inside`;
  return (
    <button type="button" class="node place open" aria-label={label} onClick={() => open(service, first.name)}>
      {text}
    </button>
  );
}

/** What the local cloud has of a place: the queue and its poison queue, a topic's subscriptions and their dead letters. */
function held(places: readonly Place[], { label }: Node): Place[] {
  const name = label.toLowerCase();
  return places.filter((each) => each.name.toLowerCase() === name || each.name === `${name}-poison` || each.name.startsWith(`${name}/`));
}

function FunctionDetail({ of, invocations, choose, openInvocation, openFunction, refresh }: Props & { of: Func }) {
  const last = useMemo(() => invocations.filter((each) => each.function === of.name).slice(-8).reverse(), [invocations, of.name]);
  return (
    <>
      <header>
        <h2>{of.name}</h2>
        <button type="button" class="close" aria-label="Close" title="Close (Escape)" onClick={() => choose(undefined)}>
          ✕
        </button>
        {editor && (
          <button type="button" onClick={() => editor?.postMessage({ open: { file: of.file, line: of.line } })}>
            Open code
          </button>
        )}
      </header>
      <p class="dim">{of.detail}</p>
      <p>
        <span class="good">{count(of.succeeded, "success")}</span>, <span class={of.failed ? "bad" : ""}>{count(of.failed, "failure")}</span>
        {of.disabled && " · disabled"}
      </p>
      <Send to={of} refresh={refresh} />
      {last.length > 0 && (
        <>
          <h3>Last invocations</h3>
          <ul class="plain">
            {last.map((each) => (
              <li key={each.number}>
                <button type="button" class="link short" onClick={() => openInvocation(each.invocationId)}>
                  <span class={each.status === "succeeded" ? "good" : "bad"}>{each.status === "succeeded" ? "✓" : "✕"}</span> {time(each.started)} <span class="dim">{duration(each.durationMs)}</span>{" "}
                  <span class="dim">{oneLine(each.error ?? reason(each.reason), 60)}</span>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => openFunction(of.name)}>
            All invocations of {of.name}
          </button>
        </>
      )}
    </>
  );
}

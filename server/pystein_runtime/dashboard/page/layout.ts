/** Where things stand on the map: columns from what sets functions off to what they write. */

import type { Binding, Overview } from "./types";

export interface Node {
  readonly id: string;
  readonly kind: "function" | "place";
  readonly label: string;
  /** Of a place: "queue", "http" ... */
  readonly service: string;
  readonly x: number;
  readonly y: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: "trigger" | "in" | "out" | "call";
}

export interface Layout {
  /** Of every node. */
  readonly size: Size;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 46;
const GAP = { x: 32, y: 16 };
/** A letter of a name and what is beside the name, in pixels: functions are bold and have a button. */
const LETTER = { function: 7.6, place: 6.9 };
const BESIDE = { function: 56, place: 36 };
const WIDTH = { least: 120, most: 220 };

/** Functions that others start by name stand behind their callers and need no place of their own. */
const CALLED = new Set(["orchestration", "activity", "entity"]);

/** Where a binding leads; blobs by their container, topics without the subscription, so that outputs meet triggers. */
export function placeOf(binding: Binding, owner: string): { id: string; label: string } | undefined {
  const { service, place, direction } = binding;
  if (service === "http" && direction === "out") return undefined;
  if (service === "durableClient" || CALLED.has(service)) return undefined;
  if (service === "http" || service === "timer") return { id: `${service}:${owner}`, label: place || owner };
  const [first = ""] = place.split("/");
  const name = service === "blob" || service === "serviceBus" ? first : place;
  return { id: `${service}:${name.toLowerCase() || owner}`, label: name || (service === "eventGrid" ? "any event" : service) };
}

interface Draft {
  id: string;
  kind: Node["kind"];
  label: string;
  service: string;
  column: number;
  y: number;
}

export function layout(overview: Pick<Overview, "functions" | "calls">): Layout {
  const { drafts, edges } = graph(overview);
  columns(drafts, edges);
  const wanted = [...drafts.values()].map(({ kind, label }) => label.length * LETTER[kind] + BESIDE[kind]);
  const width = Math.min(Math.max(...wanted, WIDTH.least), WIDTH.most);
  return arranged(drafts, edges, { width, height: HEIGHT });
}

function graph({ functions, calls }: Pick<Overview, "functions" | "calls">): { drafts: Map<string, Draft>; edges: Edge[] } {
  const drafts = new Map<string, Draft>();
  const edges: Edge[] = [];
  const add = (id: string, kind: Node["kind"], label: string, service: string) => {
    if (!drafts.has(id)) drafts.set(id, { id, kind, label, service, column: 0, y: 0 });
  };
  const link = (from: string, to: string, kind: Edge["kind"]) => {
    if (!edges.some((edge) => edge.from === from && edge.to === to && edge.kind === kind)) edges.push({ from, to, kind });
  };
  for (const { name, bindings } of functions) {
    const own = `function:${name}`;
    add(own, "function", name, "");
    for (const binding of bindings) {
      const place = placeOf(binding, name);
      if (!place) continue;
      add(place.id, "place", place.label, binding.service);
      if (binding.direction === "out") link(own, place.id, "out");
      else link(place.id, own, binding.direction);
    }
  }
  for (const { from, to } of calls) {
    if (drafts.has(`function:${from}`) && drafts.has(`function:${to}`)) link(`function:${from}`, `function:${to}`, "call");
  }
  return { drafts, edges };
}

/** The longest way from where nothing leads to. Inputs are read, they set nothing off; a circle is cut where it closes. */
function columns(drafts: Map<string, Draft>, edges: readonly Edge[]): void {
  const ways = edges.filter((edge) => edge.kind !== "in");
  const next = new Map<string, string[]>();
  for (const { from, to } of ways) next.set(from, [...(next.get(from) ?? []), to]);
  const open = new Set<string>();
  const visit = (id: string, column: number): void => {
    const draft = drafts.get(id);
    if (!draft || open.has(id) || (draft.column >= column && column > 0)) return;
    draft.column = Math.max(draft.column, column);
    open.add(id);
    for (const other of next.get(id) ?? []) visit(other, draft.column + 1);
    open.delete(id);
  };
  const targets = new Set(ways.map((edge) => edge.to));
  for (const id of drafts.keys()) if (!targets.has(id)) visit(id, 0);
  for (const id of drafts.keys()) if (targets.has(id) && drafts.get(id)?.column === 0) visit(id, 0);
  for (const { from, to, kind } of edges) {
    const [place, reader] = [drafts.get(from), drafts.get(to)];
    const readOnly = kind === "in" && !ways.some((edge) => edge.from === from || edge.to === from);
    if (place && reader && readOnly) place.column = Math.max(reader.column - 1, 0);
  }
}

/** Each column from top to bottom, everything near what it is joined with. */
function arranged(drafts: Map<string, Draft>, edges: readonly Edge[], size: Size): Layout {
  const byColumn: Draft[][] = [];
  for (const draft of drafts.values()) (byColumn[draft.column] ??= []).push(draft);
  const used = byColumn.filter((column) => column !== undefined);
  const step = size.height + GAP.y;
  for (const column of used) column.forEach((draft, index) => (draft.y = index * step));
  for (let round = 0; round < 6; round += 1) {
    for (const column of round % 2 ? [...used].reverse() : used) settle(column, edges, drafts, step);
  }
  for (const draft of drafts.values()) draft.y = Math.round((2 * draft.y) / step) * (step / 2); // in line; things that were apart stay apart
  const top = Math.min(...[...drafts.values()].map((draft) => draft.y));
  const nodes = used.flatMap((column, index) =>
    column.map(({ id, kind, label, service, y }) => ({ id, kind, label, service, x: index * (size.width + GAP.x), y: y - top })),
  );
  const height = Math.max(0, ...nodes.map((node) => node.y)) + size.height;
  const width = Math.max(used.length * (size.width + GAP.x) - GAP.x, 0);
  return { size, nodes, edges, width, height };
}

function settle(column: Draft[], edges: readonly Edge[], drafts: Map<string, Draft>, step: number): void {
  const wanted = new Map<Draft, number>();
  for (const draft of column) {
    const joined = edges.flatMap(({ from, to }) => (from === draft.id ? [to] : to === draft.id ? [from] : []));
    const places = joined.flatMap((id) => drafts.get(id)?.y ?? []);
    wanted.set(draft, places.length ? places.reduce((sum, y) => sum + y, 0) / places.length : draft.y);
  }
  column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
  const rising = pooled(column.map((draft, index) => (wanted.get(draft) ?? 0) - index * step));
  column.forEach((draft, index) => (draft.y = (rising[index] ?? 0) + index * step));
}

/** The nearest row of numbers that never falls: what would fall is its own mean. So things that want one place stand around it. */
function pooled(numbers: readonly number[]): number[] {
  const pools: { mean: number; size: number }[] = [];
  for (const number of numbers) {
    let pool = { mean: number, size: 1 };
    for (let last = pools.at(-1); last && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop();
      const size = last.size + pool.size;
      pool = { mean: (last.mean * last.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean));
}

/** Where an arrow key leads from a node: along a line where there is one, else to what is nearest that way. */
export function neighbour(nodes: readonly Node[], edges: readonly Edge[], from: string, key: string): string | undefined {
  if (key === "Home") return nodes[0]?.id;
  if (key === "End") return nodes.at(-1)?.id;
  const way = WAYS[key];
  const here = nodes.find((node) => node.id === from);
  if (!way || !here) return undefined;
  const joined = new Set(edges.flatMap((edge) => (edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : [])));
  const price = (node: Node): number => {
    const [along, aside] = way.x ? [(node.x - here.x) * way.x, node.y - here.y] : [(node.y - here.y) * way.y, node.x - here.x];
    if (along <= 0) return Infinity;
    return along + Math.abs(aside) * 3 - (way.x && joined.has(node.id) ? NEAR : 0);
  };
  const best = nodes.reduce((a, b) => (price(b) < price(a) ? b : a), here);
  return price(best) === Infinity ? undefined : best.id;
}

const WAYS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};
/** So much nearer is what a line joins. */
const NEAR = 1e6;

/** What the page knows, kept up to date while it is looked at. */

import { Refusal, get } from "./api";
import { pauseAfter } from "./pace";
import type { Cloud, Overview, Summary } from "./types";

/** As many as the host remembers. */
const KEPT = 10_000;

export interface State {
  readonly overview: Overview | undefined;
  /** The newest last. */
  readonly invocations: readonly Summary[];
  readonly cloud: Cloud;
  /** Why the host cannot be asked: it does not answer, or it wants a key. */
  readonly trouble: "gone" | "locked" | undefined;
  /** Since when it has not answered, in milliseconds. */
  readonly since: number | undefined;
}

export class Model {
  state: State = { overview: undefined, invocations: [], cloud: {}, trouble: undefined, since: undefined };
  private readonly listeners = new Set<() => void>();
  private next = 0;
  private instance = "";
  private known = "";
  private again: number | undefined;
  private busy = false;

  constructor() {
    document.addEventListener("visibilitychange", () => void this.refresh());
    void this.refresh();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ask the host now, and again from time to time; not while nobody looks. */
  async refresh(): Promise<void> {
    window.clearTimeout(this.again);
    if (this.busy || document.hidden) return;
    this.busy = true;
    const begun = performance.now();
    try {
      await this.ask();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.set({ trouble: error.status === 401 ? "locked" : "gone", since: this.state.since ?? Date.now() });
    } finally {
      this.busy = false;
      this.again = window.setTimeout(() => void this.refresh(), pauseAfter(performance.now() - begun));
    }
  }

  private async ask(): Promise<void> {
    const overview = await get<Overview>("/admin/pystein/overview");
    if (overview.instance !== this.instance) {
      this.instance = overview.instance;
      this.next = 0;
      this.set({ invocations: [] });
    }
    const found: Summary[] = [];
    let next = this.next;
    while (next < overview.newest) {
      const page = await get<{ invocations: Summary[]; next: number }>("/admin/pystein/invocations", { after: String(next) });
      found.push(...page.invocations);
      if (page.next <= next) break;
      next = page.next;
    }
    const cloud = await get<Cloud>("/admin/pystein/cloud");
    this.next = next; // not before all is there: what was found is asked for again when something fails
    const invocations = found.length ? [...this.state.invocations, ...found].slice(-KEPT) : this.state.invocations;
    const known = JSON.stringify([overview, cloud]);
    if (known === this.known && !found.length && this.state.trouble === undefined) return; // nothing to draw anew
    this.known = known;
    this.set({ overview, invocations, cloud, trouble: undefined, since: undefined });
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

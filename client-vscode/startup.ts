/**
 * How long the start takes, for the output and the debug information: the extension host is everybody's, and whoever finds
 * the start slow can say where. Imported first, so that its time begins with the evaluation of the extension's code.
 */

import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";

/** In the order in which they are reached, as a rule. */
export type Mark = "loaded" | "activated" | "interpreter" | "client library" | "server answered" | "first diagnostics";

class Startup {
  private readonly began = performance.now();
  private readonly marks = new Map<Mark, number>();
  private used = 0;

  /** Whether it is the first time: later starts of the server are no part of the activation and do not count. */
  mark(name: Mark): boolean {
    if (this.marks.has(name)) return false;
    this.marks.set(name, performance.now() - this.began);
    return true;
  }

  /** Begin a part that computes without waiting; what is returned ends it. */
  part(): () => void {
    const before = process.cpuUsage();
    return () => {
      if (this.marks.has("server answered")) return;
      const { user, system } = process.cpuUsage(before);
      this.used += (user + system) / 1000;
    };
  }

  /**
   * Milliseconds since the extension's code was evaluated. `computed` is what we took of the extension host's time until
   * the server answered; the rest is waiting, for which `load`, the machine's, matters most.
   */
  get told(): Readonly<Record<string, number>> {
    const rounded = [...this.marks].map(([name, time]) => [name, Math.round(time)] as const);
    return { ...Object.fromEntries(rounded), computed: Math.round(this.used), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
  }
}

export const startup = new Startup();

/** Ended where the extension's code has been evaluated. */
export const evaluated = startup.part();

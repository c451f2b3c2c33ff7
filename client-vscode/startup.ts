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
  private readonly used = process.cpuUsage();
  private readonly marks = new Map<Mark, number>();
  private cpu: number | undefined;

  /** Whether it is the first time: later starts of the server are no part of the activation and do not count. */
  mark(name: Mark): boolean {
    if (this.marks.has(name)) return false;
    this.marks.set(name, performance.now() - this.began);
    if (name === "server answered") this.cpu = milliseconds(process.cpuUsage(this.used));
    return true;
  }

  /**
   * Milliseconds since the extension's code was evaluated. `host cpu` is what the extension host computed until the server
   * answered, for every extension in it: an upper bound of our share. `load` is the machine's, which all else hangs on.
   */
  get told(): Readonly<Record<string, number>> {
    const rounded = [...this.marks].map(([name, time]) => [name, Math.round(time)] as const);
    const cpu = this.cpu === undefined ? {} : { "host cpu": Math.round(this.cpu) };
    return { ...Object.fromEntries(rounded), ...cpu, load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

export const startup = new Startup();

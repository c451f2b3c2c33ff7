/**
 * What Pythons have answered before. To ask one costs a process and a good part of the time until the first diagnostics,
 * so an executable that is still the same file is taken at its word. Nothing here knows VS Code.
 */

import { realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Memory } from "./history";
import { type Candidate, type Interpreter, ask } from "./interpreters";

const KEY = "pystein.interpreters";
/** A machine has a handful; what is beyond that was deleted or updated. */
const KEPT = 20;

type Known = Readonly<Record<string, Pick<Interpreter, "executable" | "version">>>;

export class Answers {
  private taken = false;

  constructor(private readonly memory: Memory) {}

  /**
   * As `ask`, from memory where that is enough: for the bundled server, which needs nothing but a Python that is new
   * enough. What an environment has installed changes without its executable, so that is always asked.
   */
  async ask(candidate: Candidate, cwd: string, isolated: boolean): Promise<Interpreter | string> {
    const key = isolated ? identity(candidate) : undefined;
    const known = key && this.memory.get<Known>(KEY)?.[key];
    if (known) {
      this.taken = true;
      return { ...known, origin: candidate.origin, hasServer: false };
    }
    const answer = await ask(candidate, cwd, isolated);
    if (key && typeof answer !== "string") this.remember(key, answer);
    return answer;
  }

  /** Called when a server did not start: whether that may be because of an answer that is no longer true. */
  async forget(): Promise<boolean> {
    const { taken } = this;
    this.taken = false;
    if (taken) await this.memory.update(KEY, undefined);
    return taken;
  }

  private remember(key: string, { executable, version }: Interpreter): void {
    const others = Object.entries(this.memory.get<Known>(KEY) ?? {}).slice(1 - KEPT);
    void this.memory.update(KEY, { ...Object.fromEntries(others), [key]: { executable, version } });
  }
}

/** The command and the file that it names now, with the base that an environment's pyvenv.cfg names; undefined where it cannot be told. */
function identity({ command, args }: Candidate): string | undefined {
  try {
    const { size, mtimeMs } = statSync(realpathSync(command));
    const config = statSync(path.join(path.dirname(command), "..", "pyvenv.cfg"), { throwIfNoEntry: false });
    return JSON.stringify([command, args, size, mtimeMs, config?.mtimeMs ?? 0]);
  } catch {
    return undefined;
  }
}

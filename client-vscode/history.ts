/** The payloads that functions were run with, the last one first. Nothing here knows VS Code. */

/** What is kept between sessions: a `vscode.Memento`, of the workspace or of the machine. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

const KEPT = 10;

export class Payloads {
  constructor(private readonly memory: Memory) {}

  of(root: string, name: string): readonly string[] {
    const kept = this.memory.get<unknown>(key(root, name));
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === "string") : [];
  }

  async add(root: string, name: string, payload: string): Promise<void> {
    const others = this.of(root, name).filter((each) => each !== payload);
    await this.memory.update(key(root, name), [payload, ...others].slice(0, KEPT));
  }
}

const key = (root: string, name: string): string => `pystein.payloads ${root} ${name}`;

/** What the server is given: JSON as what it means, everything else as text. */
export function dataOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

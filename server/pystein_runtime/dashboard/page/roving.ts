/** One of many things can be tabbed to; arrow keys go from it to the others. */

import type { TargetedKeyboardEvent } from "preact";
import { useState } from "preact/hooks";

/** What a key leads to from a thing; nothing where it leads nowhere. */
type Step = (from: string, key: string) => string | undefined;

/** The attributes of the element that stands for a thing. */
export interface Stop {
  readonly "data-stop": string;
  readonly tabIndex: number;
  readonly onFocus: () => void;
}

interface Roving {
  readonly stop: (id: string) => Stop;
  /** For the element around them all. */
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
}

export function useRoving(ids: readonly string[], step: Step = inOrder(ids)): Roving {
  const [last, setLast] = useState<string>();
  const current = last !== undefined && ids.includes(last) ? last : ids[0];
  return {
    stop: (id) => ({ "data-stop": id, tabIndex: id === current ? 0 : -1, onFocus: () => setLast(id) }),
    onKeyDown: (event) => {
      const stop = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-stop]") : null;
      const next = stop?.dataset["stop"] === undefined ? undefined : step(stop.dataset["stop"], event.key);
      if (next === undefined) return;
      event.preventDefault();
      setLast(next);
      event.currentTarget.querySelector<HTMLElement>(`[data-stop="${CSS.escape(next)}"]`)?.focus();
    },
  };
}

function inOrder(ids: readonly string[]): Step {
  return (from, key) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: ids.indexOf(from) + 1, ArrowUp: ids.indexOf(from) - 1, Home: 0, End: ids.length - 1 };
    return ids[steps[key] ?? -1];
  };
}

/** What is asked of the host again and again while it is looked at. */

import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "./api";
import { pauseAfter } from "./pace";

interface Polled<T> {
  readonly value: T | undefined;
  /** Why the last try brought nothing. */
  readonly trouble: string | undefined;
  /** Ask now. */
  readonly again: () => void;
}

/** @param path nothing is asked while it is undefined; another one begins anew */
export function usePolled<T>(path: string | undefined, query: Readonly<Record<string, string>> = {}): Polled<T> {
  const text = JSON.stringify(query);
  const [found, setFound] = useState<{ readonly of: string; readonly value?: T; readonly trouble?: string }>();
  const [round, setRound] = useState(0);
  const of = `${path} ${text}`;
  const known = useRef(found);
  known.current = found;
  useEffect(() => {
    if (path === undefined) return;
    let timer: number | undefined;
    let late = false;
    const ask = async (): Promise<void> => {
      const begun = performance.now();
      if (!document.hidden) {
        try {
          const value = await get<T>(path, JSON.parse(text) as Record<string, string>);
          if (!late) setFound({ of, value });
        } catch (error) {
          const before = known.current?.of === of ? known.current : undefined;
          if (!late) setFound({ ...before, of, trouble: error instanceof Error ? error.message : String(error) });
        }
      }
      if (!late) timer = window.setTimeout(() => void ask(), pauseAfter(performance.now() - begun));
    };
    void ask();
    return () => {
      late = true;
      window.clearTimeout(timer);
    };
  }, [path, text, round]);
  const mine = found?.of === of ? found : undefined;
  return { value: mine?.value, trouble: mine?.trouble, again: () => setRound((before) => before + 1) };
}

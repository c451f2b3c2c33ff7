/** A list of which only the visible lines exist, so that 10,000 are as quick as ten. Walked through by arrow keys. */

import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const HEIGHT = 30;
const BEYOND = 10;

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly chosen: string | undefined;
  readonly choose: (key: string) => void;
  readonly children: (item: T) => ComponentChildren;
}

export function Windowed<T>({ label, items, keyOf, chosen, choose, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / HEIGHT) - BEYOND);
  const shown = items.slice(first, Math.ceil((top + height) / HEIGHT) + BEYOND);
  const position = chosen === undefined ? -1 : items.findIndex((item) => keyOf(item) === chosen);

  const go = (index: number): void => {
    const item = items[Math.min(Math.max(index, 0), items.length - 1)];
    const element = box.current;
    if (item === undefined || !element) return;
    choose(keyOf(item));
    const place = Math.min(Math.max(index, 0), items.length - 1) * HEIGHT;
    if (place < element.scrollTop) element.scrollTop = place;
    else if (place + HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = place + HEIGHT - element.clientHeight;
  };
  const page = Math.max(1, Math.floor(height / HEIGHT) - 1);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const target = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : position + (steps[event.key] ?? NaN);
    if (Number.isNaN(target)) return;
    event.preventDefault();
    go(target);
  };

  return (
    <div
      ref={box}
      class="windowed"
      role="listbox"
      aria-label={label}
      aria-activedescendant={position >= first && position < first + shown.length ? `line-${position}` : undefined}
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: `${items.length * HEIGHT}px` }}>
        {shown.map((item, index) => {
          const place = first + index;
          return (
            <div
              key={keyOf(item)}
              id={`line-${place}`}
              class="line"
              role="option"
              aria-selected={place === position}
              aria-setsize={items.length}
              aria-posinset={place + 1}
              style={{ top: `${place * HEIGHT}px`, height: `${HEIGHT}px` }}
              onClick={() => choose(keyOf(item))}
            >
              {children(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

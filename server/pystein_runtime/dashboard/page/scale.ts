/** Where moments stand on a timeline. */

export interface Scale {
  /** A moment in milliseconds, as percent of the width. */
  readonly place: (moment: number) => number;
  /** The moment that stands at a percentage. */
  readonly moment: (percent: number) => number;
  /** Whether there are long waits, which can be drawn shorter. */
  readonly squeezable: boolean;
}

/** A wait is long when it takes more than this part of what is left without those that are longer. */
const LONG = 0.4;
/** The part of the width that each long wait keeps. */
const KEPT = 0.2;
/** More long waits than that would leave no room for what happens. */
const MOST = 3;

/** From when to when something is done, in milliseconds. */
export type Interval = readonly [number, number];

/**
 * @param moments when something began or ended, in milliseconds
 * @param work when something was done: no part of it is a wait
 * @param squeeze whether long waits are drawn shorter
 */
export function scale(moments: readonly number[], work: readonly Interval[], squeeze: boolean): Scale {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((moment, index) => moment - (sorted[index] ?? moment));
  const idle = (index: number): boolean => !work.some(([from, to]) => from <= (sorted[index] ?? 0) && to >= (sorted[index + 1] ?? 0));
  const long = longWaits(gaps, idle);
  const busy = sum(gaps) - sum([...long].map((index) => gaps[index] ?? 0));
  const kept = (busy * KEPT) / (1 - KEPT * long.size);
  const widths = gaps.map((gap, index) => (squeeze && long.has(index) ? kept : gap));
  const whole = sum(widths) || 1;
  let at = 0;
  const places = [0, ...widths.map((width) => (at += (100 * width) / whole))];
  return {
    squeezable: long.size > 0,
    place: (moment) => between(sorted, places, moment),
    moment: (percent) => between(places, sorted, percent),
  };
}

/** The longest waits, as long as each is long beside what is left; never all there is. */
function longWaits(gaps: readonly number[], idle: (index: number) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  let rest = sum(gaps);
  for (const [index, gap] of [...gaps.entries()].sort(([, a], [, b]) => b - a)) {
    if (found.size === MOST || gap < LONG * rest) break;
    if (gap === rest || !idle(index)) continue;
    found.add(index);
    rest -= gap;
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A number of one row as the number of the other that stands where it stands. */
function between(from: readonly number[], to: readonly number[], at: number): number {
  if (at <= (from[0] ?? 0)) return to[0] ?? 0;
  const index = from.findIndex((each) => each >= at);
  if (index < 0) return to.at(-1) ?? 0;
  const [a = 0, b = 0, c = 0, d = 0] = [from[index - 1], from[index], to[index - 1], to[index]];
  return b === a ? d : c + ((at - a) / (b - a)) * (d - c);
}

/** How often the host is asked. */

const LEAST_MS = 1000;
const MOST_MS = 5000;
/** An answer that takes long is asked for less often: the host has other work. */
const SHARE = 10;

/** @returns how long to wait before asking again what took so long, in milliseconds */
export function pauseAfter(tookMs: number): number {
  return Math.min(Math.max(LEAST_MS, SHARE * tookMs), MOST_MS);
}

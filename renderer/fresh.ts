/** As long as the animation of what is fresh takes. */
const FRESH_MS = 2_000;

/** Just happened: what shows it lights up, and fades. */
export function isFresh(atMs: number): boolean {
  return Date.now() - atMs < FRESH_MS;
}

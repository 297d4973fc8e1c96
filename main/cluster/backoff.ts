/**
 * The pause before try number `failures` (1 = the first after a failure): full jitter over an exponential
 * ceiling, so that many clients that lost one server do not come back in step.
 * @param random gives numbers from 0 to 1
 */
export function backoffMs(failures: number, baseMs: number, capMs: number, random: () => number): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30)));
}

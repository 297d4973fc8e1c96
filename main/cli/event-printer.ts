import type { KeeperEvent } from '../keeper/events.ts';
import type { Output } from './arguments.ts';
import { EventText } from './event-text.ts';
import type { Host } from './host.ts';

/**
 * Prints what happens, as text or as lines of JSON.
 *
 * What is printed in one turn of the event loop is written together at its end: after the requests that the same
 * events call for, and once for many networks that were deleted at once.
 *
 * @param contexts names that the first lines will be about, for the width of their column
 */
export function eventPrinter(
  host: Host,
  output: Output,
  contexts: readonly string[],
): (event: KeeperEvent) => void {
  const { stdout } = host;
  const print = printer(host, output, contexts);
  let isGathering = false;
  return (event) => {
    if (!isGathering) {
      isGathering = true;
      stdout.cork();
      setImmediate(() => {
        isGathering = false;
        stdout.uncork();
      });
    }
    print(event);
  };
}

function printer(
  { stdout }: Host,
  output: Output,
  contexts: readonly string[],
): (event: KeeperEvent) => void {
  if (output === 'json') return (event) => void stdout.write(`${JSON.stringify(event)}\n`);
  const text = new EventText(stdout, contexts);
  return (event) => text.write(event);
}

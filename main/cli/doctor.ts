import { connect } from '../cluster/connection.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { Check } from '../contract/diagnosis.ts';
import { mapBounded } from '../keeper/bounded.ts';
import { diagnose } from '../keeper/diagnosis.ts';
import type { ContextFlags } from './arguments.ts';
import { chooseContexts } from './contexts.ts';
import type { Host } from './host.ts';
import type { Colour } from './terminal.ts';
import { colour, padTo, printable } from './terminal.ts';

interface Look {
  readonly mark: string;
  readonly word: string;
  readonly tone: Colour;
}

const LOOKS: Readonly<Record<Check['status'], Look>> = {
  ok: { mark: '✓', word: 'ok', tone: 'good' },
  warning: { mark: '!', word: 'warning', tone: 'amber' },
  failed: { mark: '✗', word: 'failed', tone: 'red' },
  skipped: { mark: '○', word: 'skipped', tone: 'quiet' },
};
const STATE_WIDTH = 9;
/** Each may start a credential plugin, and some of them open a browser. */
const MOST_AT_ONCE = 8;

/**
 * `netkeeper doctor`: looks at what a watch of each context needs, prints it, ends. Gives the exit code: 1 if a
 * context could not be watched.
 */
export async function doctor(flags: ContextFlags, host: Host): Promise<number> {
  const contexts = await chooseContexts(flags, host.env, host.warn);
  const namespaces = flags.namespaces.length === 0 ? [undefined] : flags.namespaces;
  const looked = await mapBounded(contexts, MOST_AT_ONCE, async (context) => ({
    context,
    checks: await look(context, namespaces, host),
  }));
  for (const { context, checks } of looked) {
    if (flags.output === 'json') writeJson(context.name, checks, host);
    else writeText(context.name, checks, host);
  }
  return looked.some(({ checks }) => isFailed(checks)) ? 1 : 0;
}

function look(
  context: KubeContext,
  namespaces: readonly (string | undefined)[],
  { userAgent, env, clock }: Host,
): Promise<Check[]> {
  return diagnose({
    context,
    connect: () => connect(context, { userAgent, env, clock }),
    namespaces,
    // Here a person has named the kubeconfig: what it runs is what kubectl would run.
    obstacle: undefined,
    watch: undefined,
    clock,
  });
}

function writeJson(context: string, checks: readonly Check[], { stdout, clock }: Host): void {
  const time = new Date(clock.now()).toISOString();
  for (const check of checks) {
    stdout.write(`${JSON.stringify({ time, event: 'check', context, ...check })}\n`);
  }
}

function writeText(context: string, checks: readonly Check[], { stdout }: Host): void {
  const width = Math.max(...checks.map(({ title }) => title.length));
  const verdict = isFailed(checks) ? 'cannot be watched as it is' : 'can be watched';
  stdout.write(`${printable(context)} ${verdict}\n`);
  for (const { title, status, message, remedy } of checks) {
    const { mark, word, tone } = LOOKS[status];
    const state = colour(stdout, tone, padTo(`${mark} ${word}`, STATE_WIDTH));
    stdout.write(`  ${state}  ${padTo(title, width)}  ${printable(message)}\n`);
    if (remedy !== undefined) stdout.write(`${' '.repeat(STATE_WIDTH + width + 6)}${printable(remedy)}\n`);
  }
  stdout.write('\n');
}

function isFailed(checks: readonly Check[]): boolean {
  return checks.some(({ status }) => status === 'failed');
}

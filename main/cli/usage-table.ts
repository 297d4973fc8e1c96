import { count } from '../guard/decision.ts';
import type { NetworkUser } from '../guard/users.ts';
import type { NetworkReport, UsageReport } from '../keeper/usage-report.ts';
import type { Colour } from './terminal.ts';
import { colour, padTo, printable } from './terminal.ts';

const STATES: Readonly<Record<NetworkReport['state'], { text: string; tone: Colour }>> = {
  inUse: { text: '● in use', tone: 'good' },
  unused: { text: '○ unused', tone: 'quiet' },
  missing: { text: '! missing', tone: 'red' },
};
const HEADINGS = ['NAMESPACE', 'NETWORK', 'STATE', 'KIND', 'PODS', 'WORKLOADS', 'USED BY'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['PODS', 'WORKLOADS']);
const MOST_USERS = 3;

/** Writes one context's networks as an aligned table, and below it what is wrong with annotations. */
export function writeUsageTable(context: string, report: UsageReport, stream: NodeJS.WriteStream): void {
  const { networks, misnamed } = report;
  const used = networks.filter(({ state }) => state === 'inUse').length;
  const missing = networks.filter(({ state }) => state === 'missing').length;
  const there = networks.length - missing;
  const trouble = missing === 0 ? '' : `, ${count(missing, 'more network')} missing`;
  stream.write(`${printable(context)}: ${count(there, 'network')}, ${used} in use${trouble}\n`);
  if (networks.length > 0) writeRows(networks, stream);
  for (const { kind, namespace, name, problem } of misnamed) {
    const line = `${kind} ${namespace}/${name} names no network that counts: ${problem ?? ''}`;
    stream.write(`${colour(stream, 'amber', '!')} ${printable(line)}\n`);
  }
  stream.write('\n');
}

function writeRows(networks: readonly NetworkReport[], stream: NodeJS.WriteStream): void {
  const rows = networks.map(toCells);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const toLine = (cells: readonly string[]) =>
    cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return NUMBERS.has(HEADINGS[column] ?? '') ? cell.padStart(width) : padTo(cell, width);
    });
  stream.write(`${colour(stream, 'quiet', toLine(HEADINGS).join('  ').trimEnd())}\n`);
  rows.forEach((cells, index) => {
    const line = toLine(cells);
    const { tone } = STATES[networks[index]?.state ?? 'unused'];
    line[2] = colour(stream, tone, line[2] ?? '');
    stream.write(`${line.join('  ').trimEnd()}\n`);
  });
}

function toCells(network: NetworkReport): string[] {
  const { namespace, name, state, description, pods, workloads } = network;
  return [
    printable(namespace),
    printable(name),
    STATES[state].text,
    printable(description?.summary ?? ''),
    String(pods.length),
    String(workloads.length),
    printable(nameUsers([...pods, ...workloads], namespace)),
  ];
}

/** The first few by name, with their namespace where it is not the network's. */
function nameUsers(users: readonly NetworkUser[], home: string): string {
  const named = users
    .slice(0, MOST_USERS)
    .map(({ namespace, name }) => (namespace === home ? name : `${namespace}/${name}`));
  const more = users.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

import { release } from 'node:os';
import { sep } from 'node:path';
import type { Clock } from '../cluster/clock.ts';
import type { ContextView } from '../contract/contexts.ts';
import type { Check } from '../contract/diagnosis.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { KubeconfigFile, Snapshot } from '../contract/updates.ts';
import { count } from '../guard/decision.ts';
import { mapBounded } from './bounded.ts';
import type { KeptContext } from './kept-context.ts';

export interface ReportSubject {
  readonly snapshot: Snapshot;
  readonly contexts: readonly KeptContext[];
  readonly homeDirectory: string;
  readonly clock: Clock;
}

const MOST_ENTRIES = 50;
const MOST_AT_ONCE = 8;
/** For all contexts together: somebody waits for it. */
const LIMIT_MS = 30_000;

type Checks = ReadonlyMap<string, readonly Check[]>;

/**
 * All that helps to find a fault, as text (Markdown): it has no place for a secret, and names of the user's home are
 * written as `~`. Watched contexts are looked at anew, for half a minute at most.
 */
export async function writeReport({
  snapshot,
  contexts,
  homeDirectory,
  clock,
}: ReportSubject): Promise<string> {
  const checks = await diagnoseAll(contexts, clock);
  const { version, dataFolder, settings, notices, kubeconfigFiles, journal, isDemo } = snapshot;
  const parts = [
    '# NetKeeper troubleshooting report',
    facts({
      Made: new Date(clock.now()).toISOString(),
      Version: version,
      Platform: `${process.platform} ${process.arch}, ${release()}`,
      Runtime: runtime(),
      'Data folder': dataFolder ?? (isDemo ? 'none: these are demo clusters' : 'none: nothing is kept'),
    }),
    '## Kubeconfig files',
    list(kubeconfigFiles.flatMap(describeFile)),
    '## Contexts',
    ...snapshot.contexts.flatMap((context) => describeContext(context, checks)),
    '## Notices',
    list(notices.map(({ message }) => message)),
    `## The end of the journal, newest first (at most ${MOST_ENTRIES} entries)`,
    list(journal.slice(0, MOST_ENTRIES).map(describeEntry)),
    '## Settings',
    ['```json', ...JSON.stringify(settings, undefined, 2).split('\n').map(printable), '```'].join('\n'),
  ];
  return `${withoutHome(parts.join('\n\n'), homeDirectory)}\n`;
}

async function diagnoseAll(contexts: readonly KeptContext[], clock: Clock): Promise<Checks> {
  const limit = new AbortController();
  const cancel = clock.after(LIMIT_MS, () => limit.abort());
  const watched = contexts.filter(({ mode }) => mode !== 'off');
  const looked = await mapBounded(watched, MOST_AT_ONCE, async (kept) => {
    // Not begun any more: a credential plugin could be started for nothing.
    const checks = limit.signal.aborted ? [] : await kept.diagnose(limit.signal);
    return [kept.context.key, checks] as const;
  });
  cancel();
  return new Map(looked);
}

function runtime(): string {
  const { node, electron } = process.versions;
  return electron === undefined ? `Node.js ${node}` : `Node.js ${node}, Electron ${electron}`;
}

function describeFile({ file, source, isThere, contexts, problems }: KubeconfigFile): readonly string[] {
  const found = isThere ? count(contexts, 'context') : 'not there';
  return [`${file} (${source}): ${found}`, ...problems.map((problem) => `${file} ${problem}`)];
}

function describeContext(context: ContextView, checks: Checks): readonly string[] {
  const { id, name, server, mode, phase, problem, isProtected, isCurrent, itemsRead } = context;
  const { networks, inUse, missing, attention } = context;
  const looked = describeChecks(checks.get(id));
  return [
    `### ${printable(name)}`,
    facts({
      Id: id,
      Server: hostOf(server),
      Mode: [mode, isProtected ? 'protected' : '', isCurrent ? 'current context' : '']
        .filter((word) => word !== '')
        .join(', '),
      Phase: phase,
      Problem: problem === undefined ? 'none' : `${problem.code}: ${problem.message} ${problem.remedy}`,
      Networks: `${networks}, of which ${inUse} in use; ${missing} missing, ${attention} need attention`,
      Data: ageOf(context),
      'Objects read': String(itemsRead),
    }),
    list(looked),
  ];
}

function ageOf({ phase, staleSince }: ContextView): string {
  if (staleSince !== undefined) return `as of ${new Date(staleSince).toISOString()}`;
  return phase === 'watching' ? 'live' : 'none';
}

function describeChecks(checks: readonly Check[] | undefined): readonly string[] {
  if (checks === undefined) return ['Not looked at: it is off.'];
  if (checks.length === 0) return ['Not looked at: there was no time left.'];
  return checks.map(({ title, status, message }) => `${status}: ${title}: ${message}`);
}

function describeEntry({ time, contextName, event, message, by, missed, tookMs }: JournalEntry): string {
  const details = [
    by === undefined ? '' : `by ${by}`,
    missed ? 'missed' : '',
    tookMs === undefined ? '' : `${tookMs} ms`,
  ].filter((detail) => detail !== '');
  const end = details.length === 0 ? '' : ` (${details.join(', ')})`;
  return `${time} ${contextName} ${event}: ${message}${end}`;
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : 'none';
}

function facts(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `- ${name}: ${printable(value)}`)
    .join('\n');
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? 'none' : lines.map((line) => `- ${printable(line)}`).join('\n');
}

/** What came from a cluster or a file stays on its line, and turns no text around. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

function withoutHome(text: string, homeDirectory: string): string {
  if (homeDirectory.length < 2) return text;
  const home = `${homeDirectory}${sep}`;
  const inJson = (path: string) => JSON.stringify(path).slice(1, -1);
  return text.replaceAll(home, `~${sep}`).replaceAll(inJson(home), inJson(`~${sep}`));
}

import type { Clock } from '../cluster/clock.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { NetworkName, NetworkView } from '../contract/networks.ts';
import type { Settings } from '../contract/settings.ts';
import type { Snapshot } from '../contract/updates.ts';
import type { UsageIndex } from '../guard/usage.ts';
import { networkKey } from '../guard/users.ts';
import type { JournalStore } from '../store/journal.ts';
import type { SettingsStore } from '../store/settings.ts';
import { CommandError } from './command-error.ts';
import { isOff, needsConfirmation, notGone, requireRestored, requireUndone } from './command-refusals.ts';
import type { CommandHandlers } from './commands.ts';
import { findUsers } from './find-users.ts';
import { toCsv, toJson } from './journal-export.ts';
import type { KeptContext } from './kept-context.ts';
import type { KeptContexts } from './kept-contexts.ts';
import { readNetworkDetail } from './network-detail.ts';
import { writeManifest } from './network-manifests.ts';
import { viewNetwork } from './network-views.ts';
import type { Session } from './session.ts';
import { withChange, withContext, withLook, withoutPause } from './settings-changes.ts';
import { writeReport } from './troubleshooting-report.ts';
import { mapUsage } from './usage-map.ts';

/** What the commands work on. */
export interface CommandSubject {
  readonly contexts: KeptContexts;
  readonly settings: SettingsStore;
  readonly journal: JournalStore;
  readonly clock: Clock;
  /** Written as `~` in the report. */
  readonly homeDirectory: string;
  readonly snapshot: () => Snapshot;
  /** Reads the kubeconfig anew. */
  readonly reload: () => Promise<void>;
}

const MINUTE_MS = 60_000;

export function createCommandHandlers(subject: CommandSubject): CommandHandlers {
  const { contexts, settings, journal, clock, snapshot, reload } = subject;
  const now = () => clock.now();
  const find = (id: string) => findContext(contexts, id);
  const change = (make: (before: Settings) => Settings): null => {
    settings.set(make(settings.get()));
    return null;
  };
  const changeContext = (id: string, make: (before: Settings, context: KubeContext) => Settings): null => {
    const { context } = find(id);
    return change((before) => make(before, context));
  };
  return {
    snapshot,
    networkDetail: (args) => {
      const kept = find(args.context);
      const key = networkKey(args.namespace, args.name);
      return readNetworkDetail(findNetwork(kept, args), key, kept.session, journal.all());
    },
    findUsers: ({ words }) => findUsers(words, usages(contexts)),
    usageMap: ({ context }) => {
      const { usage, known } = findSession(find(context));
      return mapUsage(usage, (network) => known.get(network) !== undefined);
    },
    manifests: ({ context, networks }) => {
      const { known } = findSession(find(context));
      return networks.map(({ namespace, name }) => {
        const manifest = writeManifest(known, networkKey(namespace, name));
        return { namespace, name, ...(manifest !== undefined && { manifest }) };
      });
    },
    undoRestore: async ({ isConfirmed: _, ...name }) => {
      const outcome = await findSession(find(name.context)).undoRestore(
        networkKey(name.namespace, name.name),
      );
      requireUndone(name, outcome);
      return null;
    },
    diagnose: async ({ context }) => ({ context, checks: await find(context).diagnose() }),
    troubleshootingReport: async () => ({
      fileName: `netkeeper-report-${today(now())}.txt`,
      text: await writeReport({ ...subject, snapshot: snapshot(), contexts: [...contexts.all()] }),
    }),
    journal: ({ before, limit }) => [
      ...(before === undefined ? journal.newest(limit) : journal.before(before, limit)),
    ],
    setMode: ({ context, mode, isConfirmed = false }) => {
      const isProtected = settings.get().contexts[context]?.isProtected ?? false;
      if (isProtected && !isConfirmed && find(context).mode !== mode) throw needsConfirmation(find(context));
      return changeContext(context, (before) => withContext(before, context, { mode }));
    },
    retryContext: ({ context }) => {
      const kept = find(context);
      if (kept.mode === 'off') throw isOff(kept);
      kept.retryNow();
      return null;
    },
    setContextLook: ({ context, look }) =>
      changeContext(context, (before) => withLook(before, context, look)),
    setProtected: ({ context, isProtected }) =>
      changeContext(context, (before) => withContext(before, context, { isProtected })),
    setMuted: ({ context, isMuted }) =>
      changeContext(context, (before) => withContext(before, context, { isMuted })),
    trustPlugin: ({ context }) =>
      changeContext(context, (before, kubeContext) => ({
        ...before,
        trustedFiles: [...before.trustedFiles, ...contexts.untrustedFiles(kubeContext, before)],
      })),
    restoreNetwork: async (args) => {
      const outcome = await findSession(find(args.context)).restoreAsked(
        networkKey(args.namespace, args.name),
      );
      requireRestored(args, outcome);
      return null;
    },
    letGoNetwork: (args) => {
      if (findSession(find(args.context)).release(networkKey(args.namespace, args.name))) return null;
      throw notGone(args);
    },
    pause: ({ minutes }) =>
      change((before) => ({
        ...before,
        pausedUntil: minutes === undefined ? 'never' : now() + minutes * MINUTE_MS,
      })),
    resume: () => change(withoutPause),
    changeSettings: async (args) => {
      change((before) => withChange(before, args));
      if (args.kubeconfigFiles !== undefined) await reload();
      return null;
    },
    reloadKubeconfig: async () => {
      await reload();
      return null;
    },
    exportJournal: ({ format }) => {
      const entries = journal.all();
      const text = format === 'csv' ? toCsv(entries) : toJson(entries);
      return { fileName: `netkeeper-journal-${today(now())}.${format}`, text };
    },
  };
}

function* usages(contexts: KeptContexts): Iterable<readonly [string, UsageIndex]> {
  for (const { context, session } of contexts.all()) if (session) yield [context.key, session.usage];
}

function findContext(contexts: KeptContexts, id: string): KeptContext {
  const kept = contexts.get(id);
  if (kept !== undefined) return kept;
  throw new CommandError(
    'unknownContext',
    'This context is in no kubeconfig file any more.',
    'Choose another one, or read the kubeconfig anew.',
  );
}

function findSession(kept: KeptContext): Session {
  if (kept.mode === 'off') throw isOff(kept);
  if (kept.session !== undefined) return kept.session;
  throw new CommandError(
    'notConnected',
    `${kept.context.name} is not being watched at the moment.`,
    'Wait until it is, or see what is wrong with the context.',
  );
}

function findNetwork(kept: KeptContext, { namespace, name, context }: NetworkName): NetworkView {
  const key = networkKey(namespace, name);
  const view = kept.session ? viewNetwork(kept.session, context, key) : kept.networks.get(key);
  if (view !== undefined) return view;
  throw new CommandError(
    'unknownNetwork',
    `Nothing is known of ${key} in ${kept.context.name}.`,
    'It may have been forgotten meanwhile; look at the list again.',
  );
}

/** For the name of a file, in UTC. */
function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

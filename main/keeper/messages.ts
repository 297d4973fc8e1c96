import type { Decision, LetGoReason } from '../guard/decision.ts';
import { describeUse } from '../guard/decision.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import type { ContextEvent, FailReason, UserName } from './events.ts';
import { MOST_USERS } from './events.ts';

const MOST_NAMED = 3;

/** Who uses a network, short enough for a message. */
export interface UserSummary {
  /** At most MOST_USERS, pods first. */
  readonly users: readonly UserName[];
  readonly pods: number;
  readonly templates: number;
  readonly count: number;
}

/** The users of a network without those pods that were ruled out by uid. */
export function summarise(
  usage: UsageIndex,
  key: NetworkKey,
  ruledOut: ReadonlySet<string> = new Set(),
): UserSummary {
  const pods = usage.pods(key);
  const templates = usage.templates(key);
  let ruledOutPods = 0;
  if (ruledOut.size > 0) for (const { uid } of pods) if (ruledOut.has(uid)) ruledOutPods += 1;
  const living = pods.size - ruledOutPods;
  return {
    users: firstUsers([pods, templates], ruledOut),
    pods: living,
    templates: templates.size,
    count: living + templates.size,
  };
}

function firstUsers(groups: readonly Iterable<NetworkUser>[], ruledOut: ReadonlySet<string>): UserName[] {
  const users: UserName[] = [];
  for (const group of groups) {
    for (const { kind, namespace, name, uid } of group) {
      if (users.length === MOST_USERS) return users;
      if (!ruledOut.has(uid)) users.push({ kind, namespace, name });
    }
  }
  return users;
}

type Event<Name extends ContextEvent['event']> = Extract<ContextEvent, { event: Name }>;

export function deleting(network: NetworkObject, users: UserSummary): Event<'deleting'> {
  const waitsFor = (network.metadata.finalizers ?? []).join(', ');
  const message = `${nameOf(network)} is being deleted and waits for ${waitsFor || 'its finalizers'}; ${inWords(users, network.metadata.namespace)}`;
  return { event: 'deleting', ...about(network), ...usersOf(users), message };
}

export function deleted(network: NetworkObject, missed: boolean, users: UserSummary): Event<'deleted'> {
  const when = missed ? 'was deleted while nobody watched' : 'was deleted';
  const message = `${nameOf(network)} ${when}; ${describeUse(users.pods, users.templates)}`;
  return { event: 'deleted', ...about(network), missed, ...usersOf(users), message };
}

export function restored(
  network: NetworkObject,
  how: { by: 'self' | 'other'; missed: boolean; tookMs: number },
  users: UserSummary,
): Event<'restored'> {
  const what = how.by === 'self' ? 'Brought back' : 'Somebody else brought back';
  const message = `${what} ${nameOf(network)}: ${inWords(users, network.metadata.namespace)}`;
  return { event: 'restored', ...about(network), ...how, ...usersOf(users), message };
}

export function asked(
  network: NetworkObject,
  { reason, why }: Extract<Decision, { action: 'ask' }>,
  missed: boolean,
  users: UserSummary,
): Event<'asked'> {
  const message = `${nameOf(network)} is gone and was not brought back by itself: ${why}`;
  return { event: 'asked', ...about(network), reason, missed, ...usersOf(users), message };
}

export function letGo(
  network: NetworkObject,
  reason: LetGoReason,
  why: string,
  missed: boolean,
): Event<'letGo'> {
  const message = `${nameOf(network)} stays away: ${why}`;
  return { event: 'letGo', ...about(network), reason, missed, message };
}

export function held(
  network: NetworkObject,
  why: string,
  fieldManagers: readonly string[],
  users: UserSummary,
): Event<'held'> {
  const who = fieldManagers.length === 0 ? '' : ` Written by: ${fieldManagers.join(', ')}.`;
  const message = `${nameOf(network)} is not brought back again: ${why}. Somebody wants it gone; find out who.${who}`;
  return { event: 'held', ...about(network), fieldManagers, ...usersOf(users), message };
}

export function failed(
  network: NetworkObject,
  reason: FailReason,
  message: string,
  users: UserSummary,
): Event<'failed'> {
  return { event: 'failed', ...about(network), reason, ...usersOf(users), message };
}

export function stray(key: NetworkKey): Event<'stray'> {
  const message = `${key} was brought back, and its last user has gone since; delete it if it is not wanted`;
  return { event: 'stray', ...splitKey(key), message };
}

export function missing(key: NetworkKey, users: UserSummary): Event<'missing'> {
  const about = splitKey(key);
  const message = `${key} does not exist and no copy of it is known: ${inWords(users, about.namespace)}`;
  return { event: 'missing', ...about, ...usersOf(users), message };
}

export function splitKey(key: NetworkKey): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

function nameOf({ metadata }: NetworkObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function about({ metadata }: NetworkObject): { namespace: string; name: string } {
  return { namespace: metadata.namespace, name: metadata.name };
}

function usersOf(users: UserSummary): { users: readonly UserName[]; userCount: number } {
  return { users: users.users, userCount: users.count };
}

/** `2 pods use it (a, other/b)`: the first few by name, with their namespace where it is not the network's. */
function inWords({ pods, templates, users, count: all }: UserSummary, home: string): string {
  const use = describeUse(pods, templates);
  if (all === 0) return use;
  const named = users
    .slice(0, MOST_NAMED)
    .map(({ namespace, name }) => (namespace === home ? name : `${namespace}/${name}`));
  const more = all - named.length;
  return `${use} (${named.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''})`;
}

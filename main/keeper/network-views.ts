import type { NetworkName, NetworkState, NetworkView } from '../contract/networks.ts';
import { describeNetwork } from '../guard/cni.ts';
import { managedBy } from '../guard/managed-by.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import { networkKey } from '../guard/users.ts';
import { splitKey } from './messages.ts';
import type { Session } from './session.ts';

export interface NetworkCounts {
  /** That are there. */
  readonly networks: number;
  readonly inUse: number;
  readonly missing: number;
  /** About which a person has to do something. */
  readonly attention: number;
}

export interface NetworkChanges {
  readonly changed: readonly NetworkView[];
  readonly gone: readonly NetworkName[];
}

/**
 * The networks of one context as windows show them. A change costs no more than a mark here; views are built when
 * `refresh` asks for them, each once, however often its network was touched in between.
 */
export class NetworkViews {
  readonly #context: string;
  readonly #views = new Map<NetworkKey, NetworkView>();
  readonly #touched = new Set<NetworkKey>();
  readonly #gone: NetworkName[] = [];
  readonly #states = new Map<NetworkState, number>();
  #inUse = 0;

  constructor(context: string) {
    this.#context = context;
  }

  touch(key: NetworkKey): void {
    this.#touched.add(key);
  }

  /** Another stay at the cluster has read everything: all is looked at anew. */
  touchAll(session: NetworkFacts): void {
    for (const key of session.networks()) this.#touched.add(key);
    for (const key of this.#views.keys()) this.#touched.add(key);
  }

  /** Nothing is known of this context any more. */
  clear(): void {
    for (const key of [...this.#views.keys()]) this.#forget(key);
    this.#touched.clear();
  }

  /** What changed since the last call. Without a session nothing new can be told, and the views stay as they are. */
  refresh(session: NetworkFacts | undefined): NetworkChanges {
    const changed: NetworkView[] = [];
    if (session !== undefined) {
      for (const key of this.#touched) {
        const view = viewNetwork(session, this.#context, key);
        if (view === undefined) this.#forget(key);
        else if (this.#replace(key, view)) changed.push(view);
      }
      this.#touched.clear();
    }
    // What was forgotten and is known again is not gone.
    const isGone = ({ namespace, name }: NetworkName) => !this.#views.has(networkKey(namespace, name));
    return { changed, gone: this.#gone.splice(0).filter(isGone) };
  }

  /** As it was last shown. */
  get(key: NetworkKey): NetworkView | undefined {
    return this.#views.get(key);
  }

  all(): Iterable<NetworkView> {
    return this.#views.values();
  }

  get counts(): NetworkCounts {
    const count = (...states: readonly NetworkState[]) =>
      states.reduce((sum, state) => sum + (this.#states.get(state) ?? 0), 0);
    return {
      networks: count('inUse', 'unused', 'deleting'),
      inUse: this.#inUse,
      missing: count('missing'),
      attention: count('asked', 'held', 'failed'),
    };
  }

  #replace(key: NetworkKey, view: NetworkView): boolean {
    const before = this.#views.get(key);
    if (before !== undefined && isSame(before, view)) return false;
    this.#count(before, -1);
    this.#count(view, 1);
    this.#views.set(key, view);
    return true;
  }

  #forget(key: NetworkKey): void {
    const before = this.#views.get(key);
    if (before === undefined) return;
    this.#views.delete(key);
    this.#count(before, -1);
    const { context, namespace, name } = before;
    this.#gone.push({ context, namespace, name });
  }

  #count(view: NetworkView | undefined, step: 1 | -1): void {
    if (view === undefined) return;
    const { state, pods, workloads } = view;
    this.#states.set(state, (this.#states.get(state) ?? 0) + step);
    if (state === 'inUse' || (state === 'deleting' && pods + workloads > 0)) this.#inUse += step;
  }
}

/** What a session knows of networks. */
export type NetworkFacts = Pick<Session, 'known' | 'usage' | 'caseOf' | 'isMissing' | 'networks'>;

/** One network as windows show it; undefined for one that nothing is told of. */
export function viewNetwork(
  session: NetworkFacts,
  context: string,
  key: NetworkKey,
): NetworkView | undefined {
  const state = stateOf(session, key);
  if (state === undefined) return undefined;
  const copy = session.known.get(key)?.copy;
  return {
    context,
    ...splitKey(key),
    state,
    pods: session.usage.pods(key).size,
    workloads: session.usage.templates(key).size,
    ...(copy !== undefined && describe(copy)),
  };
}

function stateOf(session: NetworkFacts, key: NetworkKey): NetworkState | undefined {
  const known = session.known.get(key);
  if (known === undefined) return session.isMissing(key) ? 'missing' : undefined;
  if (known.goneAt !== undefined) return goneState(session, key);
  if (known.isEnding) return 'deleting';
  const isUsed = session.usage.pods(key).size + session.usage.templates(key).size > 0;
  return isUsed ? 'inUse' : 'unused';
}

function goneState(session: NetworkFacts, key: NetworkKey): NetworkState {
  const state = session.caseOf(key);
  switch (state) {
    case 'queued':
    case 'undecided':
    case 'waitingForOwner':
    case 'restoring':
      return 'restoring';
    case 'asking':
      return 'asked';
    case 'held':
      return 'held';
    case 'refused':
      return 'failed';
    case 'letGo':
    case undefined:
      return 'letGo';
  }
}

type Description = Pick<NetworkView, 'summary' | 'type' | 'parent' | 'managedBy' | 'createdAt'>;

/** A network object is never changed, only replaced: what it says is read once. */
const descriptions = new WeakMap<NetworkObject, Description>();

function describe(network: NetworkObject): Description {
  const known = descriptions.get(network);
  if (known !== undefined) return known;
  const { annotations = {}, creationTimestamp } = network.metadata;
  const manager = managedBy(network);
  const said = describeNetwork(network.spec?.config, annotations);
  const { type, parent } = said.kind === 'plugin' ? said : {};
  const description = {
    summary: said.summary,
    ...(type !== undefined && { type }),
    ...(parent !== undefined && { parent }),
    ...(manager !== undefined && { managedBy: manager }),
    ...(creationTimestamp !== undefined && { createdAt: creationTimestamp }),
  };
  descriptions.set(network, description);
  return description;
}

function isSame(one: NetworkView, other: NetworkView): boolean {
  return (
    one.state === other.state &&
    one.pods === other.pods &&
    one.workloads === other.workloads &&
    one.summary === other.summary &&
    one.type === other.type &&
    one.parent === other.parent &&
    one.managedBy === other.managedBy &&
    one.createdAt === other.createdAt
  );
}

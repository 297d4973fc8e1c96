/**
 * What happened in a history, by the word of the cluster itself, and what a keeper may and must do about it.
 *
 * May. Each create of a network that reaches the server's rules, whatever its answer, must have
 *  - a keeper in mode `restore`;
 *  - a live read before it that found a living pod that names the network. Reads count from the last moment at which
 *    the network was there and the keeper had seen everything (a sync);
 *  - the spec, labels and annotations that the network had at that sync or since. Where it changed between two syncs
 *    the keeper may have missed the change (a relist shows no past), so any of them is right; else there is but one.
 *    What it became while it waited for its finalizers is right only where the keeper may not have seen it before.
 *    Nothing else of the metadata, and never a network that had an owner;
 *  - no let-go before it that was final: told, and no pod that names the network now did so within the provisional
 *    minute after that. A keeper that starts anew may decide anew on what it had let go less than a minute before; one
 *    that was killed may have forgotten that it let go.
 *  - fewer than the limit of creates within the fight window and this life of the keeper. A create whose answer was
 *    lost may not be counted.
 * And nothing else is written but Kubernetes Events on what was brought back.
 *
 * Must. A network is there again at the end if, when it was deleted, a living pod named it that does so to the end,
 * both were there at a sync, nobody owned it, its namespace stayed, and the last keeper is in mode `restore`. So it is
 * if such a pod was first there at a sync within the provisional minute after. A keeper that was killed must know the
 * network by its disk. Held by the fight limit, it need not be.
 */
import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { DEFAULT_POLICY } from '../../main/guard/decision.ts';
import type { KeeperEvent } from '../../main/keeper/events.ts';
import { KEYS } from './history-steps.ts';
import { NETWORKS_ANNOTATION } from './objects.ts';

const NAD = 'NetworkAttachmentDefinition';

export interface Content {
  readonly spec: unknown;
  readonly labels: unknown;
  readonly annotations: unknown;
}

/** The deletion of a network that is gone now. */
interface Death {
  readonly at: number;
  readonly content: Content;
  /** Uids of the pods that used it and still do. */
  readonly users: Set<string>;
}

interface Grant {
  /** Since when one of the pods that use it has named it. */
  readonly oldestUse: number;
}

/** What counts for a create, as it was when that arrived: the create itself changes it. */
interface Situation {
  readonly at: number;
  readonly grants: ReadonlyMap<string, Grant>;
  readonly contents: ReadonlyMap<string, readonly Content[]>;
  readonly letGo: ReadonlyMap<string, number>;
}

/** One life of a keeper. */
export interface Life {
  readonly mode: 'restore' | 'ask';
  readonly creates: { readonly key: string; readonly at: number }[];
  lostAnswers: number;
}

export class Ledger {
  life: Life = { mode: 'restore', creates: [], lostAnswers: 0 };
  readonly #server: ApiServer;
  readonly #now: () => number;
  /** By network: all that it was at the last sync and since. */
  readonly #contents = new Map<string, Content[]>();
  /** By uid: what a network was when it was last not being deleted. */
  readonly #wanted = new Map<string, Content>();
  readonly #owned = new Set<string>();
  readonly #grants = new Map<string, Grant>();
  readonly #letGo = new Map<string, number>();
  readonly #deaths = new Map<string, Death>();
  /** Uids of networks and pods that the keeper has seen for sure. */
  #seen = new Set<string>();
  /** By pod uid and network: since when. */
  readonly #uses = new Map<string, Map<string, number>>();
  #checked = 0;
  readonly #atWrite: Situation[] = [];

  /** `hearEvents` has all that the keeper has said so far told. */
  constructor(server: ApiServer, now: () => number, hearEvents: () => void) {
    this.#server = server;
    this.#now = now;
    server.onRequest((request) => {
      const { verb, resource, query } = request;
      if (verb === 'list' && resource === 'pods')
        this.#liveRead(request.namespace, query.get('fieldSelector'));
      if (verb !== 'create') return;
      hearEvents();
      this.#atWrite[server.writes.length] = this.#situation();
    });
  }

  /** Called after everything that a step did to the cluster. */
  observe(): void {
    for (const key of KEYS) {
      const network = this.network(key);
      if (network !== undefined) this.#observeNetwork(key, network);
    }
    const pods = this.#livingPods();
    for (const pod of pods) {
      const named = namedBy(pod);
      const uses = this.#uses.get(uidOf(pod)) ?? new Map<string, number>();
      this.#uses.set(uidOf(pod), uses);
      for (const key of uses.keys()) if (!named.includes(key)) uses.delete(key);
      for (const key of named) if (!uses.has(key)) uses.set(key, this.#now());
    }
    for (const [key, { users }] of this.#deaths) {
      const still = new Set(this.#users(key).map(uidOf));
      for (const uid of users) if (!still.has(uid)) users.delete(uid);
    }
  }

  /** Called before a step that may delete networks; the result is called after it. */
  beforeDeletion(): () => void {
    const before = new Map(KEYS.map((key) => [key, this.network(key)]));
    return () => {
      for (const [key, network] of before) {
        if (network !== undefined && uidOf(this.network(key)) !== uidOf(network)) this.#died(key, network);
      }
    };
  }

  /** The keeper watches, nothing is broken and nothing under way: it has seen all that there is. */
  synced(): void {
    for (const key of KEYS) {
      const network = this.network(key);
      if (network === undefined) continue;
      // One that is seen for the first time while it is being deleted is known as it is then.
      const isSeen = this.#seen.has(uidOf(network));
      this.#contents.set(key, [this.#wantedOf(network), ...(isSeen ? [] : [contentOf(network)])]);
      this.#grants.delete(key);
      this.#seen.add(uidOf(network));
    }
    for (const pod of this.#livingPods()) this.#seen.add(uidOf(pod));
    for (const [key, { at, users }] of this.#deaths) {
      if (this.#now() >= at + DEFAULT_POLICY.provisionalMs) continue;
      for (const pod of this.#users(key)) users.add(uidOf(pod));
    }
  }

  /** A namespace goes: what was in it need not come back. */
  namespaceWent(namespace: string): void {
    for (const key of this.#deaths.keys()) if (key.startsWith(`${namespace}/`)) this.#deaths.delete(key);
  }

  told(event: KeeperEvent): void {
    if (event.event !== 'letGo') return;
    const isProvisional = event.reason === 'unused' || event.reason === 'usersGone';
    if (isProvisional) this.#letGo.set(`${event.namespace}/${event.name}`, this.#now());
  }

  /** A new life begins; `onDisk` is what a killed one left of the networks that it knew. */
  begin(mode: Life['mode'], onDisk?: ReadonlyMap<string, Content>): void {
    this.life = { mode, creates: [], lostAnswers: 0 };
    for (const [key, at] of this.#letGo) {
      const isForgotten = onDisk !== undefined || this.#now() - at <= DEFAULT_POLICY.provisionalMs;
      if (isForgotten) this.#letGo.delete(key);
    }
    if (onDisk === undefined) return;
    for (const [key, { content }] of this.#deaths) {
      if (!isDeepStrictEqual(onDisk.get(key), content)) this.#deaths.delete(key);
    }
    for (const key of KEYS) {
      const network = this.network(key);
      const isKnown = network !== undefined && isDeepStrictEqual(onDisk.get(key), this.#wantedOf(network));
      if (!isKnown) this.#seen.delete(uidOf(network));
      const copy = onDisk.get(key);
      if (copy !== undefined) this.#contents.set(key, [...(this.#contents.get(key) ?? []), copy]);
    }
  }

  /** Throws what a keeper did and should not have done since the last call. */
  check(): void {
    const { writes } = this.#server;
    for (; this.#checked < writes.length; this.#checked += 1) {
      const write = writes[this.#checked];
      const body = (write?.body ?? {}) as KubernetesObject;
      if (write?.method !== 'POST') throw new Error(`It wrote ${write?.method} ${write?.path}.`);
      if (body.kind === 'Event') this.#checkEvent(body);
      else this.#checkCreate(body, write.code, this.#atWrite[this.#checked]);
    }
  }

  /** What must be there and is not, in words; empty when all is well. */
  missing(): string[] {
    if (this.life.mode !== 'restore') return [];
    return [...this.#deaths]
      .filter(([key, { users }]) => users.size > 0 && !this.#isHeld(key))
      .map(
        ([key, { users }]) => `${key} is not there, though ${users.size} of the pods that used it still do`,
      );
  }

  network(key: string): KubernetesObject | undefined {
    const [namespace = '', name = ''] = key.split('/');
    return this.#server.get(NAD, namespace, name);
  }

  #observeNetwork(key: string, network: KubernetesObject): void {
    const contents = this.#contents.get(key) ?? [];
    if (network.metadata?.deletionTimestamp === undefined)
      this.#wanted.set(uidOf(network), contentOf(network));
    const content = this.#seen.has(uidOf(network)) ? this.#wantedOf(network) : contentOf(network);
    if (!contents.some((each) => isDeepStrictEqual(each, content))) contents.push(content);
    this.#contents.set(key, contents);
    if (network.metadata?.ownerReferences !== undefined) this.#owned.add(fingerprint(content));
    this.#letGo.delete(key);
    this.#deaths.delete(key);
  }

  #wantedOf(network: KubernetesObject): Content {
    return this.#wanted.get(uidOf(network)) ?? contentOf(network);
  }

  #died(key: string, network: KubernetesObject): void {
    const { metadata = {} } = network;
    const users = this.#users(key)
      .map(uidOf)
      .filter((uid) => this.#seen.has(uid));
    const isActive = this.#server.get('Namespace', '', metadata.namespace ?? '')?.status?.phase === 'Active';
    const mustReturn = this.#seen.has(uidOf(network)) && metadata.ownerReferences === undefined && isActive;
    // A new one stands there already: that was a replacement.
    if (mustReturn && this.network(key) === undefined) {
      this.#deaths.set(key, { at: this.#now(), content: this.#wantedOf(network), users: new Set(users) });
    }
  }

  #situation(): Situation {
    return {
      at: this.#now(),
      grants: new Map(this.#grants),
      contents: new Map([...this.#contents].map(([key, contents]) => [key, [...contents]])),
      letGo: new Map(this.#letGo),
    };
  }

  #liveRead(namespace: string, selector: string | null): void {
    const [, name] = /metadata\.name=([^,]+)/.exec(selector ?? '') ?? [];
    const pod = this.#livingPods().find(
      ({ metadata }) => metadata?.namespace === namespace && metadata?.name === name,
    );
    if (pod === undefined) return;
    for (const key of namedBy(pod)) {
      const uses = this.#users(key).map((each) => this.#uses.get(uidOf(each))?.get(key) ?? this.#now());
      this.#grants.set(key, { oldestUse: Math.min(...uses) });
    }
  }

  #checkCreate(body: KubernetesObject, code: number, situation: Situation | undefined): void {
    const { name, namespace, labels: _labels, annotations: _annotations, ...rest } = body.metadata ?? {};
    const key = `${namespace}/${name}`;
    const error = (why: string) => new Error(`It created ${key} (answer ${code}) ${why}.`);
    const content = contentOf(body);
    if (situation === undefined) throw error('unseen');
    const { at, grants, contents, letGo } = situation;
    const grant = grants.get(key);
    if (body.kind !== NAD) throw error(`of kind ${body.kind}`);
    if (Object.keys(rest).length > 0) throw error(`with ${Object.keys(rest).join(', ')}`);
    if (this.life.mode !== 'restore') throw error('though it should ask');
    if (!(contents.get(key) ?? []).some((each) => isDeepStrictEqual(each, content))) {
      throw error(`as it never was: ${fingerprint(content)}`);
    }
    if (this.#owned.has(fingerprint(content))) throw error('though somebody owns it');
    if (grant === undefined) throw error('without a live read of a pod that uses it');
    const letGoAt = letGo.get(key);
    if (letGoAt !== undefined && grant.oldestUse > letGoAt + DEFAULT_POLICY.provisionalMs) {
      throw error(`though it was let go ${grant.oldestUse - letGoAt} ms before a pod named it`);
    }
    if (code === 201) this.#countCreate(key, at, error);
  }

  #countCreate(key: string, at: number, error: (why: string) => Error): void {
    const { creates, lostAnswers } = this.life;
    creates.push({ key, at });
    if (this.#recentCreates(key, at) > DEFAULT_POLICY.fightLimit + lostAnswers)
      throw error('more often than the limit');
  }

  #recentCreates(key: string, at: number): number {
    return this.life.creates.filter((each) => each.key === key && each.at > at - DEFAULT_POLICY.fightWindowMs)
      .length;
  }

  #checkEvent({ reason, regarding }: KubernetesObject): void {
    const { namespace, name } = regarding as { namespace?: string; name?: string };
    const isOurs = this.#server.writes.some(({ body, code }) => {
      const { kind, metadata } = body as KubernetesObject;
      return kind === NAD && code === 201 && metadata?.namespace === namespace && metadata?.name === name;
    });
    if (reason !== 'Resurrected' || !isOurs) throw new Error(`It left an event on ${namespace}/${name}.`);
  }

  #isHeld(key: string): boolean {
    return this.#recentCreates(key, this.#now()) >= DEFAULT_POLICY.fightLimit;
  }

  #livingPods(): KubernetesObject[] {
    return this.#server
      .list('Pod')
      .filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
  }

  #users(key: string): KubernetesObject[] {
    return this.#livingPods().filter((pod) => namedBy(pod).includes(key));
  }
}

export function contentOf({ spec, metadata }: KubernetesObject): Content {
  return { spec: spec ?? {}, labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {} };
}

function fingerprint(content: Content): string {
  return JSON.stringify(content);
}

/** Pods of a history name networks as `namespace/name` only. */
function namedBy({ metadata }: KubernetesObject): string[] {
  return (metadata?.annotations?.[NETWORKS_ANNOTATION] ?? '').split(',').filter((key) => key !== '');
}

function uidOf(object: KubernetesObject | undefined): string {
  return object?.metadata?.uid ?? '';
}

import type { WorkloadKind } from './users.ts';

/** What made a pod. */
export interface Owner {
  /** `Deployment`, or whatever kind the pod names. */
  readonly kind: string;
  readonly name: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What a Deployment, and Argo's Rollout, put on their pods: the name of a ReplicaSet of theirs ends with its value. */
const REPLICA_SET_MAKERS = [
  ['pod-template-hash', 'Deployment'],
  ['rollouts-pod-template-hash', 'Rollout'],
] as const;

/** A job that a CronJob makes is named after it and its time (batch, cronjob utils). */
const TIMED_NAME = /^(.+)-[0-9]+$/;

/**
 * What made the pod, as far up as its own metadata tells: its controller, and for a ReplicaSet what made that.
 * Undefined for a pod that nothing made.
 */
export function readOwner(metadata: unknown): Owner | undefined {
  const { ownerReferences, labels } = readObject(metadata);
  if (!Array.isArray(ownerReferences)) return undefined;
  const { kind, name } = readObject(ownerReferences.find((owner) => readObject(owner).controller === true));
  if (typeof kind !== 'string' || typeof name !== 'string' || kind === '' || name === '') return undefined;
  return (
    (kind === 'ReplicaSet' ? readReplicaSetMaker(name, readObject(labels)) : undefined) ?? { kind, name }
  );
}

function readReplicaSetMaker(replicaSet: string, labels: Json): Owner | undefined {
  for (const [label, kind] of REPLICA_SET_MAKERS) {
    const hash = labels[label];
    if (typeof hash !== 'string' || hash === '' || !replicaSet.endsWith(`-${hash}`)) continue;
    const name = replicaSet.slice(0, -hash.length - 1);
    if (name !== '') return { kind, name };
  }
  return undefined;
}

/**
 * One step further up, where a workload that names networks shows that there is one: from a VirtualMachineInstance to
 * its VirtualMachine, from a CronJob's Job to the CronJob. Else the owner as it is.
 */
export function findMaker(owner: Owner, isKnown: (kind: WorkloadKind, name: string) => boolean): Owner {
  const { kind, name } = owner;
  if (kind === 'VirtualMachineInstance' && isKnown('VirtualMachine', name)) {
    return { kind: 'VirtualMachine', name };
  }
  const [, timed] = (kind === 'Job' && TIMED_NAME.exec(name)) || [];
  // Jobs that something owns are not known: one that is belongs to nobody.
  if (timed !== undefined && isKnown('CronJob', timed) && !isKnown('Job', name)) {
    return { kind: 'CronJob', name: timed };
  }
  return owner;
}

/** Beyond this many, sharing begins anew: most of what is in the pool then is of pods that are long gone. */
const MOST_POOLED = 20_000;

/** Equal owners as one object: a hundred thousand pods have far fewer makers, and are kept in memory. */
export class OwnerPool {
  /** By kind, then by name. */
  readonly #owners = new Map<string, Map<string, Owner>>();
  #size = 0;

  share(owner: Owner): Owner {
    const known = this.#owners.get(owner.kind)?.get(owner.name);
    if (known !== undefined) return known;
    if (this.#size >= MOST_POOLED) this.#clear();
    const named = this.#owners.get(owner.kind) ?? new Map<string, Owner>();
    this.#owners.set(owner.kind, named.set(owner.name, owner));
    this.#size += 1;
    return owner;
  }

  #clear(): void {
    this.#owners.clear();
    this.#size = 0;
  }
}

/** An empty object where there is none. */
function readObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import { backoffMs } from '../cluster/backoff.ts';
import type { Clock } from '../cluster/clock.ts';
import { wait } from '../cluster/clock.ts';
import { createNetwork, readLivingPod, readNetwork } from '../cluster/requests.ts';
import type { LetGoReason } from '../guard/decision.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { differences, restorableManifest } from '../guard/manifest.ts';
import type { NetworkUser } from '../guard/users.ts';
import type { FailReason } from './events.ts';
import { keyOf } from './known-networks.ts';

export interface LetGo {
  readonly reason: LetGoReason;
  readonly why: string;
}

export type RestoreOutcome =
  | {
      readonly kind: 'restored';
      readonly by: 'self' | 'other';
      readonly network: NetworkObject;
      /** The server's answer to our create gave it: it is ours beyond doubt. */
      readonly isCertain?: true;
    }
  /** None of the pods that we believed to use it is there any more. */
  | { readonly kind: 'unused' }
  /** The user wants something else by now. */
  | { readonly kind: 'unwanted' }
  | ({ readonly kind: 'letGo' } & LetGo)
  | { readonly kind: 'refused'; readonly reason: FailReason; readonly status: ApiError }
  /** One of the signals ended it. */
  | { readonly kind: 'aborted' };

export interface RestoreOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: () => number;
  /** Rejects if the cluster is another one by now, or does not tell. */
  readonly requireSameCluster: () => Promise<void>;
  /** Called with each 401: a person has to act, and the whole context ends. */
  readonly credentialsRefused: (error: ApiError) => void;
  /** Ends everything at once. */
  readonly stopped: AbortSignal;
  /** Ends it between two requests: a create under way is seen through, for it may have been carried out. */
  readonly closed: AbortSignal;
  /** Whether deletions are still undone without asking. */
  readonly isWanted: () => boolean;
  /** A pod that may still use the network and was not ruled out yet. */
  readonly nextCandidate: () => NetworkUser | undefined;
  readonly ruleOut: (pod: NetworkUser) => void;
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 5_000;

/**
 * Brings a network back: confirms with a live read that a pod uses it, then creates it; two round trips.
 * The network itself is not read before: 409 means that somebody else was first, and that is success.
 * Goes on through everything that may pass (429, 5xx, no answer) for as long as a pod uses the network.
 */
export async function restoreNetwork(
  network: NetworkObject,
  options: RestoreOptions,
): Promise<RestoreOutcome> {
  const { clock, random, stopped, closed } = options;
  const isOver = () => stopped.aborted || closed.aborted;
  const attempt: Attempt = { mayHaveCreated: false };
  for (let failures = 1; ; failures += 1) {
    try {
      // While the server was away a new cluster may have taken its address.
      if (failures > 1) await options.requireSameCluster();
      const isUsed = await isUsedNow(network, options);
      if (isOver()) return { kind: 'aborted' };
      if (isUsed && options.isWanted()) return await create(network, options, attempt);
      // Our own create may have been carried out all the same.
      const there = attempt.mayHaveCreated ? await seeWhatIsThere(network, options, attempt) : undefined;
      return there ?? { kind: isUsed ? 'unwanted' : 'unused' };
    } catch (error) {
      if (isOver()) return { kind: 'aborted' };
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'credentials') options.credentialsRefused(error);
      const pauseMs = backoffMs(failures, BACKOFF_BASE_MS, BACKOFF_CAP_MS, random);
      await wait(clock, Math.max(pauseMs, error.retryAfterMs ?? 0), AbortSignal.any([stopped, closed]));
    }
    if (isOver()) return { kind: 'aborted' };
  }
}

/**
 * Brings a network back because a person asks for it now, whoever uses it: one try, once it is sure that the cluster
 * is still the same. Throws ApiError for what may pass.
 */
export async function restoreOnce(network: NetworkObject, options: CreateOptions): Promise<RestoreOutcome> {
  await options.requireSameCluster();
  return create(network, options, { mayHaveCreated: false });
}

type CreateOptions = Pick<RestoreOptions, 'connection' | 'stopped' | 'requireSameCluster'>;

interface Attempt {
  /** A create got no answer: what stands there now may be ours. */
  mayHaveCreated: boolean;
}

/** Asks the server about one pod after another until one is alive and still names the network. */
async function isUsedNow(network: NetworkObject, options: RestoreOptions): Promise<boolean> {
  const { connection, stopped, nextCandidate, ruleOut } = options;
  const key = keyOf(network);
  for (let pod = nextCandidate(); pod !== undefined; pod = nextCandidate()) {
    const now = await readLivingPod(connection, pod.namespace, pod.name, stopped);
    if (now?.attachments.some((attachment) => attachment.network === key)) return true;
    ruleOut(pod);
  }
  return false;
}

/** One create and what its answer means. Throws ApiError for what may pass. */
async function create(
  network: NetworkObject,
  options: CreateOptions,
  attempt: Attempt,
): Promise<RestoreOutcome> {
  const { connection, stopped } = options;
  try {
    const created = await createNetwork(connection, restorableManifest(network), stopped);
    return { kind: 'restored', by: 'self', network: created, isCertain: true };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'conflict') {
      const there = await seeWhatIsThere(network, options, attempt);
      if (there !== undefined) return there;
    }
    const refusal = explainRefusal(error);
    if (refusal !== undefined) return refusal;
    attempt.mayHaveCreated ||=
      error.code === 'unreachable' ||
      error.code === 'timeout' ||
      error.code === 'server' ||
      error.code === 'badAnswer';
    throw error;
  }
}

/**
 * It seems to exist. The same content is success; another one is somebody's new network, never overwritten.
 * Undefined if there is nothing after all.
 */
async function seeWhatIsThere(
  network: NetworkObject,
  { connection, stopped }: CreateOptions,
  attempt: Attempt,
): Promise<RestoreOutcome | undefined> {
  const { namespace, name } = network.metadata;
  const there = await readNetwork(connection, namespace, name, stopped);
  if (there === undefined) return undefined;
  if (there.metadata.deletionTimestamp !== undefined) {
    throw new ApiError('conflict', `${namespace}/${name} is being deleted again.`);
  }
  const replaced = explainReplaced(network, there);
  if (replaced !== undefined) return { kind: 'letGo', ...replaced };
  return { kind: 'restored', by: attempt.mayHaveCreated ? 'self' : 'other', network: there };
}

/** Why the network is let go for the one that stands under its name now; undefined if the two are the same to a pod. */
export function explainReplaced(network: NetworkObject, there: NetworkObject): LetGo | undefined {
  const paths = differences(there, network);
  if (paths.length === 0) return undefined;
  const verb = paths.length === 1 ? 'differs' : 'differ';
  return {
    reason: 'replaced',
    why: `another network stands under its name now (${paths.join(', ')} ${verb})`,
  };
}

/** Answers that no later try will change by itself; undefined for the rest. */
function explainRefusal(error: ApiError): RestoreOutcome | undefined {
  const { status } = error;
  const message = status?.message ?? '';
  if (status?.causes.some((cause) => cause.reason === 'NamespaceTerminating')) {
    return { kind: 'letGo', reason: 'namespaceTerminating', why: 'its namespace is being deleted' };
  }
  if (error.code === 'notFound' && status?.details.kind === 'namespaces') {
    return { kind: 'letGo', reason: 'namespaceGone', why: 'its namespace is gone' };
  }
  // apiextensions-apiserver answers 405 with these words while a CRD goes (customresource_handler.go).
  if (error.code === 'notFound' || message.includes('custom resource definition is terminating')) {
    return {
      kind: 'letGo',
      reason: 'crdGone',
      why: 'the NetworkAttachmentDefinition CRD itself was deleted; the copy is kept until it is there again',
    };
  }
  // RBAC and admission both answer 403; only RBAC speaks of a user who cannot (apiserver, responsewriters/errors.go).
  if (error.code === 'forbidden' && message.includes(' cannot create resource ')) {
    return { kind: 'refused', reason: 'forbidden', status: error };
  }
  if (error.code === 'forbidden' || error.code === 'refused')
    return { kind: 'refused', reason: 'refused', status: error };
  return undefined;
}

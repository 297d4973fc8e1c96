import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import { backoffMs } from '../cluster/backoff.ts';
import type { Clock } from '../cluster/clock.ts';
import { wait } from '../cluster/clock.ts';
import { deleteNetwork, readNetwork } from '../cluster/requests.ts';
import type { NetworkObject } from '../guard/manifest.ts';

export type UndoOutcome =
  /** The server took the deletion; the watch will tell when the network is gone. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'refused'; readonly reason: UndoRefusal; readonly error: ApiError }
  /** No answer came, and the network still stands. */
  | { readonly kind: 'standing'; readonly error: ApiError }
  /** No answer came, and none to the question whether the network still stands. */
  | { readonly kind: 'unknown'; readonly error: ApiError };

export type UndoRefusal =
  /** No right to delete. */
  | 'forbidden'
  /** The server or an admission webhook does not want it. */
  | 'refused'
  /** It went by somebody else's hand. */
  | 'gone'
  /** Another network stands under its name. */
  | 'replaced';

export interface UndoOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: () => number;
  readonly stopped: AbortSignal;
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 5_000;

/**
 * Deletes the network if it still is the one with this uid, by one request that is never repeated: who asked decides
 * whether to ask again. Throws ApiError for what was certainly not carried out and may pass.
 */
export async function deleteAgain(network: NetworkObject, options: UndoOptions): Promise<UndoOutcome> {
  const { namespace, name, uid } = network.metadata;
  try {
    await deleteNetwork(options.connection, { namespace, name, uid }, options.stopped);
    return { kind: 'deleted' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = readRefusal(error);
    if (reason !== undefined) return { kind: 'refused', reason, error };
    if (!mayBeCarriedOut(error)) throw error;
    const isStanding = await readStanding(network, options);
    if (isStanding === undefined) return { kind: 'unknown', error };
    return isStanding ? { kind: 'standing', error } : { kind: 'deleted' };
  }
}

/** Asks until the server says whether the network still stands; undefined if `stopped` ends that before. */
export async function findOutLater(
  network: NetworkObject,
  options: UndoOptions,
): Promise<boolean | undefined> {
  const { clock, random, stopped } = options;
  for (let failures = 1; ; failures += 1) {
    await wait(clock, backoffMs(failures, BACKOFF_BASE_MS, BACKOFF_CAP_MS, random), stopped);
    if (stopped.aborted) return undefined;
    const isStanding = await readStanding(network, options);
    if (isStanding !== undefined) return isStanding;
  }
}

function readRefusal(error: ApiError): UndoRefusal | undefined {
  switch (error.code) {
    case 'forbidden':
      // RBAC and admission both answer 403; only RBAC speaks of a user who cannot.
      return (error.status?.message ?? '').includes(' cannot delete resource ') ? 'forbidden' : 'refused';
    case 'refused':
      return 'refused';
    case 'notFound':
      return 'gone';
    case 'conflict':
      return 'replaced';
    default:
      return undefined;
  }
}

/** The request may have reached the server, and its answer was lost. */
function mayBeCarriedOut({ code }: ApiError): boolean {
  return (
    code === 'unreachable' ||
    code === 'timeout' ||
    code === 'server' ||
    code === 'badAnswer' ||
    code === 'aborted'
  );
}

/** Whether it is there and not on its way out; undefined if the server does not say. */
async function readStanding(
  network: NetworkObject,
  { connection, stopped }: UndoOptions,
): Promise<boolean | undefined> {
  const { namespace, name, uid } = network.metadata;
  try {
    const there = await readNetwork(connection, namespace, name, stopped);
    return there?.metadata.uid === uid && there.metadata.deletionTimestamp === undefined;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

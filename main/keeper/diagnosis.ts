import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import { describeCredentials } from '../cluster/credentials.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import { readServerVersion, requireNetworksServed } from '../cluster/requests.ts';
import type { Problem } from '../contract/contexts.ts';
import type { Check } from '../contract/diagnosis.ts';
import { NEEDS, reviewNeed } from './diagnosis-needs.ts';
import { describeWatch, type WatchFacts } from './diagnosis-watch.ts';
import { explainBadKubeconfig, explainError } from './problems.ts';

export interface DiagnosisSubject {
  readonly context: KubeContext;
  /** A connection of its own: it is closed in the end. */
  readonly connect: () => Connection;
  /** undefined: all namespaces */
  readonly namespaces: readonly (string | undefined)[];
  /** Why it must not be connected to, such as a credential plugin that nobody has allowed. */
  readonly obstacle: Problem | undefined;
  /** How it is being watched; undefined where nobody watches it. */
  readonly watch: WatchFacts | undefined;
  readonly clock: Clock;
  /** Ends it before its time; what was not looked at then says so. */
  readonly signal?: AbortSignal | undefined;
}

/** What was found at one step; the title is the step's. */
export type Finding = Omit<Check, 'title'>;

const LIMIT_MS = 30_000;
const ARRIVAL = ['Credentials', 'Reachable', 'Allowed in'] as const;
const CRD = 'Networks are known';
const WATCHES = ['Watches', 'What is held'] as const;

/**
 * Looks at what a watch of the context needs, in the order in which it needs it. Asks only, and takes at most half a
 * minute. Never rejects, and no text in it holds a secret.
 */
export async function diagnose(subject: DiagnosisSubject): Promise<Check[]> {
  const { clock, signal } = subject;
  const limit = new AbortController();
  const cancel = clock.after(LIMIT_MS, () => limit.abort());
  const connection = subject.connect();
  try {
    return await look(subject, connection, AbortSignal.any([limit.signal, ...(signal ? [signal] : [])]));
  } finally {
    cancel();
    await connection.close();
  }
}

/** For a context that is off: nothing is asked of it. */
export function describeOff({ name }: KubeContext): Check[] {
  return [
    {
      title: 'Mode',
      status: 'skipped',
      message: `${name} is off: NetKeeper does not connect to it.`,
      remedy: 'Set its mode to restore or ask, then look again.',
    },
  ];
}

async function look(
  subject: DiagnosisSubject,
  connection: Connection,
  signal: AbortSignal,
): Promise<Check[]> {
  const { context, namespaces, obstacle, watch } = subject;
  const afterwards = [...NEEDS.map(({ title }) => title), CRD, ...(watch === undefined ? [] : WATCHES)];
  const entry = { title: 'Kubeconfig entry', ...describeEntry(context) };
  if (entry.status === 'failed') return [entry, ...skip([...ARRIVAL, ...afterwards], entry.title)];
  if (obstacle !== undefined) {
    const { message, remedy } = obstacle;
    const refused: Check = { title: ARRIVAL[0], status: 'failed', message, remedy };
    return [entry, refused, ...skip([...ARRIVAL.slice(1), ...afterwards], refused.title)];
  }
  const arrival = await arrive(subject, connection, signal);
  const failed = arrival.find(({ status }) => status === 'failed');
  if (failed !== undefined) return [entry, ...arrival, ...skip(afterwards, failed.title)];
  const needs = await Promise.all(
    NEEDS.map(async (need): Promise<Check> => {
      const finding = await found(() => reviewNeed(connection, need, namespaces, signal), signal);
      return { title: need.title, ...finding };
    }),
  );
  const [seesNetworks] = needs;
  const crd =
    seesNetworks?.status === 'failed'
      ? skip([CRD], seesNetworks.title)
      : [{ title: CRD, ...(await found(() => findCrd(connection, namespaces, signal), signal)) }];
  const watches = watch === undefined ? [] : describeWatch(watch, subject.clock.now());
  return [entry, ...arrival, ...needs, ...crd, ...watches];
}

function describeEntry({ name, file, server, cluster, problem }: KubeContext): Finding {
  if (problem !== undefined) {
    const { message, remedy } = explainBadKubeconfig(problem);
    return { status: 'failed', message: sentence(message), remedy };
  }
  const message = `"${name}" in ${file} names the server ${server}.`;
  if (!cluster?.skipTlsVerify) return { status: 'ok', message };
  return {
    status: 'warning',
    message: `${message} Its certificate is not checked (insecure-skip-tls-verify): who is in between can read everything.`,
    remedy: 'Give the cluster its certificate-authority-data in the kubeconfig.',
  };
}

/** The first requests: whether there is a credential, a server, and whether the one is good for the other. */
async function arrive(
  { context, clock }: DiagnosisSubject,
  connection: Connection,
  signal: AbortSignal,
): Promise<Check[]> {
  const [credentials, reachable, allowed] = ARRIVAL;
  const kind = describeCredentials(context.user);
  const letIn =
    kind === undefined ? 'The server answers anonymous requests.' : 'The server lets this user in.';
  const used = kind === undefined ? 'None: requests are anonymous.' : sentence(kind);
  try {
    await readServerVersion(connection, signal);
    // Once more: the first took a credential plugin and a handshake along.
    const askedAt = clock.now();
    const version = await readServerVersion(connection, signal);
    const tookMs = Math.round(clock.now() - askedAt);
    const runs = version === undefined ? 'does not tell its version' : `runs Kubernetes ${version}`;
    return [
      { title: credentials, status: 'ok', message: used },
      { title: reachable, status: 'ok', message: `The server ${runs} and answers in ${tookMs} ms.` },
      { title: allowed, status: 'ok', message: letIn },
    ];
  } catch (error) {
    const failed = toFinding(error, signal);
    if (!(error instanceof ApiError) || error.code !== 'credentials') {
      return [
        { title: credentials, status: 'ok', message: used },
        { title: reachable, ...failed },
        ...skip([allowed], reachable),
      ];
    }
    // Without an answer of the server it did not come to asking: the credential itself is missing or broken.
    if (error.httpStatus === undefined) {
      return [{ title: credentials, ...failed }, ...skip([reachable, allowed], credentials)];
    }
    return [
      { title: credentials, status: 'ok', message: used },
      { title: reachable, status: 'ok', message: 'The server answers.' },
      { title: allowed, ...failed },
    ];
  }
}

async function findCrd(
  connection: Connection,
  namespaces: readonly (string | undefined)[],
  signal: AbortSignal,
): Promise<Finding> {
  try {
    await requireNetworksServed(connection, namespaces[0], signal);
    return { status: 'ok', message: 'The CRD of NetworkAttachmentDefinitions is installed.' };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'notFound') throw error;
    // Nobody's mistake, and noticed when it changes.
    const { message, remedy } = explainError(error);
    return { status: 'warning', message, remedy };
  }
}

async function found(look: () => Promise<Finding>, signal: AbortSignal): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return toFinding(error, signal);
  }
}

function toFinding(error: unknown, signal: AbortSignal): Finding {
  if (signal.aborted) {
    return {
      status: 'failed',
      message: `There was no answer within the ${LIMIT_MS / 1_000} s that a look may take, a credential plugin included.`,
      remedy: 'Check the network, the VPN and whether the credential plugin waits for something.',
    };
  }
  const problem = error instanceof ApiError ? error : new ApiError('badAnswer', String(error));
  const { message, remedy } = explainError(problem);
  return { status: 'failed', message: sentence(message), remedy };
}

function skip(titles: readonly string[], failed: string): Check[] {
  const message = `Not looked at, because of "${failed}".`;
  return titles.map((title) => ({ title, status: 'skipped', message }));
}

/** Messages of the connection begin in the middle of a sentence. */
function sentence(text: string): string {
  const [first = ''] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}${/[.?…]$/.test(text) ? '' : '.'}`;
}

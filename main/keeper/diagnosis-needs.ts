/** The rights that a watch needs or can use, and what is lost without each: docs/permissions.md in code. */
import type { Permission } from '../cluster/access.ts';
import { isAllowed } from '../cluster/access.ts';
import type { Connection } from '../cluster/api.ts';
import { isServed } from '../cluster/requests.ts';
import type { ResourceName } from '../cluster/resources.ts';
import { EVENTS, NAMESPACES, NETWORKS, PODS, qualifiedName, WORKLOADS } from '../cluster/resources.ts';
import type { Finding } from './diagnosis.ts';
import { explainMissingRights, REMEDY_FOR_RIGHTS } from './problems.ts';

export interface Need {
  readonly title: string;
  readonly verbs: readonly Permission['verb'][];
  readonly resources: readonly ResourceName[];
  /** How bad it is to lack it; `ok`: it is nobody's loss. */
  readonly lacking: 'failed' | 'warning' | 'ok';
  /** What it is for, as a sentence. */
  readonly use: string;
  /** What is so without it, as a sentence. */
  readonly loss: string;
}

/** In the order in which they matter; the first is what everything else stands on. */
export const NEEDS: readonly Need[] = [
  {
    title: 'See networks',
    verbs: ['list', 'watch'],
    resources: [NETWORKS],
    lacking: 'failed',
    use: 'Networks may be listed and watched.',
    loss: 'Without that the context cannot be watched.',
  },
  {
    title: 'See pods',
    verbs: ['list', 'watch'],
    resources: [PODS],
    lacking: 'failed',
    use: 'Pods may be listed and watched: who uses a network is known.',
    loss: 'Without that the context cannot be watched.',
  },
  {
    title: 'Bring networks back',
    verbs: ['create'],
    resources: [NETWORKS],
    lacking: 'warning',
    use: 'Networks may be created again.',
    loss: 'Without that deletions are told, not undone.',
  },
  {
    title: 'Read one network',
    verbs: ['get'],
    resources: [NETWORKS],
    lacking: 'warning',
    use: 'What stands under a name may be compared with the copy.',
    loss: 'Without that a restore that somebody else won is tried until the watch shows the network.',
  },
  {
    title: 'See workloads',
    verbs: ['list', 'watch'],
    resources: WORKLOADS,
    lacking: 'warning',
    use: 'Workloads may be listed and watched: what refers to a network without a pod yet is known.',
    loss: 'Without that these kinds are passed over.',
  },
  {
    title: 'See namespaces',
    verbs: ['get'],
    resources: [NAMESPACES],
    lacking: 'warning',
    use: 'Namespaces may be read: which cluster this is, and which namespaces are ending.',
    loss: 'Without that server address and CA stand for the cluster, and a network of an ending namespace may be asked about.',
  },
  {
    title: 'Leave an Event',
    verbs: ['create'],
    resources: [EVENTS],
    lacking: 'warning',
    use: 'Events may be created: a network that was brought back says so.',
    loss: 'Without that no Event tells of a restore; nothing else is lost.',
  },
  {
    title: 'Undo a restore',
    verbs: ['delete'],
    resources: [NETWORKS],
    lacking: 'ok',
    use: 'Networks may be deleted, which is used only to undo a restore when a person asks for it.',
    loss: 'So a restore cannot be undone from the window; nothing else needs that right.',
  },
];

/** Asks the server which of the rights the user lacks. Throws ApiError. */
export async function reviewNeed(
  connection: Connection,
  need: Need,
  namespaces: readonly (string | undefined)[],
  signal: AbortSignal,
): Promise<Finding> {
  const permissions = namespaces.flatMap((namespace) =>
    need.resources.flatMap((resource) => need.verbs.map((verb) => ({ verb, resource, namespace }))),
  );
  const allowed = await Promise.all(
    permissions.map((permission) => isAllowed(connection, permission, signal)),
  );
  if (allowed.includes(undefined))
    return { status: 'skipped', message: 'The server does not tell this user its rights.' };
  const lacked = permissions.filter((_, index) => allowed[index] === false);
  const missing = await withoutUnserved(connection, lacked, signal);
  if (missing.length === 0) return { status: 'ok', message: need.use };
  const message = `This user may not ${nameRights(missing)}. ${need.loss}`;
  if (need.lacking === 'failed') {
    return { status: 'failed', message, remedy: explainMissingRights(missing).remedy };
  }
  return need.lacking === 'ok'
    ? { status: 'ok', message }
    : { status: 'warning', message, remedy: REMEDY_FOR_RIGHTS };
}

/** Rights on virtual machines are no loss where there is no KubeVirt. */
async function withoutUnserved(
  connection: Connection,
  missing: readonly Permission[],
  signal: AbortSignal,
): Promise<readonly Permission[]> {
  const optional = WORKLOADS.find(({ kind }) => kind === 'VirtualMachine');
  if (optional === undefined || !missing.some(({ resource }) => resource === optional)) return missing;
  if (await isServed(connection, optional, signal)) return missing;
  return missing.filter(({ resource }) => resource !== optional);
}

/** `list and watch jobs.batch, cronjobs.batch in all namespaces` */
function nameRights(missing: readonly Permission[]): string {
  const byResource = Map.groupBy(missing, ({ resource, namespace }) =>
    [qualifiedName(resource), namespace].join(' '),
  );
  const clauses = [...byResource.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const verbs = [first, ...others].map(({ verb }) => verb).join(' and ');
    const place = first.namespace === undefined ? 'all namespaces' : `namespace ${first.namespace}`;
    return [{ verbs, place, resource: qualifiedName(first.resource) }];
  });
  const byPlace = Map.groupBy(clauses, ({ verbs, place }) => `${verbs} in ${place}`);
  return [...byPlace.values()]
    .map((same) => {
      const [{ verbs = '', place = '' } = {}] = same;
      return `${verbs} ${same.map(({ resource }) => resource).join(', ')} in ${place}`;
    })
    .join('; ');
}

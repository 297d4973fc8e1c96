import type { Connection } from './api.ts';
import { ApiError } from './api.ts';
import type { ResourceName } from './resources.ts';
import { NETWORKS, PODS, qualifiedName } from './resources.ts';

export interface Permission {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'delete';
  readonly resource: ResourceName;
  /** undefined: in all namespaces */
  readonly namespace: string | undefined;
}

/** Without these a context cannot be watched at all. */
export function permissionsToWatch(namespaces: readonly (string | undefined)[]): Permission[] {
  return namespaces.flatMap((namespace) =>
    [NETWORKS, PODS].flatMap((resource) =>
      (['list', 'watch'] as const).map((verb) => ({ verb, resource, namespace })),
    ),
  );
}

/** Without these we can tell of a deletion, but not undo it. */
export function permissionsToRestore(namespaces: readonly (string | undefined)[]): Permission[] {
  return namespaces.map((namespace) => ({ verb: 'create', resource: NETWORKS, namespace }));
}

/**
 * Those of the permissions that the server says we lack (SelfSubjectAccessReview, authorization.k8s.io/v1).
 * A server that does not answer reviews is taken to allow: the request itself will tell.
 */
export async function findMissing(
  connection: Connection,
  permissions: readonly Permission[],
  signal: AbortSignal,
): Promise<Permission[]> {
  const allowed = await Promise.all(
    permissions.map((permission) => isAllowed(connection, permission, signal)),
  );
  return permissions.filter((_, index) => allowed[index] === false);
}

/** What the server says of the permission; undefined where it does not answer reviews. Throws ApiError. */
export async function isAllowed(
  connection: Connection,
  permission: Permission,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const { verb, resource, namespace } = permission;
  try {
    const review = await connection.request({
      lane: 'control',
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb,
            group: resource.group,
            resource: resource.plural,
            ...(namespace === undefined ? {} : { namespace }),
          },
        },
      },
      signal,
    });
    return (review as { status?: { allowed?: unknown } } | null)?.status?.allowed !== false;
  } catch (error) {
    if (error instanceof ApiError && (error.code === 'forbidden' || error.code === 'notFound')) {
      return undefined;
    }
    throw error;
  }
}

/** `list network-attachment-definitions.k8s.cni.cncf.io in all namespaces` */
export function describePermission({ verb, resource, namespace }: Permission): string {
  return `${verb} ${qualifiedName(resource)} in ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`;
}

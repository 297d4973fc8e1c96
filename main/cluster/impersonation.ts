import type { Impersonation } from './kubeconfig-entries.ts';

/**
 * The Impersonate headers, as a flat list of names and values.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonationHeaders(impersonation: Impersonation | undefined): readonly string[] {
  if (impersonation === undefined) return [];
  const { user, uid, groups, extra } = impersonation;
  return [
    ...(user === undefined ? [] : ['impersonate-user', user]),
    ...(uid === undefined ? [] : ['impersonate-uid', uid]),
    ...groups.flatMap((group) => ['impersonate-group', group]),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.flatMap((value) => [`impersonate-extra-${escapeHeaderKey(key)}`, value]),
    ),
  ];
}

/** Percent-encodes what a header name cannot hold, and `%` (client-go, transport/round_trippers.go). */
function escapeHeaderKey(key: string): string {
  return [...Buffer.from(key.toLowerCase())]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isAllowed = /[a-z0-9!#$&'*+\-.^_`|~]/.test(character);
      return isAllowed ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

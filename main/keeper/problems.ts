import type { Permission } from '../cluster/access.ts';
import { describePermission } from '../cluster/access.ts';
import type { ApiError } from '../cluster/api.ts';
import { NETWORKS, qualifiedName } from '../cluster/resources.ts';
import type { FailReason, Problem } from './events.ts';

const GRANT = 'bind the ClusterRole in docs/permissions.md to this user';
export const REMEDY_FOR_RIGHTS = `Ask a cluster administrator to ${GRANT}.`;

/** What a failed request means for the context as a whole, with the remedy. */
export function explainError(error: ApiError): Problem {
  const { message } = error;
  switch (error.code) {
    case 'credentials':
      return {
        code: 'credentials',
        message,
        remedy: 'Log in again and start anew, or mend this user in the kubeconfig: that change is noticed.',
      };
    case 'forbidden':
      return { code: 'forbidden', message, remedy: REMEDY_FOR_RIGHTS };
    case 'notFound':
      return {
        code: 'noNadCrd',
        message:
          'This cluster has no NetworkAttachmentDefinitions (the CRD of k8s.cni.cncf.io/v1 is not installed).',
        remedy: 'Nothing to do: it is noticed when they appear.',
      };
    default:
      return {
        code: 'unreachable',
        message,
        remedy:
          'Check the network, the VPN and the server address of this context; it is tried again by itself.',
      };
  }
}

/** The context's entry in the kubeconfig cannot be used. */
export function explainBadKubeconfig(message: string): Problem {
  return { code: 'badKubeconfig', message, remedy: 'Mend the kubeconfig; the change is noticed.' };
}

/** The rights without which a context cannot be watched. */
export function explainMissingRights(missing: readonly Permission[]): Problem {
  const narrower = missing.some(({ namespace }) => namespace === undefined)
    ? ' Or watch only namespaces that you may read, with -n NAMESPACE.'
    : '';
  return {
    code: 'forbidden',
    message: `This user may not ${nameRights(missing)}.`,
    remedy: `${REMEDY_FOR_RIGHTS}${narrower}`,
  };
}

/** May watch, may not create. */
export function explainReadOnly(missing: readonly Permission[]): Problem {
  return {
    code: 'readOnly',
    message: `Deletions are told but cannot be undone: this user may not ${nameRights(missing)}.`,
    remedy: REMEDY_FOR_RIGHTS,
  };
}

/** `list pods in all namespaces; watch pods in all namespaces` */
function nameRights(permissions: readonly Permission[]): string {
  return permissions.map(describePermission).join('; ');
}

/** Why a network could not be brought back: the server's own words, and what helps. */
export function explainRefusedCreate(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  reason: FailReason,
  error: ApiError,
): string {
  const said = error.status?.message || error.message;
  const what = `Could not bring back ${namespace}/${name}: ${said}.`.replace(/\.\.$/, '.');
  if (reason === 'forbidden') {
    return `${what} Missing: verb create on ${qualifiedName(NETWORKS)} in namespace ${namespace}. To grant it, ${GRANT}.`;
  }
  return `${what} The server or an admission webhook refuses the object as it was; see what it asks for.`;
}

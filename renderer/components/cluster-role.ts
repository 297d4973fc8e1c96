const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: netkeeper
rules:
  - apiGroups: [k8s.cni.cncf.io]
    resources: [network-attachment-definitions]
    verbs: [get, list, watch, create]
  - apiGroups: ['']
    resources: [pods]
    verbs: [list, watch]
  - apiGroups: ['']
    resources: [namespaces]
    verbs: [get]
  - apiGroups: [apps]
    resources: [deployments, statefulsets, daemonsets, replicasets]
    verbs: [list, watch]
  - apiGroups: [batch]
    resources: [jobs, cronjobs]
    verbs: [list, watch]
  - apiGroups: [kubevirt.io]
    resources: [virtualmachines]
    verbs: [list, watch]
  - apiGroups: [events.k8s.io]
    resources: [events]
    verbs: [create]
`;

const PLACEHOLDER = 'NAME OF THE USER';

/** Who gets the rights, and where; '' where the person has not said it yet. */
export interface Grant {
  readonly user: string;
  /** undefined: in all namespaces */
  readonly namespace: string | undefined;
}

/** All that NetKeeper uses, bound to a user: what docs/permissions.md says, with the names filled in. */
export function clusterRoleFor({ user, namespace }: Grant): string {
  const isEverywhere = namespace === undefined;
  return `${ROLE}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${isEverywhere ? 'ClusterRoleBinding' : 'RoleBinding'}
metadata:
  name: netkeeper
${isEverywhere ? '' : `  namespace: ${scalar(namespace, 'NAMESPACE')}\n`}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: netkeeper
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: ${scalar(user, PLACEHOLDER)}
`;
}

/** The same as in docs/permissions.md, which says what each right is for. */
export const CLUSTER_ROLE = clusterRoleFor({ user: '', namespace: undefined });

/** A name as YAML: whatever is typed stays one name, and a number or `yes` stays a text. */
function scalar(typed: string, placeholder: string): string {
  const name = typed.trim();
  return name === '' ? placeholder : JSON.stringify(name);
}

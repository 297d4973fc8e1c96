/** All that NetKeeper uses; the same as in docs/permissions.md, which says what each right is for. */
export const CLUSTER_ROLE = `apiVersion: rbac.authorization.k8s.io/v1
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
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: netkeeper
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: netkeeper
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: NAME OF THE USER
`;

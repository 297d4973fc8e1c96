import type { KubernetesObject } from './api-server/objects.ts';

/**
 * The CustomResourceDefinition of NetworkAttachmentDefinitions, for tests and demo clusters. Names and the
 * `config` field are those of the Network Plumbing Working Group's specification v1.3, section 3.1.
 */
export const NAD_CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'network-attachment-definitions.k8s.cni.cncf.io' },
  spec: {
    group: 'k8s.cni.cncf.io',
    scope: 'Namespaced',
    names: {
      plural: 'network-attachment-definitions',
      singular: 'network-attachment-definition',
      kind: 'NetworkAttachmentDefinition',
      shortNames: ['net-attach-def'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'An additional network that pods can be attached to.',
            properties: {
              apiVersion: { type: 'string' },
              kind: { type: 'string' },
              metadata: { type: 'object' },
              spec: {
                type: 'object',
                properties: {
                  config: {
                    type: 'string',
                    description: 'A CNI configuration as JSON; empty when it is configured on the nodes.',
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
} as const satisfies KubernetesObject;

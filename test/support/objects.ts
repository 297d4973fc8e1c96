/**
 * Objects and paths that tests use. Each object is complete enough for a real API server.
 *
 *     makeNamespace('web'), makePod('web', 'pod-1', {...}), makeNetwork('web', 'net-1', {...})
 *     NAMESPACES, podsIn('web'), networksIn('web'); podsIn() and networksIn() are those of all namespaces
 */
import type { KubernetesObject, Metadata } from '../../main/demo/api-server/objects.ts';

export const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';
export const NAMESPACES = '/api/v1/namespaces';

export function podsIn(namespace?: string): string {
  return namespace ? `${NAMESPACES}/${namespace}/pods` : '/api/v1/pods';
}

export function networksIn(namespace?: string): string {
  const scope = namespace ? `namespaces/${namespace}/` : '';
  return `/apis/k8s.cni.cncf.io/v1/${scope}network-attachment-definitions`;
}

export function makeNamespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export interface PodOptions {
  /** The text of the annotation k8s.v1.cni.cncf.io/networks. */
  readonly networks?: string;
  /** More metadata. */
  readonly metadata?: Metadata;
  /** A pod with a node is only gone when its grace period is over. */
  readonly nodeName?: string;
  /** Kept by the in-memory server's own `create` only; over HTTP a new pod is Pending. */
  readonly phase?: string;
}

export function makePod(namespace: string, name: string, options: PodOptions = {}): KubernetesObject {
  const { networks, metadata = {}, nodeName, phase } = options;
  const annotations = {
    ...metadata.annotations,
    ...(networks !== undefined && { [NETWORKS_ANNOTATION]: networks }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name, namespace, annotations },
    spec: { containers: [{ name: 'main', image: 'example.invalid/main' }], ...(nodeName && { nodeName }) },
    ...(phase && { status: { phase } }),
  };
}

export interface NetworkOptions {
  readonly config?: string;
  /** More metadata. */
  readonly metadata?: Metadata;
}

export function makeNetwork(namespace: string, name: string, options: NetworkOptions = {}): KubernetesObject {
  const { config = `{"cniVersion":"0.3.1","name":"${name}","type":"bridge"}`, metadata } = options;
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { ...metadata, name, namespace },
    spec: { config },
  };
}

/** What the conformance suite needs of a cluster, real or in memory. */
import { expect } from 'vitest';
import type { KubernetesObject } from '../../../main/demo/api-server/objects.ts';
import { type Answer, send, type Target } from '../http.ts';
import { makeNamespace, NAMESPACES } from '../objects.ts';

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The CRD of networks is installed at the start. */
export interface ClusterUnderTest {
  readonly admin: Target;
  /** These may do nothing at the start. */
  readonly users: Readonly<Record<ConformanceUser, Target>>;
  grant(user: ConformanceUser, rules: readonly PolicyRule[], namespace?: string): Promise<void>;
  /** What the namespace controller does for a terminating namespace. */
  finishNamespaceDeletion(name: string): Promise<void>;
  installNadCrd(): Promise<void>;
  removeNadCrd(): Promise<void>;
  /** Makes the continue tokens of lists too old. */
  expireLists(): Promise<void>;
  /** Makes the versions known to watches too old. */
  expireWatches(): Promise<void>;
  stop(): Promise<void>;
}

export const CONFORMANCE_USERS = ['reader', 'writer', 'stranger'] as const;
export type ConformanceUser = (typeof CONFORMANCE_USERS)[number];

/** The suite's way to its cluster, which is there once the tests run. */
export interface Subject {
  cluster(): ClusterUnderTest;
  /** As admin. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** As admin; the test fails where the answer has another status than 200 or 201. */
  must(method: string, path: string, body?: unknown): Promise<Answer['body']>;
  /** Makes a namespace for one test. */
  namespace(name: string): Promise<string>;
  /** The version of the cluster now, to watch from. */
  version(): Promise<string>;
}

export function makeSubject(cluster: () => ClusterUnderTest): Subject {
  const request: Subject['request'] = (method, path, body, headers = {}) =>
    send(cluster().admin, method, path, { body, headers });
  const must: Subject['must'] = async (method, path, body) => {
    const answer = await request(method, path, body);
    expect([200, 201], answer.text).toContain(answer.status);
    return answer.body;
  };
  return {
    cluster,
    request,
    must,
    async namespace(name) {
      await must('POST', NAMESPACES, makeNamespace(name));
      return name;
    },
    async version() {
      const { metadata } = await must('GET', `${NAMESPACES}?limit=1`);
      return metadata?.resourceVersion ?? '';
    },
  };
}

export function namesOf(list: {
  readonly items?: readonly KubernetesObject[] | null;
}): (string | undefined)[] {
  return (list.items ?? []).map(({ metadata }) => metadata?.name);
}

/** The steps of a history that change the cluster or break something. What does not apply does nothing. */
import type { Effect, Fault } from '../../main/demo/api-server/faults.ts';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import type { Ledger } from './history-ledger.ts';
import { type Breakage, NAMESPACE_NAMES, type Step, type Target, type Trouble } from './history-steps.ts';
import { makeNamespace, makeNetwork, makePod, NETWORKS_ANNOTATION } from './objects.ts';

const NAD = 'NetworkAttachmentDefinition';
const OWNER = { apiVersion: 'v1', kind: 'Operator', name: 'operator', uid: 'operator-uid' };

export class HistoryCluster {
  readonly #server: ApiServer;
  readonly #ledger: Ledger;
  #count = 0;
  /** Something is broken, or may not have been noticed to work again. */
  isTroubled = false;

  constructor(server: ApiServer, ledger: Ledger) {
    this.#server = server;
    this.#ledger = ledger;
    for (const name of NAMESPACE_NAMES) server.create(makeNamespace(name));
  }

  change(step: Step): void {
    const server = this.#server;
    switch (step.does) {
      case 'createNetwork': {
        if (!this.#isActive(step.key) || this.#ledger.network(step.key) !== undefined) return;
        server.create(this.#makeNetwork(step.key, step.as));
        return;
      }
      case 'editNetwork': {
        if (this.#ledger.network(step.key) === undefined) return;
        const { spec, metadata } = this.#makeNetwork(step.key, 'plain');
        const { labels, annotations } = metadata ?? {};
        server.patch(NAD, ...parts(step.key), { spec, metadata: { labels, annotations } });
        return;
      }
      case 'deleteNetwork':
        if (this.#ledger.network(step.key) !== undefined) server.delete(NAD, ...parts(step.key));
        return;
      case 'replaceNetwork': {
        if (!this.#isActive(step.key) || this.#ledger.network(step.key) === undefined) return;
        server.delete(NAD, ...parts(step.key));
        if (this.#ledger.network(step.key) === undefined) server.create(this.#makeNetwork(step.key, 'plain'));
        return;
      }
      case 'releaseNetwork':
        if (this.#ledger.network(step.key) === undefined) return;
        server.patch(NAD, ...parts(step.key), { metadata: { finalizers: null } });
        return;
      case 'createPod':
        if (!this.#isActive(podKey(step.pod)) || this.#pod(step.pod) !== undefined) return;
        server.create(makePod(...parts(podKey(step.pod)), { networks: step.keys.join(',') }));
        return;
      case 'editPod': {
        if (this.#pod(step.pod) === undefined) return;
        const annotations = { [NETWORKS_ANNOTATION]: step.keys.join(',') };
        server.patch('Pod', ...parts(podKey(step.pod)), { metadata: { annotations } });
        return;
      }
      case 'deletePod':
        if (this.#pod(step.pod) !== undefined) server.delete('Pod', ...parts(podKey(step.pod)));
        return;
      case 'finishPod':
        if (this.#pod(step.pod) === undefined) return;
        server.patch('Pod', ...parts(podKey(step.pod)), { status: { phase: 'Succeeded' } });
        return;
      case 'createTemplate':
        if (this.#isActive('a/app') && server.get('Deployment', 'a', 'app') === undefined) {
          server.create(makeTemplate(step.key));
        }
        return;
      case 'deleteTemplate':
        if (server.get('Deployment', 'a', 'app') !== undefined) server.delete('Deployment', 'a', 'app');
        return;
      case 'deleteNamespace':
        if (!this.#isActive(`${step.namespace}/`)) return;
        server.delete('Namespace', '', step.namespace);
        this.#ledger.namespaceWent(step.namespace);
        return;
      case 'finishNamespace': {
        const namespace = server.get('Namespace', '', step.namespace);
        if (namespace?.status?.phase === 'Terminating') server.finishNamespaceDeletion(step.namespace);
        return;
      }
      case 'createNamespace':
        if (server.get('Namespace', '', step.namespace) === undefined)
          server.create(makeNamespace(step.namespace));
        return;
      case 'compact':
        server.compact();
        return;
      case 'breakWatches':
        this.#breakWatches(step.how, step.of);
        return;
      case 'breakRequests':
        this.isTroubled = true;
        if (step.how === 'dropReply') this.#ledger.life.lostAnswers += step.times;
        server.inject({ effect: effectOf(step.how), when: matches(step.of), times: step.times });
        return;
      case 'outage':
        this.isTroubled = true;
        server.inject({ effect: { kind: 'drop' } });
        server.watches.drop();
        return;
      default:
    }
  }

  #breakWatches(how: Breakage, of: Target): void {
    const { watches } = this.#server;
    // A silent watch is only found out in time.
    if (how === 'silence') this.isTroubled = true;
    const act = {
      drop: watches.drop,
      end: watches.end,
      cut: watches.cutInNextEvent,
      garbage: watches.sendGarbage,
      silence: watches.silence,
    }[how];
    act.call(watches, matches(of));
  }

  #pod(pod: string): KubernetesObject | undefined {
    return this.#server.get('Pod', ...parts(podKey(pod)));
  }

  #isActive(key: string): boolean {
    return this.#server.get('Namespace', '', parts(key)[0])?.status?.phase === 'Active';
  }

  /** Each has a content that no other has. */
  #makeNetwork(key: string, as: 'plain' | 'held' | 'owned'): KubernetesObject {
    this.#count += 1;
    const [namespace, name] = parts(key);
    return makeNetwork(namespace, name, {
      config: `{"type":"bridge",  "vlan":${this.#count}}`,
      metadata: {
        labels: { edition: `${this.#count}` },
        annotations: { 'example.com/edition': `${this.#count}` },
        ...(as === 'held' && { finalizers: ['example.com/hold'] }),
        ...(as === 'owned' && { ownerReferences: [OWNER] }),
      },
    });
  }
}

function parts(key: string): [namespace: string, name: string] {
  const [namespace = '', name = ''] = key.split('/');
  return [namespace, name];
}

function podKey(pod: string): string {
  return `${pod === 'r' ? 'b' : 'a'}/${pod}`;
}

function makeTemplate(key: string): KubernetesObject {
  const template = { metadata: { annotations: { [NETWORKS_ANNOTATION]: key } } };
  return { kind: 'Deployment', metadata: { name: 'app', namespace: 'a' }, spec: { template } };
}

function matches(target: Target): (request: ApiRequest) => boolean {
  return ({ resource, verb }) => {
    switch (target) {
      case 'networks':
        return resource === 'network-attachment-definitions' && verb !== 'create';
      case 'pods':
        return resource === 'pods';
      case 'write':
        return resource === 'network-attachment-definitions' && verb === 'create';
      case 'all':
        return true;
    }
  };
}

function effectOf(trouble: Trouble): Fault['effect'] {
  switch (trouble) {
    case 'drop':
    case 'dropReply':
    case 'stall':
      return { kind: trouble };
    case '410':
      return { kind: 'answer', code: 410 };
    case '429':
      return { kind: 'answer', code: 429, retryAfterSeconds: 2 };
    default:
      return { kind: 'answer', code: Number(trouble) } satisfies Effect;
  }
}

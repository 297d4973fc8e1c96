/** One cluster: its objects, their rules, and its identity (the uid of kube-system). */
import { Lists } from './lists.ts';
import type { WriteOptions } from './object-changes.ts';
import { Registry } from './registry.ts';
import { ALL_RESOURCES, type Kind, RESOURCES, type Resource } from './resources.ts';
import { Store } from './store.ts';

const OWN_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const BY_SERVER: WriteOptions = { part: 'all', manager: 'kube-apiserver' };

export class Cluster {
  readonly store: Store;
  readonly registry: Registry;
  readonly lists: Lists;
  readonly #served: Set<Kind>;

  constructor(options: { readonly historySize: number; readonly served: Iterable<Kind> }) {
    this.store = new Store(options.historySize);
    this.registry = new Registry(this.store);
    this.lists = new Lists(this.store);
    this.#served = new Set(options.served);
    for (const name of OWN_NAMESPACES) {
      this.registry.create(RESOURCES.Namespace, '', { metadata: { name } }, BY_SERVER);
    }
  }

  get served(): ReadonlySet<Kind> {
    return this.#served;
  }

  serve(kind: Kind): void {
    this.#served.add(kind);
  }

  /** Removes the kind's CRD: all its objects go, whatever their finalizers. */
  stopServing(kind: Kind): void {
    for (const entry of this.store.list(kind)) this.store.remove(entry);
    this.#served.delete(kind);
  }

  /** Whether any kind of an API group and version is served; else its paths are unknown to the server. */
  servesGroup(group: string, version: string): boolean {
    const belongs = (resource: Resource) => resource.group === group && resource.version === version;
    return ALL_RESOURCES.some((resource) => belongs(resource) && this.#served.has(resource.kind));
  }

  /** Forgets old versions: watches and continue tokens from before are answered with 410. */
  compact(): void {
    this.store.compact();
    this.lists.forget();
  }
}

import type { Owner } from './owners.ts';
import { findMaker } from './owners.ts';
import type { NetworkKey, NetworkUser, UserKind } from './users.ts';

const NOBODY: ReadonlySet<NetworkUser> = new Set();

/**
 * Who uses which network: answers by network without scanning. Holds only pods and workloads that name a
 * network. Every change gives back the networks that it touched, each once.
 */
export class UsageIndex {
  readonly #users = new Map<UserKind, Map<string, NetworkUser>>();
  readonly #pods = new Map<NetworkKey, Set<NetworkUser>>();
  readonly #templates = new Map<NetworkKey, Set<NetworkUser>>();

  /** Pods that use the network and are alive, as far as the watch has told. */
  pods(network: NetworkKey): ReadonlySet<NetworkUser> {
    return this.#pods.get(network) ?? NOBODY;
  }

  /** Workloads whose pod template refers to the network. */
  templates(network: NetworkKey): ReadonlySet<NetworkUser> {
    return this.#templates.get(network) ?? NOBODY;
  }

  /** Every network that a pod or template names, there or not. */
  networks(): Set<NetworkKey> {
    return new Set([...this.#pods.keys(), ...this.#templates.keys()]);
  }

  /** One user of its kind; undefined for one that names no network. */
  get(kind: UserKind, namespace: string, name: string): NetworkUser | undefined {
    return this.#users.get(kind)?.get(idOf({ namespace, name }));
  }

  *users(kind: UserKind): Iterable<NetworkUser> {
    yield* this.#users.get(kind)?.values() ?? [];
  }

  /** What made a pod, as far up as it tells itself and the workloads in here show; undefined where nothing did. */
  makerOf({ namespace, owner }: NetworkUser): Owner | undefined {
    return owner && findMaker(owner, (kind, name) => this.get(kind, namespace, name) !== undefined);
  }

  /** Adds or replaces a user. */
  set(user: NetworkUser): ReadonlySet<NetworkKey> {
    const users = this.#usersOf(user.kind);
    const id = idOf(user);
    const touched = new Set<NetworkKey>();
    const before = users.get(id);
    if (before !== undefined) this.#unlink(before, touched);
    users.set(id, user);
    this.#link(user, touched);
    return touched;
  }

  /** Forgets a user; unknown ones are no error. */
  remove(kind: UserKind, namespace: string, name: string): ReadonlySet<NetworkKey> {
    const users = this.#usersOf(kind);
    const id = idOf({ namespace, name });
    const touched = new Set<NetworkKey>();
    const before = users.get(id);
    if (before === undefined) return touched;
    users.delete(id);
    this.#unlink(before, touched);
    return touched;
  }

  /** Takes a whole list of one kind, of one namespace or (undefined) of all: who is not in it is gone. */
  replace(
    kind: UserKind,
    namespace: string | undefined,
    list: readonly NetworkUser[],
  ): ReadonlySet<NetworkKey> {
    const users = this.#usersOf(kind);
    const touched = new Set<NetworkKey>();
    const listed = new Map(list.map((user) => [idOf(user), user]));
    for (const [id, user] of users) {
      if (namespace !== undefined && user.namespace !== namespace) continue;
      if (listed.has(id)) continue;
      users.delete(id);
      this.#unlink(user, touched);
    }
    for (const user of listed.values()) for (const network of this.set(user)) touched.add(network);
    return touched;
  }

  #usersOf(kind: UserKind): Map<string, NetworkUser> {
    const users = this.#users.get(kind) ?? new Map<string, NetworkUser>();
    this.#users.set(kind, users);
    return users;
  }

  #link(user: NetworkUser, touched: Set<NetworkKey>): void {
    const byNetwork = user.kind === 'Pod' ? this.#pods : this.#templates;
    for (const { network } of user.attachments) {
      const users = byNetwork.get(network) ?? new Set<NetworkUser>();
      byNetwork.set(network, users.add(user));
      touched.add(network);
    }
  }

  #unlink(user: NetworkUser, touched: Set<NetworkKey>): void {
    const byNetwork = user.kind === 'Pod' ? this.#pods : this.#templates;
    for (const { network } of user.attachments) {
      const users = byNetwork.get(network);
      users?.delete(user);
      if (users?.size === 0) byNetwork.delete(network);
      touched.add(network);
    }
  }
}

function idOf(user: { readonly namespace: string; readonly name: string }): string {
  return `${user.namespace}/${user.name}`;
}

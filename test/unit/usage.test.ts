import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageIndex } from '../../main/guard/usage.ts';
import type { NetworkKey, NetworkUser, UserKind } from '../../main/guard/users.ts';

type Change =
  | { readonly does: 'set'; readonly user: NetworkUser }
  | { readonly does: 'remove'; readonly user: NetworkUser }
  | {
      readonly does: 'replace';
      readonly kind: UserKind;
      readonly namespace: string | undefined;
      readonly list: readonly NetworkUser[];
    };

const KINDS: readonly UserKind[] = ['Pod', 'Deployment', 'Job'];
const NETWORKS = ['a/x', 'a/y', 'b/x'];

const anyKind = fc.constantFrom(...KINDS);
const anyUser: fc.Arbitrary<NetworkUser> = fc.record({
  kind: anyKind,
  namespace: fc.constantFrom('a', 'b'),
  name: fc.constantFrom('p', 'q', 'r'),
  uid: fc.nat().map(String),
  // Duplicates are attachments of their own.
  attachments: fc.array(fc.record({ network: fc.constantFrom(...NETWORKS) }), { maxLength: 4 }),
});
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ does: fc.constant('set' as const), user: anyUser }),
  fc.record({ does: fc.constant('remove' as const), user: anyUser }),
  fc
    .record({
      kind: anyKind,
      namespace: fc.constantFrom('a', 'b', undefined),
      users: fc.array(anyUser, { maxLength: 4 }),
    })
    .map(({ kind, namespace, users }) => ({
      does: 'replace' as const,
      kind,
      namespace,
      list: users
        .map((user) => ({ ...user, kind }))
        .filter((user) => namespace === undefined || user.namespace === namespace),
    })),
);

/** The same in the plainest way: one list of users. */
class Model {
  users: NetworkUser[] = [];

  apply(change: Change): void {
    switch (change.does) {
      case 'set':
        this.#without(change.user);
        this.users.push(change.user);
        break;
      case 'remove':
        this.#without(change.user);
        break;
      case 'replace':
        this.users = this.users.filter(
          ({ kind, namespace }) =>
            kind !== change.kind || (change.namespace !== undefined && namespace !== change.namespace),
        );
        for (const user of change.list) this.apply({ does: 'set', user });
    }
  }

  usersOf(network: NetworkKey, isPod: boolean): NetworkUser[] {
    return this.users.filter(
      (user) =>
        (user.kind === 'Pod') === isPod &&
        user.attachments.some((attachment) => attachment.network === network),
    );
  }

  #without({ kind, namespace, name }: NetworkUser): void {
    this.users = this.users.filter(
      (user) => user.kind !== kind || user.namespace !== namespace || user.name !== name,
    );
  }
}

function applyTo(index: UsageIndex, change: Change): ReadonlySet<NetworkKey> {
  switch (change.does) {
    case 'set':
      return index.set(change.user);
    case 'remove':
      return index.remove(change.user.kind, change.user.namespace, change.user.name);
    case 'replace':
      return index.replace(change.kind, change.namespace, change.list);
  }
}

const ids = (users: Iterable<NetworkUser>) => [...users].map((user) => JSON.stringify(user)).sort();

describe('the usage index', () => {
  it('answers as a plain list of users does, after any changes', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 30 }), (changes) => {
        const index = new UsageIndex();
        const model = new Model();
        for (const change of changes) {
          applyTo(index, change);
          model.apply(change);
        }
        for (const network of NETWORKS) {
          expect(ids(index.pods(network))).toEqual(ids(model.usersOf(network, true)));
          expect(ids(index.templates(network))).toEqual(ids(model.usersOf(network, false)));
        }
        const named = model.users.flatMap(({ attachments }) => attachments.map(({ network }) => network));
        expect([...index.networks()].sort()).toEqual([...new Set(named)].sort());
        for (const kind of KINDS) {
          expect(ids(index.users(kind))).toEqual(ids(model.users.filter((user) => user.kind === kind)));
        }
      }),
    );
  });

  it('names every network whose users a change has changed', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 10 }), anyChange, (before, change) => {
        const index = new UsageIndex();
        for (const each of before) applyTo(index, each);
        const usersOf = () =>
          new Map(NETWORKS.map((key) => [key, ids([...index.pods(key), ...index.templates(key)])]));
        const then = usersOf();
        const touched = applyTo(index, change);
        for (const [network, users] of usersOf()) {
          if (JSON.stringify(then.get(network)) !== JSON.stringify(users)) expect(touched).toContain(network);
        }
      }),
    );
  });

  it('takes a pod of the same name for another one, and a Deployment of that name for neither', () => {
    const index = new UsageIndex();
    const user = (kind: UserKind, uid: string): NetworkUser => ({
      ...{ kind, uid, namespace: 'a', name: 'same' },
      attachments: [{ network: 'a/x' }],
    });
    index.set(user('Pod', '1'));
    index.set(user('Deployment', '2'));
    index.set(user('Pod', '3'));
    expect([...index.pods('a/x')].map(({ uid }) => uid)).toEqual(['3']);
    expect([...index.templates('a/x')].map(({ uid }) => uid)).toEqual(['2']);
  });
});

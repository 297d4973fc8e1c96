import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_MAP_USERS, usageMapSchema } from '../../main/contract/networks.ts';
import { type Owner, OwnerPool } from '../../main/guard/owners.ts';
import { UsageIndex } from '../../main/guard/usage.ts';
import type { NetworkUser, UserKind } from '../../main/guard/users.ts';
import { mapUsage } from '../../main/keeper/usage-map.ts';

const isKnown = () => true;

function makeUser(kind: UserKind, name: string, networks: readonly string[], owner?: Owner): NetworkUser {
  const attachments = networks.map((network) => ({ network }));
  return { kind, namespace: 'web', name, uid: `${kind}-${name}`, attachments, ...(owner && { owner }) };
}

function indexOf(...users: readonly NetworkUser[]): UsageIndex {
  const usage = new UsageIndex();
  for (const user of users) usage.set(user);
  return usage;
}

/** `user > network: attachments`, with the user's pods. */
function linesOf(usage: UsageIndex, known: (key: string) => boolean = isKnown): string[] {
  const { users, links } = mapUsage(usage, known);
  return links.map(({ namespace, name, user, attachments }) => {
    const { kind, name: userName, pods } = users[user] ?? { kind: '', name: '', pods: -1 };
    return `${kind} ${userName} (${pods}) > ${namespace}/${name}: ${attachments}`;
  });
}

describe('the map of usage', () => {
  it('takes a workload and the pods that it made for one user', () => {
    const owner = { kind: 'Deployment', name: 'app' };
    const usage = indexOf(
      makeUser('Pod', 'app-1', ['web/net', 'web/net', 'db/store'], owner),
      makeUser('Pod', 'app-2', ['web/net'], owner),
      makeUser('Deployment', 'app', ['web/net', 'web/new']),
    );
    expect(linesOf(usage)).toEqual([
      'Deployment app (2) > web/net: 3',
      'Deployment app (2) > db/store: 1',
      'Deployment app (2) > web/new: 0',
    ]);
  });

  it('gathers pods under what made them, be that known otherwise or not, and leaves others alone', () => {
    const usage = indexOf(
      makeUser('Pod', 'lone', ['web/net']),
      makeUser('Pod', 'a-0', ['web/net'], { kind: 'Whatever', name: 'a' }),
      makeUser('Pod', 'a-1', ['web/net'], { kind: 'Whatever', name: 'a' }),
      makeUser('Pod', 'virt-launcher', ['web/net'], { kind: 'VirtualMachineInstance', name: 'vm' }),
      makeUser('VirtualMachine', 'vm', ['web/net']),
    );
    expect(linesOf(usage)).toEqual([
      'Whatever a (2) > web/net: 2',
      'VirtualMachine vm (1) > web/net: 1',
      'Pod lone (1) > web/net: 1',
    ]);
  });

  it('holds workloads without a pod, and no pod that names no network', () => {
    const usage = indexOf(makeUser('StatefulSet', 'idle', ['web/net']), {
      ...makeUser('Pod', 'misnamed', []),
      problem: 'broken',
    });
    expect(mapUsage(usage, isKnown)).toEqual({
      users: [{ kind: 'StatefulSet', namespace: 'web', name: 'idle', pods: 0 }],
      links: [{ namespace: 'web', name: 'net', user: 0, attachments: 0 }],
      omittedUsers: 0,
    });
  });

  it('takes a reference that may mean either of two networks for the one that there is', () => {
    const attachments = [
      { network: 'kube-system/net', ambiguous: true },
      { network: 'web/net', ambiguous: true },
    ] as const;
    const usage = indexOf({ ...makeUser('Pod', 'pod', []), attachments });
    expect(linesOf(usage, (key) => key === 'web/net')).toEqual(['Pod pod (1) > web/net: 1']);
    expect(linesOf(usage, () => false)).toEqual([]);
  });

  it('tells of those with the most pods, and counts the others', () => {
    const usage = new UsageIndex();
    for (let number = 0; number < MOST_MAP_USERS + 10; number += 1) {
      usage.set(makeUser('Pod', `lone-${number}`, ['web/net']));
    }
    for (const name of ['b-0', 'b-1'])
      usage.set(makeUser('Pod', name, ['web/x'], { kind: 'Job', name: 'b' }));
    const map = mapUsage(usage, isKnown);
    expect(map.users).toHaveLength(MOST_MAP_USERS);
    expect(map.users[0]).toMatchObject({ kind: 'Job', name: 'b', pods: 2 });
    expect(map.omittedUsers).toBe(11);
    expect(Math.max(...map.links.map(({ user }) => user))).toBe(MOST_MAP_USERS - 1);
  });

  it('counts every pod and attachment once, whoever made it', () => {
    const anyOwner = fc.option(
      fc.record({ kind: fc.constantFrom('Job', 'Deployment', 'X'), name: fc.constantFrom('a', 'b') }),
      { nil: undefined },
    );
    const anyPod = fc.record({
      name: fc.constantFrom('p', 'q', 'r', 's'),
      networks: fc.array(fc.constantFrom('web/x', 'web/y', 'db/x'), { minLength: 1, maxLength: 4 }),
      owner: anyOwner,
    });
    fc.assert(
      fc.property(fc.array(anyPod), (pods) => {
        const usage = indexOf(
          ...pods.map(({ name, networks, owner }) => makeUser('Pod', name, networks, owner)),
        );
        const map = usageMapSchema.parse(mapUsage(usage, isKnown));
        const kept = [...usage.users('Pod')];
        const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
        expect(sum(map.users.map((user) => user.pods))).toBe(kept.length);
        const attachments = kept.map((pod) => pod.attachments.length);
        expect(sum(map.links.map((link) => link.attachments))).toBe(sum(attachments));
      }),
    );
  });

  it('of 100,000 attachments takes no longer than to put 100,000 names into a Map a few times', () => {
    const usage = new UsageIndex();
    const owners = new OwnerPool();
    for (let number = 0; number < 50_000; number += 1) {
      const owner =
        number % 10 === 0 ? undefined : owners.share({ kind: 'Deployment', name: `app-${number >> 3}` });
      const networks = [`web/net-${number % 300}`, `web/net-${(number * 7) % 300}`];
      usage.set(makeUser('Pod', `pod-${number}`, networks, owner));
    }
    const names = Array.from({ length: 100_000 }, (_, number) => `name-${number}`);
    const fill = () => new Map(names.map((name) => [name, { name }])).size;
    const map = () => mapUsage(usage, isKnown).users.length;
    const [fillMs, mapMs] = [fill, map].map((act) => Math.min(...[1, 2, 3, 4, 5].map(() => cpuMs(act))));
    expect(map()).toBe(MOST_MAP_USERS);
    expect(mapMs).toBeLessThan((fillMs ?? 0) * 5);
  });
});

function cpuMs(act: () => number): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

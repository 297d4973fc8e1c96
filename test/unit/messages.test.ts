import { describe, expect, it } from 'vitest';
import { UsageIndex } from '../../main/guard/usage.ts';
import type { UserKind } from '../../main/guard/users.ts';
import { MOST_USERS } from '../../main/keeper/events.ts';
import { deleting, held, missing, restored, splitKey, summarise } from '../../main/keeper/messages.ts';

const KEY = 'web/net';
const network = {
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: {
    namespace: 'web',
    name: 'net',
    uid: 'u',
    finalizers: ['example.com/hold', 'example.com/other'],
  },
};

function usedBy(
  ...users: readonly (readonly [kind: UserKind, namespace: string, name: string])[]
): UsageIndex {
  const usage = new UsageIndex();
  for (const [kind, namespace, name] of users) {
    usage.set({
      kind,
      namespace,
      name,
      uid: `uid-${name}`,
      attachments: [{ network: KEY }, { network: KEY }],
    });
  }
  return usage;
}

describe('the users of a network', () => {
  it('are counted once each, pods first', () => {
    const usage = usedBy(['Deployment', 'web', 'app'], ['Pod', 'web', 'pod']);
    expect(summarise(usage, KEY)).toEqual({
      users: [
        { kind: 'Pod', namespace: 'web', name: 'pod' },
        { kind: 'Deployment', namespace: 'web', name: 'app' },
      ],
      pods: 1,
      templates: 1,
      count: 2,
    });
  });

  it('are without the pods that are known to be gone', () => {
    const usage = usedBy(['Pod', 'web', 'gone'], ['Pod', 'web', 'here']);
    const { users, count } = summarise(usage, KEY, new Set(['uid-gone', 'uid-of-no-user']));
    expect(users.map(({ name }) => name)).toEqual(['here']);
    expect(count).toBe(1);
  });

  it('are all counted and not all named', () => {
    const names = Array.from({ length: 1_500 }, (_, number) => ['Pod', 'web', `pod-${number}`] as const);
    const users = summarise(usedBy(...names), KEY);
    expect(users.users).toHaveLength(MOST_USERS);
    expect(users.count).toBe(1_500);
    const { message, userCount } = restored(network, { by: 'self', missed: false, tookMs: 3 }, users);
    expect(message).toBe('Brought back web/net: 1,500 pods use it (pod-0, pod-1, pod-2 and 1,497 more)');
    expect(userCount).toBe(1_500);
  });
});

describe('a message', () => {
  it('names a user of another namespace with it', () => {
    const users = summarise(usedBy(['Pod', 'shop', 'pod']), KEY);
    expect(missing(KEY, users).message).toBe(
      'web/net does not exist and no copy of it is known: 1 pod uses it (shop/pod)',
    );
  });

  it('says what a network waits for', () => {
    const users = summarise(usedBy(['Pod', 'web', 'pod']), KEY);
    expect(deleting(network, users).message).toContain(
      'waits for example.com/hold, example.com/other; 1 pod',
    );
    const { finalizers: _, ...metadata } = network.metadata;
    expect(deleting({ ...network, metadata }, users).message).toContain('waits for its finalizers');
  });

  it('names who else writes a network that is fought for, if anybody is known', () => {
    const users = summarise(usedBy(['Pod', 'web', 'pod']), KEY);
    expect(held(network, 'why', ['helm', 'argocd'], users).message).toMatch(/Written by: helm, argocd\.$/);
    expect(held(network, 'why', [], users).message).not.toContain('Written by');
  });

  it('is about a namespace and a name, whatever is in a key', () => {
    expect(splitKey('web/net')).toEqual({ namespace: 'web', name: 'net' });
    expect(splitKey('a/b/c')).toEqual({ namespace: 'a', name: 'b/c' });
  });
});

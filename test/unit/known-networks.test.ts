import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkObject } from '../../main/guard/manifest.ts';
import { KnownNetworks } from '../../main/keeper/known-networks.ts';

const GOING = '2026-01-01T00:00:00Z';

function network(
  name: string,
  options: { uid?: string; label?: string; isEnding?: boolean; namespace?: string } = {},
) {
  const { uid = `uid-${name}`, label = 'old', isEnding = false, namespace = 'web' } = options;
  const object: NetworkObject = {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { name, namespace, uid, labels: { label }, ...(isEnding && { deletionTimestamp: GOING }) },
  };
  return object;
}

const labelOf = (known: KnownNetworks, key = 'web/net') => known.get(key)?.copy.metadata.labels?.label;

describe('the copy of a network', () => {
  it('is its last state without a deletionTimestamp', () => {
    const known = new KnownNetworks();
    known.observe(network('net', { label: 'wanted' }));
    known.observe(network('net', { label: 'dismantled', isEnding: true }));
    expect(known.get('web/net')?.isEnding).toBe(true);
    const copy = known.remove(network('net', { label: 'dismantled more', isEnding: true }), 5);
    expect(copy.metadata.labels?.label).toBe('wanted');
    expect(known.get('web/net')).toEqual({ copy, goneAt: 5 });
  });

  it('is the state that its deletion tells where it was not going before', () => {
    const known = new KnownNetworks();
    known.observe(network('net', { label: 'older' }));
    expect(known.remove(network('net', { label: 'last' }), 5).metadata.labels?.label).toBe('last');
  });

  it('is never that of another network of the same name', () => {
    const known = new KnownNetworks();
    known.observe(network('net', { label: 'first', uid: '1' }));
    known.observe(network('net', { label: 'second', uid: '2', isEnding: true }));
    expect(labelOf(known)).toBe('second');
  });

  it('is there also where nothing was known before', () => {
    const known = new KnownNetworks();
    known.remove(network('net'), 5);
    expect([...known.lost()]).toEqual(['web/net']);
    expect(known.presentCount).toBe(0);
  });
});

describe('the configuration of the network that another one replaced', () => {
  const withConfig = (uid: string, config: string | undefined) => ({
    ...network('net', { uid }),
    spec: config === undefined ? {} : { config },
  });

  it('is kept from when the other one is seen, be its deletion seen or missed', () => {
    for (const isSeen of [true, false]) {
      const known = new KnownNetworks();
      known.observe(withConfig('1', 'old'));
      if (isSeen) known.remove(withConfig('1', 'old'), 5);
      expect(known.replacedConfig('web/net')).toBeUndefined();
      known.observe(withConfig('2', 'new'));
      expect(known.replacedConfig('web/net')).toBe('old');
    }
  });

  it('is that of the last one with another configuration, also after the new one was deleted and brought back', () => {
    const known = new KnownNetworks();
    known.observe(withConfig('1', 'old'));
    known.observe(withConfig('2', 'new'));
    known.remove(withConfig('2', 'new'), 5);
    known.observe(withConfig('3', 'new'));
    expect(known.replacedConfig('web/net')).toBe('old');
    known.observe(withConfig('4', 'newer'));
    expect(known.replacedConfig('web/net')).toBe('new');
  });

  it('is none for a network that was changed in place, or that came back as it was', () => {
    const known = new KnownNetworks();
    known.observe(withConfig('1', 'old'));
    known.observe(withConfig('1', 'edited'));
    known.remove(withConfig('1', 'edited'), 5);
    known.observe(withConfig('2', 'edited'));
    expect(known.replacedConfig('web/net')).toBeUndefined();
  });

  it('is none where the last one had none, whatever was before that', () => {
    const known = new KnownNetworks();
    known.observe(withConfig('1', 'old'));
    known.observe(withConfig('2', undefined));
    known.observe(withConfig('3', 'new'));
    expect(known.replacedConfig('web/net')).toBeUndefined();
  });

  it('is never on disk', () => {
    const known = new KnownNetworks();
    known.observe(withConfig('1', 'a secret of yesterday'));
    known.observe(withConfig('2', 'new'));
    expect(known.replacedConfig('web/net')).toBe('a secret of yesterday');
    expect(JSON.stringify(known.copies())).not.toContain('yesterday');
  });
});

describe('a network whose restore is undone', () => {
  const stateOf = (known: KnownNetworks) => {
    const { goneAt, letGo = false, released = false } = known.get('web/net') ?? {};
    return { isGone: goneAt !== undefined, letGo, released };
  };
  const undone = (uid = '1') => {
    const known = new KnownNetworks();
    known.observe(network('net', { uid: '1' }));
    known.setUndone('web/net', uid, true);
    return known;
  };
  const reloaded = (known: KnownNetworks) => {
    const next = new KnownNetworks();
    next.load(JSON.parse(JSON.stringify(known.copies())), 100, 0);
    return next;
  };

  it('is marked until it is gone, whatever is told of it meanwhile, and is then still to be told', () => {
    for (const isSeen of [true, false]) {
      const known = undone();
      known.observe(network('net', { uid: '1', label: 'edited' }));
      known.replace(undefined, [network('net', { uid: '1', label: 'listed' })], 3);
      expect(stateOf(known)).toEqual({ isGone: false, letGo: false, released: true });
      if (isSeen) known.remove(network('net', { uid: '1' }), 5);
      else known.replace(undefined, [], 5);
      expect(stateOf(known)).toEqual({ isGone: true, letGo: false, released: true });
      expect([...known.lost()]).toEqual(['web/net']);
      known.release('web/net');
      expect([...known.lost()]).toEqual([]);
    }
  });

  it('is marked by its uid: not another one, not one that comes after it', () => {
    expect(stateOf(undone('2'))).toMatchObject({ released: false });
    const known = undone();
    known.observe(network('net', { uid: '2' }));
    expect(stateOf(known)).toMatchObject({ released: false });
    const other = undone();
    other.remove(network('net', { uid: '2' }), 5);
    expect(stateOf(other)).toEqual({ isGone: true, letGo: false, released: false });
  });

  it('can be unmarked while it is there, and not once it is gone', () => {
    const known = undone();
    known.setUndone('web/net', '1', false);
    expect(stateOf(known)).toMatchObject({ released: false });
    const gone = undone();
    gone.remove(network('net', { uid: '1' }), 5);
    gone.setUndone('web/net', '1', false);
    expect(stateOf(gone)).toMatchObject({ released: true });
    new KnownNetworks().setUndone('web/net', '1', true);
  });

  it('is still to be told after a restart where its end was not seen, and is as any other where it stands', () => {
    const next = reloaded(undone());
    expect(stateOf(next)).toEqual({ isGone: true, letGo: false, released: true });
    expect([...next.lost()]).toEqual(['web/net']);
    next.observe(network('net', { uid: '1' }));
    expect(stateOf(next)).toEqual({ isGone: false, letGo: false, released: false });

    const told = undone();
    told.remove(network('net', { uid: '1' }), 5);
    told.release('web/net');
    expect([...reloaded(told).lost()]).toEqual([]);
  });
});

describe('a list', () => {
  it('takes for gone what is not in it, in its namespace alone', () => {
    const known = new KnownNetworks();
    for (const name of ['a', 'b']) known.observe(network(name));
    known.observe(network('c', { namespace: 'shop' }));
    known.replace('web', [network('a')], 9);
    expect([...known.lost()]).toEqual(['web/b']);
    expect(known.get('web/b')?.goneAt).toBe(9);
    expect(known.isPresent('shop/c')).toBe(true);
    expect(known.presentCount).toBe(2);
  });

  it('leaves alone when something was found gone before', () => {
    const known = new KnownNetworks();
    known.observe(network('a'));
    known.replace(undefined, [], 5);
    known.replace(undefined, [], 9);
    expect(known.get('web/a')?.goneAt).toBe(5);
  });

  it('brings back what was let go', () => {
    const known = new KnownNetworks();
    known.remove(network('a'), 5);
    known.markLetGo('web/a');
    expect([...known.lost()]).toEqual([]);
    known.replace(undefined, [network('a')], 9);
    known.remove(network('a'), 10);
    expect([...known.lost()]).toEqual(['web/a']);
  });
});

describe('copies from the disk', () => {
  const reloaded = (known: KnownNetworks, seenAt: number, provisionalSince: number) => {
    const next = new KnownNetworks();
    next.load(JSON.parse(JSON.stringify(known.copies())), seenAt, provisionalSince);
    return next;
  };

  it('count as gone since they were last seen, until a list shows them', () => {
    const known = new KnownNetworks();
    known.observe(network('a'));
    const next = reloaded(known, 100, 0);
    expect(next.get('web/a')).toMatchObject({ goneAt: 100 });
    expect(next.presentCount).toBe(0);
    next.replace(undefined, [network('a')], 200);
    expect(next.isPresent('web/a')).toBe(true);
  });

  it('are decided anew where they were let go a moment before, and not where that was final', () => {
    const known = new KnownNetworks();
    for (const [name, at] of [
      ['early', 10],
      ['late', 90],
    ] as const) {
      known.remove(network(name), at);
      known.markLetGo(`web/${name}`);
    }
    expect([...reloaded(known, 100, 50).lost()]).toEqual(['web/late']);
  });

  it('are forgotten where they were let go long ago', () => {
    const known = new KnownNetworks();
    known.remove(network('let-go'), 10);
    known.markLetGo('web/let-go');
    known.remove(network('lost'), 10);
    known.forgetLetGo(20);
    expect(known.copies().map(({ copy }) => copy.metadata.name)).toEqual(['lost']);
  });

  it('may be anything: what cannot be read is passed over', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (copies) => {
        const known = new KnownNetworks();
        known.load([...copies, { copy: network('a') }], 1, 0);
        expect(known.get('web/a')).toBeDefined();
      }),
    );
  });
});

it('counts what is there, whatever happens', () => {
  const anyNetwork = fc.constantFrom('a', 'b', 'c').map((name) => network(name));
  const anyAct = fc.oneof(
    anyNetwork.map((each) => (known: KnownNetworks) => known.observe(each)),
    anyNetwork.map((each) => (known: KnownNetworks) => void known.remove(each, 1)),
    fc.array(anyNetwork).map((list) => (known: KnownNetworks) => known.replace(undefined, list, 1)),
    fc.constant((known: KnownNetworks) => known.markLetGo('web/a')),
    fc.constant((known: KnownNetworks) => known.forgetLetGo(9)),
  );
  fc.assert(
    fc.property(fc.array(anyAct), (acts) => {
      const known = new KnownNetworks();
      for (const act of acts) act(known);
      expect(known.presentCount).toBe([...known.present()].length);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import type { NetworkObject } from '../../main/guard/manifest.ts';
import { FightRecord } from '../../main/keeper/fights.ts';
import { KnownNetworks } from '../../main/keeper/known-networks.ts';
import { StrayWatch } from '../../main/keeper/strays.ts';
import { FakeClock } from '../support/fake-clock.ts';

const WINDOW_MS = 600_000;
const KEY = 'web/net';

function network(uid: string, ...managers: readonly string[]): NetworkObject {
  const managedFields = managers.map((manager) => ({ manager }));
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { namespace: 'web', name: 'net', uid, managedFields },
  };
}

describe('a fight', () => {
  it('counts what was brought back within the window, each network for itself', () => {
    const clock = new FakeClock();
    const fights = new FightRecord(clock, WINDOW_MS);
    fights.broughtBack(KEY, network('1'));
    clock.advance(WINDOW_MS - 1);
    fights.broughtBack(KEY, network('2'));
    expect(fights.count(KEY)).toBe(2);
    expect(fights.count('web/other')).toBe(0);
    clock.advance(1);
    expect(fights.count(KEY)).toBe(1);
  });

  it('names who wrote what was deleted, but not us', () => {
    const fights = new FightRecord(new FakeClock(), WINDOW_MS);
    fights.broughtBack(KEY, network('1', 'helm'));
    fights.broughtBack(KEY, network('2', 'netkeeper', 'kubectl', 'helm'));
    fights.broughtBack(KEY, { ...network('3'), metadata: { namespace: 'web', name: 'net', uid: '3' } });
    expect(fights.managers(KEY)).toEqual(['helm', 'kubectl']);
    expect(fights.managers('web/other')).toEqual([]);
  });
});

describe('a stray', () => {
  function watching() {
    const clock = new FakeClock();
    const known = new KnownNetworks();
    return { clock, known, strays: new StrayWatch(clock, WINDOW_MS, known) };
  }

  it('is what we brought back and whose last user goes within the window, told once', () => {
    const { known, strays } = watching();
    known.observe(network('ours'));
    strays.broughtBack(KEY, 'ours');
    expect(strays.usersGone(KEY)).toBe(true);
    expect(strays.usersGone(KEY)).toBe(false);
  });

  it('is one also before the watch has shown our own create', () => {
    const { known, strays } = watching();
    known.remove(network('deleted'), 1);
    strays.broughtBack(KEY, 'ours');
    expect(strays.usersGone(KEY)).toBe(true);
  });

  it('is none when it was brought back too long ago', () => {
    const { clock, known, strays } = watching();
    known.observe(network('ours'));
    strays.broughtBack(KEY, 'ours');
    clock.advance(WINDOW_MS + 1);
    expect(strays.usersGone(KEY)).toBe(false);
  });

  it('is none when somebody else made what stands there', () => {
    const { known, strays } = watching();
    known.observe(network('theirs'));
    strays.broughtBack(KEY, 'ours');
    expect(strays.usersGone(KEY)).toBe(false);
  });

  it('is none when it is gone itself', () => {
    const { known, strays } = watching();
    known.observe(network('ours'));
    strays.broughtBack(KEY, 'ours');
    known.remove(network('ours'), 2);
    expect(strays.usersGone(KEY)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { Policy, Situation } from '../../main/guard/decision.ts';
import { count, DEFAULT_POLICY, decide, describeUse } from '../../main/guard/decision.ts';

const DAY_MS = 86_400_000;
const NOBODY: Situation = {
  pods: 0,
  podsRuledOut: 0,
  templates: 0,
  missed: false,
  copyAgeMs: 0,
  owner: undefined,
  ownerHadItsTime: false,
  wasLetGo: false,
  recentRestores: 0,
};

function decided(situation: Partial<Situation>, policy: Partial<Policy> = {}) {
  return decide({ ...NOBODY, ...situation }, { ...DEFAULT_POLICY, ...policy });
}

describe('a deleted network', () => {
  it('is restored when a living pod uses it and the mode is restore', () => {
    expect(decided({ pods: 1 })).toEqual({ action: 'restore', why: '1 pod uses it' });
  });

  it('is let go when nothing refers to it', () => {
    expect(decided({})).toMatchObject({ action: 'letGo', reason: 'unused' });
  });

  it('is let go, for another reason, when the pods that used it are gone', () => {
    expect(decided({ podsRuledOut: 2 })).toMatchObject({ action: 'letGo', reason: 'usersGone' });
  });

  it('is let go when nothing refers to it, whatever else is said of it', () => {
    const all = { missed: true, copyAgeMs: 30 * DAY_MS, owner: 'Operator x', wasLetGo: true };
    expect(decided({ ...all, recentRestores: 9 }, { mode: 'ask' })).toMatchObject({ action: 'letGo' });
  });

  it('is asked about when the mode is ask', () => {
    expect(decided({ pods: 2 }, { mode: 'ask' })).toEqual({
      action: 'ask',
      reason: 'mode',
      why: '2 pods use it',
    });
  });

  it('is asked about while restoring is paused', () => {
    expect(decided({ pods: 2 }, { isPaused: true })).toMatchObject({ action: 'ask', reason: 'paused' });
  });

  it('is asked about when only templates refer to it', () => {
    expect(decided({ templates: 1 })).toEqual({
      action: 'ask',
      reason: 'templatesOnly',
      why: '1 workload refers to it, but no pod uses it yet',
    });
  });

  it('is asked about when only templates are left of its users', () => {
    expect(decided({ templates: 1, podsRuledOut: 1 })).toMatchObject({ reason: 'templatesOnly' });
  });

  it('is asked about when it was missed and its copy is older than a week', () => {
    expect(decided({ pods: 1, missed: true, copyAgeMs: 8 * DAY_MS })).toEqual({
      action: 'ask',
      reason: 'oldCopy',
      why: '1 pod uses it, but the copy was last seen 8 days ago',
    });
  });

  it('is restored when it was missed and its copy is a week old or less', () => {
    expect(decided({ pods: 1, missed: true, copyAgeMs: 7 * DAY_MS })).toMatchObject({ action: 'restore' });
  });

  it('is restored when it was seen live, however old the case is', () => {
    expect(decided({ pods: 1, copyAgeMs: 8 * DAY_MS })).toMatchObject({ action: 'restore' });
  });

  it('waits for its owner first', () => {
    expect(decided({ pods: 1, owner: 'UserDefinedNetwork blue' })).toEqual({
      action: 'waitForOwner',
      why: 'UserDefinedNetwork blue owns it and may make it again',
    });
  });

  it('is asked about when its owner had its time, whatever else is true', () => {
    const owned = { pods: 1, owner: 'UserDefinedNetwork blue', ownerHadItsTime: true };
    expect(decided(owned)).toMatchObject({ action: 'ask', reason: 'owned' });
    expect(decided({ ...owned, wasLetGo: true, missed: true, copyAgeMs: 99 * DAY_MS })).toMatchObject({
      reason: 'owned',
    });
  });

  it('is asked about when it was let go for good before', () => {
    expect(decided({ pods: 1, wasLetGo: true })).toMatchObject({ action: 'ask', reason: 'wasLetGo' });
  });

  it('is held when it was restored as often as the limit allows', () => {
    expect(decided({ pods: 1, recentRestores: 3 })).toEqual({
      action: 'hold',
      why: '1 pod uses it, but it was brought back 3 times within 10 minutes and deleted again each time',
    });
    expect(decided({ pods: 1, recentRestores: 2 })).toMatchObject({ action: 'restore' });
  });

  it('is asked about, and not held, where nothing would be restored anyway', () => {
    expect(decided({ pods: 1, recentRestores: 3 }, { mode: 'ask' })).toMatchObject({ reason: 'mode' });
  });
});

describe('words', () => {
  it('say how many pods and workloads there are', () => {
    expect(describeUse(0, 0)).toBe('nothing uses it');
    expect(describeUse(1, 0)).toBe('1 pod uses it');
    expect(describeUse(14, 2)).toBe('14 pods use it, 2 workloads refer to it');
    expect(describeUse(0, 1)).toBe('1 workload refers to it');
  });

  it('count with a noun', () => {
    expect(count(1, 'pod')).toBe('1 pod');
    expect(count(12_000, 'pod')).toBe('12,000 pods');
  });
});

/** What the user wants done about deletions in a context. */
export type Mode = 'restore' | 'ask';

/** The numbers behind the decisions; all are settings. */
export interface Policy {
  readonly mode: Mode;
  /** Nothing is restored for now; people are asked instead. */
  readonly isPaused: boolean;
  /** A copy last seen longer ago than this is not given back without asking. */
  readonly oldCopyMs: number;
  /** Restored this often within `fightWindowMs`: somebody is fighting. */
  readonly fightLimit: number;
  readonly fightWindowMs: number;
  /** A pod that turns up this soon after a let-go counts as having used the network. */
  readonly provisionalMs: number;
  /** A network that we brought back is stray if its last user goes this soon. */
  readonly strayWindowMs: number;
  /** How long a living owner is given to make its network again. */
  readonly ownerGraceMs: number;
  /** A pod and its network often come in the same breath: wait this long before calling one missing. */
  readonly missingGraceMs: number;
}

export const DEFAULT_POLICY: Policy = {
  mode: 'restore',
  isPaused: false,
  oldCopyMs: 7 * 24 * 3_600_000,
  fightLimit: 3,
  fightWindowMs: 10 * 60_000,
  provisionalMs: 60_000,
  strayWindowMs: 10 * 60_000,
  ownerGraceMs: 10_000,
  missingGraceMs: 5_000,
};

/** All that a decision about one deleted network is made from. */
export interface Situation {
  /** Living pods that use it. */
  readonly pods: number;
  /** Pods that were believed to use it until a live read showed that they are gone. */
  readonly podsRuledOut: number;
  /** Workloads whose template refers to it. */
  readonly templates: number;
  /** Deleted while nobody watched. */
  readonly missed: boolean;
  /** Since the copy was last known to be what the cluster has. */
  readonly copyAgeMs: number;
  /** An owner that makes it again, or whose end was its end, as `Kind name`. */
  readonly owner: string | undefined;
  /** The grace for the owner is over and the network is still gone. */
  readonly ownerHadItsTime: boolean;
  /** It was let go before and the time in which that is provisional is over. */
  readonly wasLetGo: boolean;
  /** Restores of this network by us within the fight window. */
  readonly recentRestores: number;
}

export type AskReason = 'mode' | 'paused' | 'templatesOnly' | 'oldCopy' | 'owned' | 'wasLetGo';
export type LetGoReason =
  | 'unused'
  | 'usersGone'
  | 'namespaceTerminating'
  | 'namespaceGone'
  | 'crdGone'
  | 'replaced'
  /** A person let it go. */
  | 'released';

export type Decision =
  | { readonly action: 'restore'; readonly why: string }
  | { readonly action: 'ask'; readonly reason: AskReason; readonly why: string }
  | { readonly action: 'waitForOwner'; readonly why: string }
  | { readonly action: 'letGo'; readonly reason: LetGoReason; readonly why: string }
  | { readonly action: 'hold'; readonly why: string };

/** What to do about a deleted network. `why` is a clause for people that fits after "because". */
export function decide(situation: Situation, policy: Policy): Decision {
  const { pods, templates } = situation;
  if (pods === 0 && templates === 0) {
    if (situation.podsRuledOut > 0) {
      return { action: 'letGo', reason: 'usersGone', why: 'the pods that used it are gone' };
    }
    return { action: 'letGo', reason: 'unused', why: 'no pod and no workload refers to it' };
  }
  const use = describeUse(pods, templates);
  if (situation.owner !== undefined) {
    if (!situation.ownerHadItsTime) {
      return { action: 'waitForOwner', why: `${situation.owner} owns it and may make it again` };
    }
    return {
      action: 'ask',
      reason: 'owned',
      why: `${use}, but ${situation.owner} owns it and did not make it again`,
    };
  }
  if (situation.wasLetGo) {
    return { action: 'ask', reason: 'wasLetGo', why: `${use} now, but nothing did when it was deleted` };
  }
  if (situation.missed && situation.copyAgeMs > policy.oldCopyMs) {
    const days = Math.floor(situation.copyAgeMs / 86_400_000);
    return {
      action: 'ask',
      reason: 'oldCopy',
      why: `${use}, but the copy was last seen ${count(days, 'day')} ago`,
    };
  }
  if (pods === 0) {
    return { action: 'ask', reason: 'templatesOnly', why: `${use}, but no pod uses it yet` };
  }
  if (policy.mode === 'ask') return { action: 'ask', reason: 'mode', why: use };
  if (policy.isPaused) return { action: 'ask', reason: 'paused', why: `${use}, but restoring is paused` };
  if (situation.recentRestores >= policy.fightLimit) {
    const minutes = Math.round(policy.fightWindowMs / 60_000);
    const times = count(situation.recentRestores, 'time');
    return {
      action: 'hold',
      why: `${use}, but it was brought back ${times} within ${count(minutes, 'minute')} and deleted again each time`,
    };
  }
  return { action: 'restore', why: use };
}

/** `14 pods use it`, `1 pod uses it, 2 workloads refer to it`. */
export function describeUse(pods: number, templates: number): string {
  const parts = [
    pods > 0 ? `${count(pods, 'pod')} ${pods === 1 ? 'uses' : 'use'} it` : '',
    templates > 0 ? `${count(templates, 'workload')} ${templates === 1 ? 'refers' : 'refer'} to it` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing uses it' : parts.join(', ');
}

/** `1 pod`, `14 pods`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** What can happen to a cluster, its keeper and the network between them, as data that fast-check makes up. */
import * as fc from 'fast-check';

export const NAMESPACE_NAMES = ['a', 'b'] as const;
export const NETWORK_NAMES = ['one', 'two'] as const;
export const POD_NAMES = ['p', 'q', 'r'] as const;

/** One of the networks that may exist, as `namespace/name`. */
export const KEYS = NAMESPACE_NAMES.flatMap((namespace) =>
  NETWORK_NAMES.map((name) => `${namespace}/${name}`),
);

export type Step =
  /** A held one has a finalizer, an owned one an owner. */
  | { readonly does: 'createNetwork'; readonly key: string; readonly as: 'plain' | 'held' | 'owned' }
  | { readonly does: 'editNetwork'; readonly key: string }
  | { readonly does: 'deleteNetwork'; readonly key: string }
  | { readonly does: 'replaceNetwork'; readonly key: string }
  | { readonly does: 'releaseNetwork'; readonly key: string }
  | { readonly does: 'createPod' | 'editPod'; readonly pod: string; readonly keys: readonly string[] }
  | { readonly does: 'deletePod' | 'finishPod'; readonly pod: string }
  | { readonly does: 'createTemplate'; readonly key: string }
  | { readonly does: 'deleteTemplate' }
  | { readonly does: 'deleteNamespace' | 'finishNamespace' | 'createNamespace'; readonly namespace: string }
  | { readonly does: 'compact' }
  /** Breaks open watches. */
  | {
      readonly does: 'breakWatches';
      readonly how: Breakage;
      readonly of: Target;
    }
  /** Breaks so many of the requests that follow. */
  | { readonly does: 'breakRequests'; readonly how: Trouble; readonly of: Target; readonly times: number }
  /** The server cannot be reached. */
  | { readonly does: 'outage' }
  /** All troubles end, and enough time passes for it to be noticed. */
  | { readonly does: 'heal' }
  | { readonly does: 'stop' | 'kill' }
  | { readonly does: 'start'; readonly mode: 'restore' | 'ask' }
  | { readonly does: 'pass'; readonly ms: number }
  | { readonly does: 'settle' };

/** What a fault is aimed at. `write`: creates. */
export type Target = 'networks' | 'pods' | 'write' | 'all';
export type Breakage = 'drop' | 'end' | 'cut' | 'silence' | 'garbage';
export type Trouble = 'drop' | 'dropReply' | '500' | '429' | '403' | '409' | '410' | 'stall';

const key = fc.constantFrom(...KEYS);
const keys = fc.subarray(KEYS, { minLength: 0, maxLength: 3 });
const pod = fc.constantFrom(...POD_NAMES);
const namespace = fc.constantFrom(...NAMESPACE_NAMES);
const target = fc.constantFrom<Target[]>('networks', 'pods', 'write', 'all');
const step = <Kind extends Step['does']>(...does: Kind[]) => ({ does: fc.constantFrom<Kind[]>(...does) });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...step('createNetwork'),
      key,
      as: fc.constantFrom('plain', 'plain', 'plain', 'plain', 'held', 'owned'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...step('editNetwork'), key }) },
  { weight: 14, arbitrary: fc.record({ ...step('deleteNetwork'), key }) },
  { weight: 2, arbitrary: fc.record({ ...step('replaceNetwork'), key }) },
  { weight: 2, arbitrary: fc.record({ ...step('releaseNetwork'), key }) },
  { weight: 8, arbitrary: fc.record({ ...step('createPod'), pod, keys }) },
  { weight: 2, arbitrary: fc.record({ ...step('editPod'), pod, keys }) },
  { weight: 4, arbitrary: fc.record({ ...step('deletePod', 'finishPod'), pod }) },
  { weight: 1, arbitrary: fc.record({ ...step('createTemplate'), key }) },
  { weight: 1, arbitrary: fc.record(step('deleteTemplate')) },
  {
    weight: 2,
    arbitrary: fc.record({ ...step('deleteNamespace', 'finishNamespace', 'createNamespace'), namespace }),
  },
  { weight: 2, arbitrary: fc.record(step('compact')) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...step('breakWatches'),
      how: fc.constantFrom<Breakage[]>('drop', 'end', 'cut', 'silence', 'garbage'),
      of: target,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...step('breakRequests'),
      how: fc.constantFrom<Trouble[]>('drop', 'dropReply', '500', '429', '403', '409', '410', 'stall'),
      of: target,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record(step('outage')) },
  { weight: 4, arbitrary: fc.record(step('heal')) },
  { weight: 2, arbitrary: fc.record(step('stop', 'kill')) },
  {
    weight: 3,
    arbitrary: fc.record({ ...step('start'), mode: fc.constantFrom('restore', 'restore', 'ask') }),
  },
  { weight: 5, arbitrary: fc.record({ ...step('pass'), ms: fc.constantFrom(100, 2_000, 30_000, 61_000) }) },
  { weight: 16, arbitrary: fc.record(step('settle')) },
);

/** What chance alone would seldom put in this order. */
const anyStory: fc.Arbitrary<readonly Step[]> = fc
  .record({
    key,
    pod,
    how: fc.constantFrom<Trouble[]>('drop', 'dropReply', '500', '429', '403', '409', 'stall'),
    rounds: fc.integer({ min: 3, max: 5 }),
  })
  .chain(({ key, pod, how, rounds }) => {
    const settle: Step = { does: 'settle' };
    const pass = (ms: number): Step => ({ does: 'pass', ms });
    const remove: Step = { does: 'deleteNetwork', key };
    const release: Step = { does: 'releaseNetwork', key };
    const make = (as: 'plain' | 'held' | 'owned'): Step => ({ does: 'createNetwork', key, as });
    const use: Step = { does: 'createPod', pod, keys: [key] };
    const unused = [
      ...POD_NAMES.map((each): Step => ({ does: 'deletePod', pod: each })),
      make('plain'),
      settle,
    ];
    const used = [...unused, use, settle];
    return fc.constantFrom<(readonly Step[])[]>(
      // A pod turns up within the provisional minute, or after it.
      [...unused, remove, settle, pass(30_000), use, settle],
      [...unused, remove, settle, pass(61_000), use, pass(30_000)],
      // All in one breath.
      [...unused, use, remove],
      [...used, { does: 'deletePod', pod }, remove, settle],
      // Somebody fights.
      [...used, ...Array.from({ length: rounds }, () => [remove, settle]).flat()],
      // It changes while it waits for its finalizers.
      [
        ...unused,
        remove,
        release,
        settle,
        make('held'),
        use,
        settle,
        remove,
        { does: 'editNetwork', key },
        settle,
        release,
      ],
      // Somebody owns it.
      [...unused, remove, release, settle, make('owned'), use, settle, remove, settle, pass(30_000)],
      // The create meets a fault.
      [...used, { does: 'breakRequests', how, of: 'write', times: 1 }, remove, settle],
      // The network is deleted while nobody watches.
      [...used, { does: 'stop' }, remove, { does: 'start', mode: 'restore' }, settle],
      [...used, pass(2_000), { does: 'kill' }, remove, settle],
    );
  });

export interface History {
  readonly mode: 'restore' | 'ask';
  readonly steps: readonly Step[];
}

/** A history begins with networks that are used, so that much of it is about something. */
export const anyHistory: fc.Arbitrary<History> = fc
  .record({
    mode: fc.constantFrom<('restore' | 'ask')[]>('restore', 'restore', 'restore', 'ask'),
    used: fc.subarray(KEYS, { minLength: 1, maxLength: 3 }),
    others: fc.subarray(KEYS, { minLength: 0, maxLength: 2 }),
    parts: fc.array(
      fc.oneof({ weight: 10, arbitrary: anyStep.map((each) => [each]) }, { weight: 1, arbitrary: anyStory }),
      { minLength: 4, maxLength: 16 },
    ),
    // What comes last is not made up for by what comes after it.
    last: fc.oneof(anyStory, fc.constant([])),
  })
  .map(({ mode, used, others, parts, last }) => ({
    mode,
    steps: [
      ...[...used, ...others].map((each) => ({
        does: 'createNetwork' as const,
        key: each,
        as: 'plain' as const,
      })),
      { does: 'createPod', pod: 'p', keys: used },
      { does: 'settle' },
      ...parts.flat(),
      ...last,
    ],
  }));

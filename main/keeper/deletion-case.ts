import type { AskReason } from '../guard/decision.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import { keyOf } from './known-networks.ts';

export type CaseState =
  | 'queued'
  | 'undecided'
  | 'waitingForOwner'
  | 'restoring'
  | 'asking'
  | 'held'
  | 'letGo'
  | 'refused';

export interface HowOpened {
  /** When the watch told of it: what `tookMs` counts from. */
  readonly toldAt: number;
  /** When it was last known to be there. */
  readonly seenAt: number;
  readonly missed: boolean;
  /** It was let go long ago and is asked for now. */
  readonly wasLetGo?: true;
  /** A person asks for it: it is wanted even if nothing uses it. */
  readonly isByPerson?: true;
}

/** What has become of one deleted network. It is open until the network is there again or forgotten. */
export interface Case extends HowOpened {
  readonly key: NetworkKey;
  readonly network: NetworkObject;
  readonly abort: AbortController;
  /** Uids of pods that a live read has shown to be gone while the index still had them. */
  readonly ruledOut: Set<string>;
  ownerHadItsTime: boolean;
  /** Changed by `DeletionCases.enter` alone, which tells of it. */
  state: CaseState;
  /** Why a person was asked, if one was. */
  askedFor: AskReason | undefined;
  /** The last thing said of it, so that nothing is said twice. */
  said: string;
  /** The work under way; never rejects. */
  work: Promise<void>;
}

/** A case to be decided on. It goes on after the work of an earlier one of the same network. */
export function newCase(network: NetworkObject, how: HowOpened, earlier: Case | undefined): Case {
  return {
    ...how,
    key: keyOf(network),
    network,
    abort: new AbortController(),
    ruledOut: new Set(),
    ownerHadItsTime: false,
    state: 'undecided',
    askedFor: undefined,
    said: '',
    work: earlier?.work ?? Promise.resolve(),
  };
}

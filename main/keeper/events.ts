import type { AskReason, LetGoReason } from '../guard/decision.ts';
import type { UserKind } from '../guard/users.ts';

/** Found by the program; `mode` is what the user wants. */
export type Phase = 'off' | 'connecting' | 'syncing' | 'watching' | 'reconnecting' | 'failed';

export type ProblemCode =
  | 'unreachable'
  | 'credentials'
  | 'forbidden'
  | 'noNadCrd'
  | 'badKubeconfig'
  /** May watch, may not create: deletions can be told, not undone. */
  | 'readOnly';

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly remedy: string;
}

export interface UserName {
  readonly kind: UserKind;
  readonly namespace: string;
  readonly name: string;
}

/** What a person is told about a network; `namespace` and `name` are the network's. */
interface About {
  readonly namespace: string;
  readonly name: string;
}

interface WithUsers extends About {
  /** At most MOST_USERS of them, pods first. */
  readonly users: readonly UserName[];
  readonly userCount: number;
}

interface Explained {
  /** For people: a whole sentence. */
  readonly message: string;
}

export type FailReason =
  | 'forbidden'
  /** The server or an admission webhook refuses the object. */
  | 'refused';

/** Everything that happens in one context. The `-o json` lines and the journal are made of these as they are. */
export type ContextEvent =
  | { readonly event: 'phase'; readonly phase: Phase; readonly problem?: Problem }
  | {
      readonly event: 'synced';
      readonly networks: number;
      /** Pods that use a network. */
      readonly pods: number;
      readonly attachments: number;
      readonly tookMs: number;
    }
  /** It has a deletionTimestamp and waits for its finalizers. */
  | ({ readonly event: 'deleting' } & WithUsers & Explained)
  | ({ readonly event: 'deleted'; readonly missed: boolean } & WithUsers & Explained)
  | ({
      readonly event: 'restored';
      readonly by: 'self' | 'other';
      readonly missed: boolean;
      /** From the watch event to the server's answer. */
      readonly tookMs: number;
    } & WithUsers &
      Explained)
  | ({ readonly event: 'asked'; readonly reason: AskReason; readonly missed: boolean } & WithUsers &
      Explained)
  | ({ readonly event: 'letGo'; readonly reason: LetGoReason; readonly missed: boolean } & About & Explained)
  | ({ readonly event: 'stray' } & About & Explained)
  | ({ readonly event: 'held'; readonly fieldManagers: readonly string[] } & WithUsers & Explained)
  | ({ readonly event: 'failed'; readonly reason: FailReason } & WithUsers & Explained)
  | ({ readonly event: 'missing' } & WithUsers & Explained);

/** An event with when and where. */
export type KeeperEvent = { readonly time: string; readonly context: string } & ContextEvent;

export const MOST_USERS = 20;

import type { ApiError } from '../cluster/api.ts';
import type { ReflectorState } from '../cluster/reflector.ts';

export type FeedRole = 'networks' | 'pods' | 'workloads';

interface Feed {
  readonly role: FeedRole;
  readonly what: string;
  wasListed: boolean;
  isLive: boolean;
  /** Since it is live, or not any more. */
  changedAt: number;
  isSuspended: boolean;
  error: ApiError | undefined;
  itemsRead: number;
}

/** How one watch is. */
export type FeedState = Readonly<
  Pick<Feed, 'role' | 'what' | 'wasListed' | 'isLive' | 'changedAt' | 'error'>
>;

export interface FeedReport {
  readonly listed: () => void;
  readonly state: (state: ReflectorState) => void;
}

/** How all the watches of one context are. */
export class Feeds {
  readonly #feeds: Feed[] = [];
  readonly #onChange: () => void;
  readonly #now: () => number;

  constructor(onChange: () => void, now: () => number) {
    this.#onChange = onChange;
    this.#now = now;
  }

  /** @param what is watched, for people: `Deployment in web` */
  add(role: FeedRole, what: string): FeedReport {
    const feed: Feed = {
      role,
      what,
      wasListed: false,
      isLive: false,
      changedAt: this.#now(),
      isSuspended: false,
      error: undefined,
      itemsRead: 0,
    };
    this.#feeds.push(feed);
    return {
      listed: () => {
        feed.wasListed = true;
        feed.error = undefined;
      },
      state: (state) => {
        const isLive = state.phase === 'live';
        if (isLive !== feed.isLive) feed.changedAt = this.#now();
        feed.isLive = isLive;
        if (state.phase === 'waiting') feed.error = state.error;
        if (state.phase === 'live' || state.phase === 'suspended') feed.error = undefined;
        if (state.phase !== 'listing') feed.isSuspended = state.phase === 'suspended';
        if (state.phase === 'listing') feed.itemsRead = state.items;
        this.#onChange();
      },
    };
  }

  /** A request beside the watches was refused for its credentials: so would the watches be, opened anew. */
  credentialsRefused(error: ApiError): void {
    for (const feed of this.#feeds) if (feed.role === 'networks') feed.error = error;
    this.#onChange();
  }

  /** Each watch as it is now. */
  states(): readonly FeedState[] {
    return this.#feeds.map((feed) => ({ ...feed }));
  }

  /** Everything that can be read was read once. */
  get areAllRead(): boolean {
    return this.#feeds.length > 0 && this.#feeds.every((feed) => feed.wasListed || isUnavailable(feed));
  }

  get areNetworksLive(): boolean {
    return this.#feeds.every((feed) => feed.role !== 'networks' || feed.isLive);
  }

  /** Pods and workloads were all read and are being watched: "nobody uses it" means it. */
  get isUsageComplete(): boolean {
    return this.#feeds.every(
      (feed) => feed.role === 'networks' || (feed.wasListed && feed.isLive) || isUnavailable(feed),
    );
  }

  /** Some of what was suspended is not read and watched again yet. */
  get areSuspended(): boolean {
    return this.#feeds.some(({ isSuspended }) => isSuspended);
  }

  /** The first trouble of those watches that we cannot do without, networks before pods. */
  get error(): ApiError | undefined {
    const failing = (role: FeedRole) =>
      this.#feeds.find((feed) => feed.role === role && feed.error !== undefined);
    return (failing('networks') ?? failing('pods'))?.error;
  }

  /** Objects read so far by lists that are under way. */
  get itemsRead(): number {
    return this.#feeds.reduce((sum, feed) => sum + feed.itemsRead, 0);
  }
}

/** Workloads of a kind that is not served (KubeVirt) or that we may not read: we go on without them. */
export function isUnavailable({ role, error }: Pick<Feed, 'role' | 'error'>): boolean {
  return role === 'workloads' && (error?.code === 'forbidden' || error?.code === 'notFound');
}

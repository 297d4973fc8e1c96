/** How the watches of a context are, in words. */
import type { Problem } from '../contract/contexts.ts';
import type { Check } from '../contract/diagnosis.ts';
import { count } from '../guard/decision.ts';
import type { FeedState } from './feeds.ts';
import { isUnavailable } from './feeds.ts';
import type { Session } from './session.ts';

export interface WatchFacts {
  /** Undefined while the networks were not all read. */
  readonly session: Session | undefined;
  readonly problem: Problem | undefined;
  /** Objects read so far. */
  readonly itemsRead: number;
  /** Until when what is known was known to be so, in ms since the epoch; undefined while it is live. */
  readonly staleSince: number | undefined;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** @param now in ms since the epoch */
export function describeWatch(facts: WatchFacts, now: number): Check[] {
  const { session, problem, itemsRead } = facts;
  const title = 'Watches';
  if (session !== undefined)
    return [describeFeeds(title, session.feeds.states(), now), describeHeld(facts, session, now)];
  if (problem !== undefined) {
    return [{ title, status: 'failed', message: problem.message, remedy: problem.remedy }];
  }
  const message = `Everything is being read for the first time: ${count(itemsRead, 'object')} so far.`;
  return [{ title, status: 'warning', message, remedy: 'Wait a little, then look again.' }];
}

function describeFeeds(title: string, feeds: readonly FeedState[], now: number): Check {
  const used = feeds.filter((feed) => !isUnavailable(feed));
  const passedOver = feeds.filter(isUnavailable).map(({ what, error }) => {
    return `${what} (${error?.code === 'notFound' ? 'not served here' : 'may not be read'})`;
  });
  const broken = used.filter(({ isLive }) => !isLive);
  const also = passedOver.length === 0 ? '' : ` Passed over: ${passedOver.join(', ')}.`;
  if (broken.length === 0) {
    const open = used.map(({ what, changedAt }) => `${what} for ${duration(now - changedAt)}`).join(', ');
    return { title, status: 'ok', message: `All are open: ${open}.${also}` };
  }
  const clauses = broken.map(({ what, changedAt, error }) => {
    const why = error === undefined ? '' : ` (${error.message})`;
    return `${what} for ${duration(now - changedAt)}${why}`;
  });
  return {
    title,
    status: broken.some(({ error }) => error !== undefined) ? 'failed' : 'warning',
    message: `${broken.length} of ${used.length} are not open: ${clauses.join('; ')}.${also}`,
    remedy: 'They are tried again by themselves; Retry does so at once.',
  };
}

function describeHeld({ staleSince }: WatchFacts, { known, usage }: Session, now: number): Check {
  let pods = 0;
  let attachments = 0;
  for (const user of usage.users('Pod')) {
    pods += 1;
    attachments += user.attachments.length;
  }
  const held = `${count(known.presentCount, 'network')}, and ${count(pods, 'pod')} with ${count(attachments, 'attachment')} to them`;
  const title = 'What is held';
  if (staleSince === undefined) return { title, status: 'ok', message: `${held}, as it is now.` };
  const age = duration(now - staleSince);
  return { title, status: 'warning', message: `${held}, as it was ${age} ago.` };
}

/** `3 min` */
function duration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.round(ms / SECOND_MS))} s`;
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms < DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : count(Math.round(ms / DAY_MS), 'day');
}

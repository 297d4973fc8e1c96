import { describe, expect, it } from 'vitest';
import type { Update, WindowEvent } from '../../main/contract/updates.ts';
import { UpdateFeed } from '../../main/keeper/update-feed.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A feed of notices: each change makes one, and an update has all that came since the last. */
function startFeed() {
  const clock = new FakeClock();
  const logged: string[] = [];
  let pending: string[] = [];
  const collect = () => {
    const notices = pending.map((id) => ({ id, message: id }));
    pending = [];
    return notices.length > 0 ? { notices } : {};
  };
  const feed = new UpdateFeed({ clock, collect, log: (message) => logged.push(message) });
  const change = (id: string) => {
    pending.push(id);
    feed.mark();
  };
  return { clock, logged, feed, change };
}

function record(updates: Update[]): (event: WindowEvent) => void {
  return (event) => {
    if (event.event === 'update') updates.push(event.update);
  };
}

function told(updates: readonly Update[]): string[][] {
  return updates.map(({ notices = [] }) => notices.map(({ id }) => id));
}

describe('a feed of updates', () => {
  it('sends a change at once when nothing was sent for a while', () => {
    const { clock, feed, change } = startFeed();
    const updates: Update[] = [];
    feed.subscribe(record(updates));
    change('a');
    clock.advance(0);
    expect(updates).toEqual([{ sequence: 1, notices: [{ id: 'a', message: 'a' }] }]);
  });

  it('gathers changes, and lets 100 ms pass between two updates', () => {
    const { clock, feed, change } = startFeed();
    const updates: Update[] = [];
    const times: number[] = [];
    feed.subscribe(record(updates));
    feed.subscribe(() => times.push(clock.now()));
    for (let passed = 0; passed < 1_000; passed += 1) {
      change(String(passed));
      clock.advance(1);
    }
    clock.advance(100);
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(Array(10).fill(100));
    expect(told(updates).flat()).toHaveLength(1_000);
    expect(updates.map(({ sequence }) => sequence)).toEqual(updates.map((_, index) => index + 1));
  });

  it('sends nothing where nothing changed in the end', () => {
    const { clock, feed } = startFeed();
    const updates: Update[] = [];
    feed.subscribe(record(updates));
    feed.mark();
    clock.advance(1_000);
    expect(updates).toEqual([]);
    expect(feed.sequence).toBe(0);
  });

  it('gives one that is behind nothing but numbers, by which it sees the gap', () => {
    const { clock, feed, change } = startFeed();
    const updates: Update[] = [];
    let isBehind = true;
    feed.subscribe((event) => {
      if (isBehind) return false;
      record(updates)(event);
      return true;
    });
    const others: Update[] = [];
    feed.subscribe(record(others));
    change('missed');
    clock.advance(100);
    isBehind = false;
    change('while behind');
    clock.advance(100);
    change('after');
    clock.advance(100);
    expect(updates.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(told(updates)).toEqual([[], ['after']]);
    expect(told(others)).toEqual([['missed'], ['while behind'], ['after']]);
  });

  it('shows one that was behind its gap also when nothing more happens', () => {
    const { clock, feed, change } = startFeed();
    const sequences: number[] = [];
    let isBehind = true;
    feed.subscribe((event) => {
      if (isBehind) return false;
      if (event.event === 'update') sequences.push(event.update.sequence);
      return true;
    });
    change('missed');
    clock.advance(5_000);
    isBehind = false;
    clock.advance(1_000);
    expect(sequences).toHaveLength(1);
    expect(sequences[0]).toBeGreaterThan(1);
    clock.advance(10_000);
    expect(sequences).toHaveLength(1);
  });

  it('goes on with the others when a listener throws', () => {
    const { clock, logged, feed, change } = startFeed();
    const updates: Update[] = [];
    feed.subscribe(() => {
      throw new Error('a broken window');
    });
    feed.subscribe(record(updates));
    change('a');
    clock.advance(100);
    change('b');
    clock.advance(100);
    expect(told(updates)).toEqual([['a'], ['b']]);
    expect(logged[0]).toContain('a broken window');
  });

  it('tells nothing to one that has ended its subscription, nor after its end', () => {
    const { clock, feed, change } = startFeed();
    const updates: Update[] = [];
    const end = feed.subscribe(record(updates));
    end();
    feed.subscribe(record(updates));
    feed.stop();
    change('a');
    clock.advance(1_000);
    expect(updates).toEqual([]);
  });
});

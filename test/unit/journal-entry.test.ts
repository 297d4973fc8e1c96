import { describe, expect, it } from 'vitest';
import { journalEntrySchema, MOST_JOURNAL_USERS } from '../../main/contract/journal.ts';
import type { KeeperEvent, UserName } from '../../main/keeper/events.ts';
import { toJournalEntry } from '../../main/keeper/journal-entry.ts';
import { contextOf } from '../support/contexts.ts';

const context = contextOf({ cluster: { server: 'https://test.example' } });

function restored(users: readonly UserName[]): KeeperEvent {
  return {
    time: '2026-01-01T00:00:00.000Z',
    context: 'test',
    event: 'restored',
    namespace: 'web',
    name: 'net',
    by: 'self',
    missed: false,
    tookMs: 3,
    users,
    userCount: users.length,
    message: 'Brought back web/net',
  };
}

describe('an entry of the journal', () => {
  it('names the first users of the network, and counts them all', () => {
    const users = Array.from({ length: MOST_JOURNAL_USERS + 5 }, (_, index) => ({
      kind: 'Pod' as const,
      namespace: 'web',
      name: `pod-${index}`,
    }));
    const entry = toJournalEntry(context, restored(users));
    expect(entry).toMatchObject({ users: users.slice(0, MOST_JOURNAL_USERS), userCount: users.length });
    expect(journalEntrySchema.safeParse({ id: 1, ...entry }).success).toBe(true);
  });

  it('has no list of users where there is none', () => {
    expect(toJournalEntry(context, restored([]))).not.toHaveProperty('users');
  });
});

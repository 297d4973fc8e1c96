import { expect, test } from 'vitest';
import type { Update, WindowEvent } from '../../main/contract/updates.ts';
import { type DesktopState, LiveState } from '../../main/desktop/live-state.ts';
import type { Service } from '../../main/keeper/service.ts';
import { makeContext, makeEntry, makeState } from '../support/desktop-state.ts';

/** A service whose snapshots are answered when the test says so. */
function makeService() {
  const listeners = new Set<(event: WindowEvent) => unknown>();
  const answers: ((sequence: number, state: DesktopState) => void)[] = [];
  const service: Pick<Service, 'invoke' | 'subscribe'> = {
    invoke: (name) =>
      new Promise((resolve) => {
        expect(name).toBe('snapshot');
        answers.push((sequence, state) => resolve({ ok: true, value: { sequence, ...state } }));
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const update = (update: Update) => {
    for (const listener of listeners) listener({ event: 'update', update });
  };
  return { service: service as Service, answers, update };
}

test('takes updates that came while the snapshot was under way, and only those newer than it', async () => {
  const { service, answers, update } = makeService();
  const states: DesktopState[] = [];
  const live = new LiveState(service, (state) => states.push(state));
  const started = live.start();
  update({ sequence: 5, contexts: [makeContext('old')] });
  update({ sequence: 6, contexts: [makeContext('new')] });
  answers[0]?.(5, makeState([makeContext('snapshot')]));
  await started;
  expect(states.map(({ contexts }) => contexts[0]?.name)).toEqual(['snapshot', 'new']);
});

test('puts new entries before the ones that it has', async () => {
  const { service, answers, update } = makeService();
  const live = new LiveState(service, () => {});
  const started = live.start();
  const [first, second, third] = [1, 2, 3].map((number) => makeEntry('restored', `a/${number}`));
  if (first === undefined || second === undefined || third === undefined) throw new Error('no entries');
  answers[0]?.(0, makeState([], [first]));
  await started;
  update({ sequence: 1, journal: [second, third] });
  expect(live.current?.journal).toEqual([third, second, first]);
});

test('asks for a snapshot again after a gap', async () => {
  const { service, answers, update } = makeService();
  const live = new LiveState(service, () => {});
  const started = live.start();
  answers[0]?.(1, makeState([]));
  await started;
  update({ sequence: 3, contexts: [makeContext('later')] });
  expect(answers).toHaveLength(2);
  answers[1]?.(3, makeState([makeContext('whole')]));
  await expect.poll(() => live.current?.contexts[0]?.name).toBe('whole');
});

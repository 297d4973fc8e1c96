/** The command line of `netkeeper serve`, and what it makes of the settings that are kept. */
import { describe, expect, test } from 'vitest';
import { parseCommand, UsageError } from '../../main/cli/arguments.ts';
import { helpText } from '../../main/cli/help.ts';
import type { ContextMode } from '../../main/contract/contexts.ts';
import type { ContextSettings, Settings } from '../../main/contract/settings.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../main/contract/settings.ts';
import { settingsInMemory } from '../../main/store/in-memory.ts';
import { withRunModes } from '../../main/store/run-modes.ts';

describe('netkeeper serve', () => {
  test('serves what is set in the window, on any free port', () => {
    expect(parseCommand(['serve'])).toEqual({
      name: 'serve',
      flags: {
        kubeconfig: undefined,
        contexts: [],
        allContexts: false,
        namespaces: [],
        output: 'text',
        verbose: false,
        mode: undefined,
        stateDirectory: undefined,
        keepState: true,
        port: 0,
        open: false,
        demo: false,
      },
    });
  });

  test('reads every flag', () => {
    const args = 'serve --kubeconfig f --context a --mode ask --state-dir d --port 8080 --open -n x -v'.split(
      ' ',
    );
    expect(parseCommand(args)).toMatchObject({
      flags: {
        kubeconfig: 'f',
        contexts: ['a'],
        namespaces: ['x'],
        mode: 'ask',
        stateDirectory: 'd',
        port: 8080,
        open: true,
      },
    });
    expect(parseCommand(['serve', '--demo', '--open', '--port', '0', '-v'])).toMatchObject({
      flags: { demo: true, open: true, port: 0 },
    });
  });

  test.each([
    [['--port', '65536'], '--port takes a number up to 65535, not "65536".'],
    [['-n', ''], '--namespace needs a value.'],
    [
      ['--demo', '-n', 'x'],
      '--demo reads no kubeconfig and keeps nothing, so --namespace cannot go with it.',
    ],
    [['--port', '1e3'], '--port takes a number up to 65535, not "1e3".'],
    [['--port='], '--port takes a number up to 65535, not "".'],
    [
      ['--demo', '--context', 'a'],
      '--demo reads no kubeconfig and keeps nothing, so --context cannot go with it.',
    ],
    [
      ['--no-state', '--demo'],
      '--demo reads no kubeconfig and keeps nothing, so --no-state cannot go with it.',
    ],
    [['--mode', 'ask'], '--mode is for the contexts that --context or --all-contexts choose'],
    [['--no-state', '--state-dir', 'd'], '--state-dir and --no-state contradict each other'],
    [['somewhere'], "Unexpected argument 'somewhere'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommand(['serve', ...args])).toThrow(UsageError);
    expect(() => parseCommand(['serve', ...args])).toThrow(message);
  });

  test('has help that names every flag of its own', () => {
    for (const args of [
      ['serve', '--help'],
      ['help', 'serve'],
    ]) {
      expect(parseCommand(args)).toEqual({ name: 'help', about: 'serve' });
    }
    for (const flag of ['--port', '--open', '--demo', '--mode', '--state-dir', '--no-state', '--context']) {
      expect(helpText('serve')).toContain(flag);
    }
    expect(helpText(undefined)).toContain('serve ');
  });
});

const MODES = new Map<string, ContextMode>([
  ['a', 'restore'],
  ['b', 'off'],
]);

function keeping(contexts: Settings['contexts']) {
  const kept = settingsInMemory();
  kept.set(settingsSchema.parse({ contexts }));
  return { kept, run: withRunModes(kept, MODES) };
}

const context = (more: Partial<ContextSettings>) => ({ isProtected: false, isMuted: false, ...more });

describe('the modes of one run', () => {
  test('stand in for those that are kept, and for nothing else', () => {
    const { run } = keeping({
      a: context({ label: 'A' }),
      b: context({ mode: 'ask' }),
      c: context({ mode: 'ask' }),
    });
    expect(run.get().contexts).toEqual({
      a: context({ label: 'A', mode: 'restore' }),
      b: context({ mode: 'off' }),
      c: context({ mode: 'ask' }),
    });
  });

  test('are not kept when something else changes', () => {
    const { kept, run } = keeping({ b: context({ mode: 'ask' }) });
    run.set({ ...run.get(), theme: 'dark' });
    expect(kept.get()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      contexts: { b: context({ mode: 'ask' }) },
    });
    run.set({
      ...run.get(),
      contexts: { ...run.get().contexts, a: context({ mode: 'restore', isMuted: true }) },
    });
    expect(kept.get().contexts).toEqual({ a: context({ isMuted: true }), b: context({ mode: 'ask' }) });
  });

  test('give way to one that the user sets, which is kept', () => {
    const { kept, run } = keeping({ b: context({ mode: 'ask' }) });
    run.set({ ...run.get(), contexts: { ...run.get().contexts, a: context({ mode: 'off' }) } });
    expect(kept.get().contexts).toEqual({ a: context({ mode: 'off' }), b: context({ mode: 'ask' }) });
    expect(run.get().contexts).toEqual({ a: context({ mode: 'off' }), b: context({ mode: 'off' }) });
    run.set({ ...run.get(), contexts: { ...run.get().contexts, a: context({ mode: 'restore' }) } });
    expect(kept.get().contexts.a).toEqual(context({ mode: 'restore' }));
  });

  test('tell of a change also where what is kept stays the same', () => {
    const { kept, run } = keeping({ b: context({ mode: 'ask' }) });
    const heard: Settings[] = [];
    const stop = run.onChange((settings) => heard.push(settings));
    run.set({ ...run.get(), contexts: { ...run.get().contexts, b: context({ mode: 'ask' }) } });
    expect(heard.map(({ contexts }) => contexts.b)).toEqual([context({ mode: 'ask' })]);
    expect(kept.get().contexts).toEqual({ b: context({ mode: 'ask' }) });
    stop();
    run.set(run.get());
    expect(heard).toHaveLength(1);
  });
});

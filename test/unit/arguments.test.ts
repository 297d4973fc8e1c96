import { describe, expect, test } from 'vitest';
import { parseCommand, UsageError } from '../../main/cli/arguments.ts';

describe('the command line', () => {
  test('watches the current context and restores unless told', () => {
    expect(parseCommand(['watch'])).toEqual({
      name: 'watch',
      flags: {
        kubeconfig: undefined,
        contexts: [],
        allContexts: false,
        namespaces: [],
        output: 'text',
        verbose: false,
        mode: 'restore',
        stateDirectory: undefined,
        keepState: true,
      },
    });
  });

  test('takes contexts and namespaces more than once, each counted once', () => {
    const command = parseCommand([
      'usage',
      '--context',
      'a',
      '--context=b',
      '--context',
      'a',
      '-n',
      'x',
      '--namespace',
      'y',
    ]);
    expect(command).toMatchObject({ name: 'usage', flags: { contexts: ['a', 'b'], namespaces: ['x', 'y'] } });
  });

  test('reads every flag of watch', () => {
    const args = 'watch --kubeconfig f --all-contexts --mode ask -o json --state-dir d -v'.split(' ');
    expect(parseCommand(args)).toMatchObject({
      flags: {
        kubeconfig: 'f',
        allContexts: true,
        mode: 'ask',
        output: 'json',
        stateDirectory: 'd',
        verbose: true,
      },
    });
    expect(parseCommand(['watch', '--no-state'])).toMatchObject({ flags: { keepState: false } });
  });

  test.each([
    [[], undefined],
    [['--help'], undefined],
    [['help'], undefined],
    [['help', 'watch'], 'watch'],
    [['watch', '--help'], 'watch'],
    [['usage', '-h'], 'usage'],
    [['doctor', '-h'], 'doctor'],
    [['demo', '--help'], 'demo'],
  ])('%j asks for help', (args, about) => {
    expect(parseCommand(args)).toEqual({ name: 'help', about });
  });

  test.each([
    [['wtach'], /no command "wtach".*watch, serve, usage, doctor, demo/],
    [['watch', '--mode', 'delete'], /--mode takes restore or ask, not "delete"/],
    [['watch', '-o', 'yaml'], /--output takes text or json, not "yaml"/],
    [['watch', '--contxt', 'a'], /--contxt/],
    [['watch', 'extra'], /extra/],
    [['watch', '--context'], /--context/],
    [['watch', '--kubeconfig', ''], /--kubeconfig needs a value/],
    [['usage', '--namespace', ''], /--namespace needs a value/],
    [['usage', '--mode', 'ask'], /--mode/],
    [['watch', '--context', 'a', '--all-contexts'], /contradict/],
    [['watch', '--state-dir', 'd', '--no-state'], /contradict/],
    [['demo', '--kubeconfig', 'f'], /--kubeconfig/],
  ])('%j is refused with words that name the flag', (args, message) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
    expect(() => parseCommand(args)).toThrow(message);
  });
});

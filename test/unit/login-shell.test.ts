import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type LoginShellOptions, readLoginShellEnvironment } from '../../main/desktop/login-shell.ts';
import { FakeClock } from '../support/fake-clock.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netkeeper-login-shell-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
});

function write(file: string, lines: readonly string[]): void {
  const path = join(home, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** As a dock starts a program: hardly anything is set. */
const dockEnvironment = (shell: string) => ({ HOME: home, PATH: '/usr/bin:/bin', SHELL: shell });

const read = (shell: string, options: Partial<LoginShellOptions> = {}) =>
  readLoginShellEnvironment({
    env: dockEnvironment(shell),
    platform: 'linux',
    userShell: null,
    execPath: process.execPath,
    // It stands still: a machine that is busy must not seem to be a shell that hangs.
    clock: new FakeClock(),
    ...options,
  });

/** Sets what people set, and prints what their start-up files print: before, between, without a line end, on both outputs. */
const POSIX_START_UP = [
  'printf "welcome \\033]0;title\\007 {"',
  'echo "a warning" >&2',
  'env',
  'export PATH="$HOME/plugins:$PATH"',
  'export KUBECONFIG="$HOME/one:$HOME/two" HTTPS_PROXY=http://proxy.example:3128',
  'export LINES_OF="first line\n{\\"second\\": \'line\'} $ ! ü"',
];
const CSH_START_UP = [
  'echo "welcome {"',
  'env',
  'setenv PATH "$HOME/plugins:$PATH"',
  'setenv KUBECONFIG "$HOME/one:$HOME/two"',
  'setenv HTTPS_PROXY http://proxy.example:3128',
];
const FISH_START_UP = [
  'echo -n "welcome {"',
  'env',
  'set -gx PATH $HOME/plugins $PATH',
  'set -gx KUBECONFIG "$HOME/one:$HOME/two"',
  'set -gx HTTPS_PROXY http://proxy.example:3128',
];
const NU_START_UP = [
  'print "welcome {"',
  '$env.PATH = ($env.PATH | prepend $"($env.HOME)/plugins")',
  '$env.KUBECONFIG = $"($env.HOME)/one:($env.HOME)/two"',
  '$env.HTTPS_PROXY = "http://proxy.example:3128"',
];

const SHELLS: readonly (readonly [name: string, startUpFile: string, lines: readonly string[]])[] = [
  ['bash', '.bash_profile', POSIX_START_UP],
  ['dash', '.profile', POSIX_START_UP],
  ['ksh', '.profile', POSIX_START_UP],
  ['zsh', '.zprofile', POSIX_START_UP],
  ['zsh', '.zshrc', POSIX_START_UP],
  ['tcsh', '.tcshrc', CSH_START_UP],
  ['tcsh', '.login', CSH_START_UP],
  ['fish', '.config/fish/config.fish', FISH_START_UP],
  ['nu', '.config/nushell/env.nu', NU_START_UP],
];

/** Its path; undefined where this machine has none. */
function installed(shell: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
  return found === '' ? undefined : found;
}

describe.each(SHELLS)('%s with its %s', (name, startUpFile, lines) => {
  const shell = installed(name);

  test('tells what it sets, whatever it prints', async (context) => {
    if (shell === undefined) {
      console.warn(`Skipped: there is no ${name} on this machine.`);
      return context.skip(`there is no ${name} on this machine`);
    }
    write(startUpFile, lines);
    const { env, problem } = await read(shell);
    expect(problem).toBeUndefined();
    expect(env.PATH?.split(':')[0]).toBe(join(home, 'plugins'));
    expect(env).toMatchObject({
      HOME: home,
      SHELL: shell,
      KUBECONFIG: `${home}/one:${home}/two`,
      HTTPS_PROXY: 'http://proxy.example:3128',
    });
    if (lines === POSIX_START_UP) expect(env.LINES_OF).toBe('first line\n{"second": \'line\'} $ ! ü');
  });

  test('runs a program with blanks and a quote in its path', async (context) => {
    if (shell === undefined) return context.skip(`there is no ${name} on this machine`);
    const execPath = join(home, "it's a Net Keeper");
    symlinkSync(process.execPath, execPath);
    expect((await read(shell, { execPath })).problem).toBeUndefined();
  });
});

const bash = '/bin/bash';

describe('the environment that is given', () => {
  test('has nothing of what was set for the shell alone, and all that was there', async () => {
    const before = { ...process.env };
    const env = { ...dockEnvironment(bash), SHLVL: '7', DISPLAY: ':3', ELECTRON_RUN_AS_NODE: undefined };
    const result = await read(bash, { env });
    expect(result.env).toMatchObject({ SHLVL: '7', DISPLAY: ':3' });
    for (const name of [
      'ELECTRON_RUN_AS_NODE',
      'DISABLE_AUTO_UPDATE',
      'ZSH_TMUX_AUTOSTART',
      '_',
      'PWD',
      'OLDPWD',
    ]) {
      expect(result.env).not.toHaveProperty(name);
    }
    expect(env).toEqual({ ...dockEnvironment(bash), SHLVL: '7', DISPLAY: ':3' });
    expect(process.env).toEqual(before);
  });

  test('keeps what the user has set of that', async () => {
    const env = { ...dockEnvironment(bash), ELECTRON_RUN_AS_NODE: '1', PWD: '/' };
    expect((await read(bash, { env })).env).toMatchObject({ ELECTRON_RUN_AS_NODE: '1', PWD: '/' });
  });

  test('comes from the shell of the user database where SHELL is not set', async () => {
    write('.bash_profile', ['export KUBECONFIG=/mine']);
    const { HOME, PATH } = dockEnvironment(bash);
    const { env } = await read(bash, { env: { HOME, PATH }, userShell: bash });
    expect(env.KUBECONFIG).toBe('/mine');
  });

  test('comes from a start-up file that asks a question nobody answers', async () => {
    write('.bash_profile', ['read -r -p "Update now? " answer', 'export KUBECONFIG=/mine']);
    expect((await read(bash)).env.KUBECONFIG).toBe('/mine');
  });

  test('comes from a start-up file that prints ten megabytes', async () => {
    write('.bash_profile', ['head -c 10000000 /dev/zero', 'export KUBECONFIG=/mine']);
    expect((await read(bash)).env.KUBECONFIG).toBe('/mine');
  });

  test('does not wait for what a start-up file leaves running', async () => {
    write('.bash_profile', ['sleep 60 &', 'echo $! > "$HOME/pid"', 'export KUBECONFIG=/mine']);
    onTestFinished(() => void process.kill(Number(readFileSync(join(home, 'pid'), 'utf8'))));
    expect((await read(bash)).env.KUBECONFIG).toBe('/mine');
  });

  test('is as it was, with the reason, where a start-up file ends the shell', async () => {
    write('.bash_profile', ['export KUBECONFIG=/mine', 'echo token-that-nobody-should-see', 'exit 3']);
    const env = dockEnvironment(bash);
    const result = await read(bash, { env });
    expect(result.env).toBe(env);
    expect(result.problem).toMatch(
      /^The login shell \/bin\/bash ended \(exit code 3\) without telling .*Start NetKeeper from/,
    );
    expect(result.problem).not.toContain('token');
  });

  test('is as it was where a start-up file hangs, and what hangs is killed after five seconds', async () => {
    const pidFile = join(home, 'pid');
    write('.bash_profile', [
      'echo "$BASHPID" > "$HOME/pid.new"',
      'mv "$HOME/pid.new" "$HOME/pid"',
      'sleep 600',
    ]);
    const clock = new FakeClock();
    const env = dockEnvironment(bash);
    const reading = read(bash, { env, clock });
    while (!existsSync(pidFile)) await setTimeout(5);
    clock.advance(5_000);
    const result = await reading;
    expect(result.env).toBe(env);
    expect(result.problem).toContain('did not tell its environment within 5 s');
    const group = -Number(readFileSync(pidFile, 'utf8'));
    while (isRunning(group)) await setTimeout(5);
  });

  test('is given although the shell does not end, and the shell is killed after five seconds', async () => {
    write('.bash_profile', [
      'export KUBECONFIG=/mine',
      'trap "sleep 600" EXIT',
      'echo "$BASHPID" > "$HOME/pid"',
    ]);
    const clock = new FakeClock();
    expect((await read(bash, { clock })).env.KUBECONFIG).toBe('/mine');
    const group = -Number(readFileSync(join(home, 'pid'), 'utf8'));
    expect(isRunning(group)).toBe(true);
    clock.advance(5_000);
    while (isRunning(group)) await setTimeout(5);
  });
});

/** Of a process, or with a minus of a group. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['/nowhere/shell', 'cannot be started (ENOENT)'],
  ['/bin/false', 'ended (exit code 1) without telling'],
  ['/bin/cat', 'without telling'],
])('the environment is as it was where the shell is %s', async (shell, reason) => {
  const env = dockEnvironment(shell);
  const result = await read(shell, { env });
  expect(result.env).toBe(env);
  expect(result.problem).toContain(reason);
});

test('without any shell the environment is as it was, with the reason', async () => {
  const env = { HOME: home };
  expect(await read('', { env })).toEqual({ env, problem: expect.stringContaining('no SHELL') });
});

test('on Windows no shell is run', async () => {
  const env = dockEnvironment('/nowhere/shell');
  expect(await read('', { env, platform: 'win32' })).toEqual({ env, problem: undefined });
});

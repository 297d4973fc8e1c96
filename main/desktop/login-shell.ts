/**
 * The environment of the user's login shell. A program that is started from a dock or a menu on macOS or Linux has
 * none of what the shell's start-up files set: PATH with the credential plugins in it, KUBECONFIG, proxies.
 *
 * The shell is run as a terminal runs it and has this program, as plain Node, tell its environment: `env` would need
 * `-0` for values of several lines, which not every system has. What differs between shells is as VS Code's
 * shellEnv.ts and sindresorhus/shell-env know it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Clock } from '../cluster/clock.ts';

export interface LoginShellOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** From the user database, for an environment without SHELL. */
  readonly userShell: string | null;
  /** Node, or Electron that still runs as Node when ELECTRON_RUN_AS_NODE is set (a fuse can forbid it). */
  readonly execPath: string;
  readonly clock: Clock;
}

export interface LoginShellEnvironment {
  /** With what the shell sets; the environment as it was where there is a problem. */
  readonly env: NodeJS.ProcessEnv;
  /** Why the shell told nothing, in words with the remedy. */
  readonly problem: string | undefined;
}

const TIME_LIMIT_MS = 5_000;

/** For the shell alone: this program as Node, and oh-my-zsh neither asking about updates nor starting tmux. */
const FOR_THE_SHELL = { ELECTRON_RUN_AS_NODE: '1', DISABLE_AUTO_UPDATE: 'true', ZSH_TMUX_AUTOSTART: 'false' };
/** What each shell sets for itself. */
const OWN_TO_THE_SHELL = ['_', 'SHLVL', 'PWD', 'OLDPWD'];

/** Without quotes, backslashes, `$` and `!`, which would need another escape in every shell. */
const TELL = 'process.stdout.write(process.argv[1]+JSON.stringify(process.env)+process.argv[1])';

/**
 * Reads what the user's login shell sets, within five seconds, and gives `env` with it. Never rejects. On Windows
 * every program has the whole environment, and no shell is run.
 */
export async function readLoginShellEnvironment(options: LoginShellOptions): Promise<LoginShellEnvironment> {
  const { env, platform, userShell } = options;
  if (platform === 'win32') return { env, problem: undefined };
  const shell = env.SHELL || userShell;
  if (!shell) return { env, problem: withRemedy('There is no SHELL to read the environment from') };
  const answer = await ask(shell, options);
  if ('failure' in answer) return { env, problem: withRemedy(`The login shell ${shell} ${answer.failure}`) };
  return { env: merge(env, answer.env), problem: undefined };
}

type Answer = { readonly env: NodeJS.ProcessEnv } | { readonly failure: string };

/** Never with words of the shell's: its start-up files may print secrets. */
function withRemedy(failure: string): string {
  return `${failure}: its PATH, KUBECONFIG and proxies are not known. Start NetKeeper from a terminal, or mend the start-up files of the shell.`;
}

function merge(env: NodeJS.ProcessEnv, told: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const merged = { ...env, ...told };
  for (const name of [...Object.keys(FOR_THE_SHELL), ...OWN_TO_THE_SHELL]) {
    if (env[name] === undefined) delete merged[name];
    else merged[name] = env[name];
  }
  return merged;
}

function ask(shell: string, { env, execPath, clock }: LoginShellOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const mark = randomUUID();
    const child = spawn(shell, shellArguments(shell, tellCommand(shell, execPath, mark)), {
      env: { ...env, ...FOR_THE_SHELL },
      // A session of its own: an interactive shell must not take over a terminal that we may have.
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      ...(isCsh(shell) && { argv0: `-${basename(shell)}` }),
    });
    // Also for a shell that has told its environment and then does not end.
    const cancelLimit = clock.after(TIME_LIMIT_MS, () => {
      killGroup(child);
      child.stdout.destroy();
      resolve({ failure: `did not tell its environment within ${TIME_LIMIT_MS / 1_000} s` });
    });
    const find = markedText(mark);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const text = find(chunk);
      if (text === undefined) return;
      // What the start-up files left running in the background may hold the other end open for ever.
      child.stdout.destroy();
      resolve(parseEnvironment(text));
    });
    child.on('close', (code, signal) => {
      cancelLimit();
      resolve({ failure: `ended (${signal ?? `exit code ${code}`}) without telling its environment` });
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      cancelLimit();
      resolve({ failure: `cannot be started (${error.code ?? error.name})` });
    });
  });
}

function tellCommand(shell: string, execPath: string, mark: string): string {
  // Nushell has no escape within single quotes, and runs a quoted name only after a caret.
  if (basename(shell) === 'nu') return `^${JSON.stringify(execPath)} -e '${TELL}' '${mark}'`;
  return `'${execPath.replaceAll("'", `'\\''`)}' -e '${TELL}' '${mark}'`;
}

/** Interactive and login: start-up files of both kinds set things. tcsh takes `-l` only alone, else `-` as its name. */
function shellArguments(shell: string, command: string): readonly string[] {
  return isCsh(shell) ? ['-ic', command] : ['-i', '-l', '-c', command];
}

function isCsh(shell: string): boolean {
  return ['csh', 'tcsh'].includes(basename(shell));
}

/** Finds the object between two marks in a stream, and forgets what comes before, however much that is. */
function markedText(mark: string): (chunk: string) => string | undefined {
  let text = '';
  return (chunk) => {
    text += chunk;
    const start = text.indexOf(`${mark}{`);
    if (start === -1) text = text.slice(-mark.length);
    const end = start === -1 ? -1 : text.indexOf(`}${mark}`, start);
    return end === -1 ? undefined : text.slice(start + mark.length, end + 1);
  };
}

function parseEnvironment(text: string): Answer {
  try {
    // Node wrote it; a start-up file would have to forge the mark.
    return { env: JSON.parse(text) };
  } catch {
    return { failure: 'told an environment that cannot be read' };
  }
}

/** With what the start-up files run in the foreground. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

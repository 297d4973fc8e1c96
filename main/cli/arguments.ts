import { parseArgs } from 'node:util';
import type { Mode } from '../guard/decision.ts';

/** The user's command line is wrong; the message says how. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Output = 'text' | 'json';

export interface ContextFlags {
  /** undefined: KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig: string | undefined;
  readonly contexts: readonly string[];
  readonly allContexts: boolean;
  readonly namespaces: readonly string[];
  readonly output: Output;
  readonly verbose: boolean;
}

interface StateFlags {
  /** undefined: the user's own */
  readonly stateDirectory: string | undefined;
  readonly keepState: boolean;
}

export interface WatchFlags extends ContextFlags, StateFlags {
  readonly mode: Mode;
}

export interface ServeFlags extends ContextFlags, StateFlags {
  /** Of the contexts that are chosen; undefined: as the user has set it. */
  readonly mode: Mode | undefined;
  /** 0: any that is free */
  readonly port: number;
  readonly open: boolean;
  readonly demo: boolean;
}

export interface DemoFlags {
  readonly output: Output;
}

export type Command =
  | { readonly name: 'help'; readonly about: CommandName | undefined }
  | { readonly name: 'version' }
  | { readonly name: 'watch'; readonly flags: WatchFlags }
  | { readonly name: 'serve'; readonly flags: ServeFlags }
  | { readonly name: 'usage'; readonly flags: ContextFlags }
  | { readonly name: 'doctor'; readonly flags: ContextFlags }
  | { readonly name: 'demo'; readonly flags: DemoFlags };

export const COMMAND_NAMES = ['watch', 'serve', 'usage', 'doctor', 'demo'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

const HELP = { help: { type: 'boolean', short: 'h' } } as const;
const OUTPUT = { output: { type: 'string', short: 'o' } } as const;
const CONTEXT = {
  ...HELP,
  ...OUTPUT,
  kubeconfig: { type: 'string' },
  context: { type: 'string', multiple: true },
  'all-contexts': { type: 'boolean' },
  namespace: { type: 'string', short: 'n', multiple: true },
  verbose: { type: 'boolean', short: 'v' },
} as const;
const WATCH = {
  ...CONTEXT,
  mode: { type: 'string' },
  'state-dir': { type: 'string' },
  'no-state': { type: 'boolean' },
} as const;
const SERVE = {
  ...WATCH,
  port: { type: 'string' },
  open: { type: 'boolean' },
  demo: { type: 'boolean' },
} as const;
/** The flags of serve that go with the demo clusters; the others are about the user's own. */
const DEMO_FLAGS: ReadonlySet<string> = new Set(['demo', 'port', 'open', 'output', 'verbose']);
const HIGHEST_PORT = 65_535;

/** Reads the command line after the program's name. Throws UsageError. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') return { name: 'help', about: undefined };
  if (name === 'help')
    return { name: 'help', about: rest[0] === undefined ? undefined : toCommandName(rest[0]) };
  if (name === '--version' || name === 'version') return { name: 'version' };
  const command = toCommandName(name);
  switch (command) {
    case 'watch':
      return parseWatch(rest);
    case 'serve':
      return parseServe(rest);
    case 'usage':
    case 'doctor':
      return parseOneShot(command, rest);
    case 'demo':
      return parseDemo(rest);
  }
}

function parseWatch(args: readonly string[]): Command {
  const values = parse(() => parseArgs({ args: [...args], options: WATCH, strict: true }).values);
  if (values.help) return { name: 'help', about: 'watch' };
  return {
    name: 'watch',
    flags: { ...contextFlags(values), ...stateFlags(values), mode: modeOf(values.mode) },
  };
}

function parseServe(args: readonly string[]): Command {
  const values = parse(() => parseArgs({ args: [...args], options: SERVE, strict: true }).values);
  if (values.help) return { name: 'help', about: 'serve' };
  const ownFlag = Object.keys(values).find((flag) => !DEMO_FLAGS.has(flag));
  if (values.demo && ownFlag !== undefined) {
    throw new UsageError(`--demo reads no kubeconfig and keeps nothing, so --${ownFlag} cannot go with it.`);
  }
  const flags = contextFlags(values);
  const isChosen = flags.allContexts || flags.contexts.length > 0;
  if (values.mode !== undefined && !isChosen) {
    throw new UsageError(
      '--mode is for the contexts that --context or --all-contexts choose; others have the mode set in the window.',
    );
  }
  return {
    name: 'serve',
    flags: {
      ...flags,
      ...stateFlags(values),
      mode: values.mode === undefined ? undefined : modeOf(values.mode),
      port: portOf(values.port),
      open: values.open === true,
      demo: values.demo === true,
    },
  };
}

function parseOneShot(name: 'usage' | 'doctor', args: readonly string[]): Command {
  const values = parse(() => parseArgs({ args: [...args], options: CONTEXT, strict: true }).values);
  return values.help ? { name: 'help', about: name } : { name, flags: contextFlags(values) };
}

function parseDemo(args: readonly string[]): Command {
  const values = parse(
    () => parseArgs({ args: [...args], options: { ...HELP, ...OUTPUT }, strict: true }).values,
  );
  return values.help
    ? { name: 'help', about: 'demo' }
    : { name: 'demo', flags: { output: outputOf(values.output) } };
}

interface ContextValues {
  readonly kubeconfig?: string;
  readonly context?: string[];
  readonly 'all-contexts'?: boolean;
  readonly namespace?: string[];
  readonly output?: string;
  readonly verbose?: boolean;
}

function contextFlags(values: ContextValues): ContextFlags {
  const contexts = values.context ?? [];
  const allContexts = values['all-contexts'] === true;
  if (allContexts && contexts.length > 0) {
    throw new UsageError('--context and --all-contexts contradict each other; give one of them.');
  }
  for (const context of contexts) nonEmpty('--context', context);
  const namespaces = [...new Set(values.namespace ?? [])];
  for (const namespace of namespaces) nonEmpty('--namespace', namespace);
  return {
    kubeconfig: nonEmpty('--kubeconfig', values.kubeconfig),
    contexts: [...new Set(contexts)],
    allContexts,
    namespaces,
    output: outputOf(values.output),
    verbose: values.verbose === true,
  };
}

function stateFlags(values: { readonly 'state-dir'?: string; readonly 'no-state'?: boolean }): StateFlags {
  const keepState = values['no-state'] !== true;
  if (!keepState && values['state-dir'] !== undefined) {
    throw new UsageError('--state-dir and --no-state contradict each other; give one of them.');
  }
  return { stateDirectory: nonEmpty('--state-dir', values['state-dir']), keepState };
}

function modeOf(value: string | undefined): Mode {
  return oneOf('--mode', value ?? 'restore', ['restore', 'ask']);
}

function portOf(value: string | undefined): number {
  const port = Number(value ?? 0);
  if (value !== undefined && (!/^\d+$/.test(value) || port > HIGHEST_PORT)) {
    throw new UsageError(`--port takes a number up to ${HIGHEST_PORT}, not "${value}".`);
  }
  return port;
}

function outputOf(value: string | undefined): Output {
  return oneOf('--output', value ?? 'text', ['text', 'json']);
}

function oneOf<Choice extends string>(flag: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new UsageError(`${flag} takes ${choices.join(' or ')}, not "${value}".`);
  return choice;
}

function nonEmpty(flag: string, value: string | undefined): string | undefined {
  if (value === '') throw new UsageError(`${flag} needs a value.`);
  return value;
}

function toCommandName(word: string): CommandName {
  const name = COMMAND_NAMES.find((candidate) => candidate === word);
  if (name === undefined) {
    throw new UsageError(`There is no command "${word}". The commands are ${COMMAND_NAMES.join(', ')}.`);
  }
  return name;
}

/** parseArgs throws TypeErrors whose first sentence names the flag. */
function parse<Values>(read: () => Values): Values {
  try {
    return read();
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? `${error.message.split('. ')[0]}.`.replace(/\.\.$/, '.') : String(error),
    );
  }
}

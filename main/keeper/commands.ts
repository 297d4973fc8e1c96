import type { z } from 'zod';
import { ApiError } from '../cluster/api.ts';
import type { CommandArgs, CommandName, CommandResult, Reply } from '../contract/commands.ts';
import { COMMANDS, isCommandName } from '../contract/commands.ts';
import { CommandError } from './command-error.ts';

/** What carries out the commands; the arguments have been checked. Throws CommandError and ApiError. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    args: CommandArgs<Name>,
  ) => CommandResult<Name> | Promise<CommandResult<Name>>;
};

type Refusal = Extract<Reply<never>, { ok: false }>;

/** Carries out a command: checks name and arguments, runs it, and checks the result. Never rejects. */
export async function runCommand(
  handlers: CommandHandlers,
  name: string,
  args: unknown,
  log: (message: string) => void,
): Promise<Reply<unknown>> {
  if (!isCommandName(name)) return badRequest('There is no such command.');
  try {
    return await run(handlers, name, args);
  } catch (error) {
    if (error instanceof CommandError) return refusal(error.code, error.message, error.remedy);
    if (error instanceof ApiError) return refusal(error.code, error.message, remedyOf(error));
    log(`The command ${name} failed: ${String(error)}`);
    return refusal('internal', 'This did not work, for a reason of our own.', 'See the log, and tell us.');
  }
}

async function run<Name extends CommandName>(
  handlers: CommandHandlers,
  name: Name,
  args: unknown,
): Promise<Reply<unknown>> {
  const { args: argsSchema, result: resultSchema } = COMMANDS[name];
  const parsed = argsSchema.safeParse(args);
  if (!parsed.success) return badRequest(`The arguments of ${name} do not fit: ${placesOf(parsed.error)}.`);
  const result = await handlers[name](parsed.data as CommandArgs<Name>);
  return { ok: true, value: resultSchema.parse(result) };
}

/** Where, and not what: an argument may be anything. */
function placesOf({ issues }: z.ZodError): string {
  return issues.map(({ path }) => path.map(String).join('.') || 'as a whole').join(', ');
}

function badRequest(message: string): Refusal {
  return refusal('badRequest', message, 'Load the window anew; it may be older than the program.');
}

function refusal(code: string, message: string, remedy: string): Refusal {
  return { ok: false, code, message, remedy };
}

function remedyOf({ code }: ApiError): string {
  switch (code) {
    case 'credentials':
      return 'Log in again, then try again.';
    case 'forbidden':
      return 'Ask a cluster administrator to bind the ClusterRole in docs/permissions.md to this user.';
    default:
      return 'Try again when the cluster can be reached.';
  }
}

import type { CommandName, CommandResult, Reply } from '../../main/contract/commands.ts';
import { COMMANDS } from '../../main/contract/commands.ts';
import { strings } from '../strings.ts';

/** The reply with its value checked: a window and a main process of different versions may disagree on it. */
export function checkReply<Name extends CommandName>(
  name: Name,
  reply: Reply<unknown>,
): Reply<CommandResult<Name>> {
  if (!reply.ok) return reply;
  const parsed = COMMANDS[name].result.safeParse(reply.value);
  // COMMANDS pairs each name with its result's schema, which TypeScript does not follow through the index.
  if (parsed.success) return { ok: true, value: parsed.data as CommandResult<Name> };
  const { badAnswer, badAnswerRemedy } = strings.connection;
  return { ok: false, code: 'badAnswer', message: badAnswer, remedy: badAnswerRemedy };
}

export function failWithoutAnswer(): Reply<never> {
  const { noAnswer, noAnswerRemedy } = strings.connection;
  return { ok: false, code: 'noAnswer', message: noAnswer, remedy: noAnswerRemedy };
}

import { NETWORKS, qualifiedName } from '../cluster/resources.ts';
import type { NetworkName } from '../contract/networks.ts';
import { CommandError } from './command-error.ts';
import type { KeptContext } from './kept-context.ts';
import { explainRefusedCreate } from './problems.ts';
import type { RestoreOutcome } from './restore.ts';
import type { UndoOutcome, UndoRefusal } from './undo.ts';

/** Nothing to do if it is there; an error that says why where it could not be brought back. */
export function requireRestored(name: NetworkName, outcome: RestoreOutcome | undefined): void {
  const network = keyOf(name);
  switch (outcome?.kind) {
    case 'restored':
      return;
    case undefined:
      throw notGone(name);
    case 'letGo':
      throw new CommandError(
        outcome.reason,
        `${network} could not be brought back: ${outcome.why}.`,
        'Its copy is kept; try again when that has changed.',
      );
    case 'refused':
      throw new CommandError(
        outcome.reason,
        explainRefusedCreate(name, outcome.reason, outcome.status),
        'Mend what the server names, then try again.',
      );
    default:
      throw new CommandError('aborted', `${network} was not brought back.`, 'Try again.');
  }
}

/** Nothing to do if the deletion was taken; an error that says why it was not. */
export function requireUndone(name: NetworkName, outcome: UndoOutcome | undefined): void {
  const network = keyOf(name);
  switch (outcome?.kind) {
    case 'deleted':
      return;
    case undefined:
      throw new CommandError(
        'notOurs',
        `What stands as ${network} was not brought back by this NetKeeper since it was started, or is going already.`,
        'Only what NetKeeper itself has brought back can be undone here; delete anything else with kubectl.',
      );
    case 'refused':
      throw refusedUndo(name, outcome.reason, outcome.error.status?.message || outcome.error.message);
    case 'standing':
      throw new CommandError(
        'unanswered',
        `${network} was not deleted and still stands: ${outcome.error.message}`,
        'Try again when the cluster can be reached.',
      );
    case 'unknown':
      throw new CommandError(
        'unanswered',
        `Whether ${network} was deleted is not known: ${outcome.error.message}`,
        'It shows once the cluster can be reached; if the network still stands then, try again.',
      );
  }
}

function refusedUndo(name: NetworkName, reason: UndoRefusal, said: string): CommandError {
  const network = keyOf(name);
  const what = `Could not delete ${network}: ${said}`;
  switch (reason) {
    case 'forbidden':
      return new CommandError(
        reason,
        `${what}. Missing: verb delete on ${qualifiedName(NETWORKS)} in namespace ${name.namespace}.`,
        'Ask a cluster administrator for the optional rule in docs/permissions.md, or to delete the network.',
      );
    case 'refused':
      return new CommandError(
        reason,
        what,
        'The server or an admission webhook does not allow it; see what it asks for.',
      );
    case 'gone':
      return new CommandError(
        reason,
        `${network} is not there any more: somebody else deleted it.`,
        'Nothing was deleted by this; look at the list for what has become of it.',
      );
    case 'replaced':
      return new CommandError(
        reason,
        `Another network stands as ${network} now, and was not touched.`,
        'Look at it before you do anything about it.',
      );
  }
}

export function notGone(name: NetworkName): CommandError {
  return new CommandError(
    'notGone',
    `${keyOf(name)} is there, or no copy of it is known.`,
    'Look at the list again; a network of which no copy is known has to be created by hand.',
  );
}

export function isOff({ context }: KeptContext): CommandError {
  return new CommandError('off', `${context.name} is off.`, 'Turn it on: set its mode to restore or ask.');
}

export function needsConfirmation({ context }: KeptContext): CommandError {
  return new CommandError(
    'needsConfirmation',
    `${context.name} is marked as protected.`,
    'Confirm that its mode is to change.',
  );
}

function keyOf({ namespace, name }: NetworkName): string {
  return `${namespace}/${name}`;
}

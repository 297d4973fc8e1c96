import { homedir } from 'node:os';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import { readKubeconfig } from '../cluster/kubeconfig.ts';
import type { ContextFlags } from './arguments.ts';
import { UsageError } from './arguments.ts';

/** No context can be worked on; the message says why and what to do. Exit code 1. */
export class NoContextError extends Error {
  override readonly name = 'NoContextError';
}

/**
 * The contexts that the flags choose from the kubeconfig: those named, all, or the current one. Problems with
 * files are told through `warn` and stop nothing. Throws UsageError for a name that is in no file, and
 * NoContextError where nothing is left to choose from.
 */
export async function chooseContexts(
  flags: ContextFlags,
  env: NodeJS.ProcessEnv,
  warn: (message: string) => void,
): Promise<readonly KubeContext[]> {
  const { contexts, problems, files, currentContext } = await readKubeconfig({
    file: flags.kubeconfig,
    env,
    homeDirectory: homedir(),
  });
  for (const { file, message } of problems) warn(`kubeconfig ${file}: ${message}`);
  if (contexts.length === 0) {
    throw new NoContextError(
      `No context was found in ${files.join(', ')}. Name a kubeconfig with --kubeconfig FILE, or see it work with "netkeeper demo".`,
    );
  }
  if (flags.allContexts) return contexts;
  if (flags.contexts.length > 0) return flags.contexts.map((name) => findContext(contexts, name));
  const current = contexts.filter(({ isCurrent }) => isCurrent);
  if (current.length > 0) return current;
  const reason =
    currentContext === undefined
      ? 'The kubeconfig has no current context'
      : `The current context "${currentContext}" is not in the kubeconfig`;
  throw new NoContextError(
    `${reason}. Choose with --context NAME or --all-contexts; there are: ${namesOf(contexts)}.`,
  );
}

function findContext(contexts: readonly KubeContext[], name: string): KubeContext {
  const context = contexts.find((candidate) => candidate.name === name);
  if (context === undefined) {
    throw new UsageError(`There is no context "${name}". There are: ${namesOf(contexts)}.`);
  }
  return context;
}

function namesOf(contexts: readonly KubeContext[]): string {
  return contexts.map(({ name }) => name).join(', ');
}

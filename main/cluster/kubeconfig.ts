/** Finds and reads the kubeconfig files as kubectl does. */
import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { errorCode } from './failure.ts';
import {
  type KubeconfigProblem,
  type KubeconfigText,
  type MergedKubeconfig,
  mergeKubeconfigs,
} from './kubeconfig-merge.ts';

export { KubeContext } from './kube-context.ts';
export { type KubeconfigProblem, type KubeconfigText, mergeKubeconfigs } from './kubeconfig-merge.ts';

/** One file that was looked for, and what was found in it. */
export interface KubeconfigFile {
  readonly file: string;
  /** `own`: by kubectl's rules or by name on the command line; `added`: read besides those. */
  readonly source: 'own' | 'added';
  readonly isThere: boolean;
  /** Contexts that can be chosen; a name that an earlier file has counts there. */
  readonly contexts: number;
  /** In words, without a value of the file. */
  readonly problems: readonly string[];
}

export interface KubeconfigFindings extends MergedKubeconfig {
  /** Every file that was looked for, also the missing ones: what to watch for changes. Absolute paths. */
  readonly files: readonly string[];
  /** The same files, with what was found in each. */
  readonly lookedAt: readonly KubeconfigFile[];
}

export interface KubeconfigOptions {
  /** `--kubeconfig FILE`: this file alone. */
  readonly file?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly homeDirectory: string;
}

/**
 * Reads `file` alone, else the files of KUBECONFIG, else ~/.kube/config. Never throws: a file that is missing or
 * broken is in `problems`, and the others are used.
 */
export async function readKubeconfig(options: KubeconfigOptions): Promise<KubeconfigFindings> {
  const files = kubeconfigFiles(options);
  const texts: KubeconfigText[] = [];
  const problems: KubeconfigProblem[] = [];
  const missing = new Set<string>();
  for (const file of files) {
    try {
      texts.push({ file, text: await readFile(file, 'utf8') });
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) missing.add(file);
      problems.push({ file, message: readFailure(error) });
    }
  }
  const merged = mergeKubeconfigs(texts);
  const findings = { ...merged, problems: [...problems, ...merged.problems], files };
  return { ...findings, lookedAt: files.map((file) => describeFile(file, !missing.has(file), findings)) };
}

function describeFile(
  file: string,
  isThere: boolean,
  { contexts, problems }: MergedKubeconfig,
): KubeconfigFile {
  return {
    file,
    source: 'own',
    isThere,
    contexts: contexts.filter((context) => context.file === file).length,
    problems: problems.filter((problem) => problem.file === file).map(({ message }) => message),
  };
}

/**
 * The files that readKubeconfig reads, as absolute paths, whether they exist or not.
 * client-go's clientcmd/loader.go: an empty KUBECONFIG counts as unset, empty items in it do not.
 */
export function kubeconfigFiles({ file, env, homeDirectory }: KubeconfigOptions): readonly string[] {
  if (file !== undefined) return [resolve(file)];
  if (env.KUBECONFIG !== undefined && env.KUBECONFIG !== '') {
    const items = env.KUBECONFIG.split(delimiter).filter((item) => item !== '');
    return [...new Set(items.map((item) => resolve(item)))];
  }
  return [join(homeDirectory, '.kube', 'config')];
}

function readFailure(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
      return 'does not exist; name another with --kubeconfig FILE or KUBECONFIG';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read; give yourself the right to read it (chmod u+r)';
    case 'EISDIR':
      return 'is a folder, not a file; name the file in it';
    default:
      return `cannot be read (${code})`;
  }
}

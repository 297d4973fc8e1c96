/** Finds and reads the kubeconfig files as kubectl does. */
import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import {
  type KubeconfigProblem,
  type KubeconfigText,
  type MergedKubeconfig,
  mergeKubeconfigs,
} from './kubeconfig-merge.ts';

export { KubeContext } from './kube-context.ts';
export { type KubeconfigProblem, type KubeconfigText, mergeKubeconfigs } from './kubeconfig-merge.ts';

export interface KubeconfigFindings extends MergedKubeconfig {
  /** Every file that was looked for, also the missing ones: what to watch for changes. Absolute paths. */
  readonly files: readonly string[];
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
  for (const file of files) {
    try {
      texts.push({ file, text: await readFile(file, 'utf8') });
    } catch (error) {
      problems.push({ file, message: readFailure(error) });
    }
  }
  const merged = mergeKubeconfigs(texts);
  return { ...merged, problems: [...problems, ...merged.problems], files };
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
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'does not exist; name another with --kubeconfig FILE or KUBECONFIG';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read; give yourself the right to read it (chmod u+r)';
    case 'EISDIR':
      return 'is a folder, not a file; name the file in it';
    default:
      return `cannot be read (${String(code ?? 'unknown error')})`;
  }
}

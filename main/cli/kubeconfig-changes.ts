import { unwatchFile, watchFile } from 'node:fs';
import { homedir } from 'node:os';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import { readKubeconfig } from '../cluster/kubeconfig.ts';

/** Asked of the file system each time: notifications miss a rename over the file, and network drives have none. */
const POLL_MS = 1_000;

/**
 * Resolves with the context as it is once its kubeconfig, or a file that its credentials are in, has changed.
 * Never resolves otherwise; `signal` ends the watch.
 */
export async function contextChanged(
  context: KubeContext,
  kubeconfig: string | undefined,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<KubeContext> {
  for (;;) {
    await anyFileChanged(filesOf(context), signal);
    const { contexts } = await readKubeconfig({ file: kubeconfig, env, homeDirectory: homedir() });
    const changed = contexts.find(({ key }) => key === context.key);
    if (changed !== undefined) return changed;
  }
}

function filesOf({ file, user }: KubeContext): string[] {
  const pems = [user?.clientCertificate, user?.clientKey];
  return [file, user?.tokenFile, ...pems.map((pem) => (pem?.from === 'file' ? pem.file : undefined))].filter(
    (path) => path !== undefined,
  );
}

function anyFileChanged(files: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const file of files) unwatchFile(file, changed);
    };
    const changed = () => {
      stop();
      resolve();
    };
    for (const file of files) watchFile(file, { interval: POLL_MS, persistent: false }, changed);
    signal.addEventListener('abort', stop, { once: true });
  });
}

import { homedir } from 'node:os';
import type { Clock } from '../cluster/clock.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import { credentialFiles, watchKubeconfig } from '../cluster/kubeconfig-watch.ts';

export interface ContextChangeOptions {
  /** `--kubeconfig FILE` */
  readonly kubeconfig: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Resolves with the context as it is once a kubeconfig that it is made from, or a file that its credentials are in,
 * has changed. Never resolves otherwise; `signal` ends the watch.
 */
export function contextChanged(
  context: KubeContext,
  { kubeconfig, env, clock, signal }: ContextChangeOptions,
): Promise<KubeContext> {
  const source = watchKubeconfig({ file: kubeconfig, env, homeDirectory: homedir(), clock });
  signal.addEventListener('abort', () => source.stop(), { once: true });
  const files = [...context.files, ...credentialFiles(context)];
  // The first read has the files of the credentials watched too.
  void source.read();
  return new Promise((resolve) => {
    source.onChange(async (changed) => {
      if (!changed.some((file) => files.includes(file))) return;
      const now = (await source.read()).contexts.find(({ key }) => key === context.key);
      if (now === undefined) return;
      source.stop();
      resolve(now);
    });
  });
}

/**
 * Where the binaries of a control plane are, by the convention of controller-runtime's envtest: a folder with
 * `etcd` and `kube-apiserver`, named by KUBEBUILDER_ASSETS.
 *
 *     findAssets(): string | undefined
 *     describeCluster(name, body): void     // vitest's describe, skipped with a printed reason without binaries
 */
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';

export const MISSING_ASSETS =
  'needs the binaries etcd and kube-apiserver; get them with ' +
  'KUBEBUILDER_ASSETS=$(setup-envtest use -p path), then run npm run test:cluster';

/** The folder named by KUBEBUILDER_ASSETS, else the one in the user's cache, else undefined. */
export function findAssets(): string | undefined {
  const named = process.env.KUBEBUILDER_ASSETS;
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [named, join(cache, 'control-plane', 'v1.20.2')].find((folder) => folder && holdsBinaries(folder));
}

function holdsBinaries(folder: string): boolean {
  try {
    for (const binary of ['etcd', 'kube-apiserver']) accessSync(join(folder, binary), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A `describe` for tests on a real API server. Without binaries it is skipped, and says why. */
export function describeCluster(name: string, body: () => void): void {
  if (findAssets()) {
    describe(name, body);
    return;
  }
  console.warn(`Skipped: "${name}" ${MISSING_ASSETS}.`);
  describe.skip(`${name} (${MISSING_ASSETS})`, body);
}

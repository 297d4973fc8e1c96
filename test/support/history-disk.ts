/** The disk of a keeper that is killed: what the next one finds, and what that says of the networks. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import { readLastKnown } from '../../main/store/last-known.ts';
import { type Content, contentOf } from './history-ledger.ts';

const FOLDER = 'last-known';

/** Copies the files as they are. A write may be under way: what is renamed meanwhile is not there. */
export function copyDisk(from: string, to: string): void {
  const source = join(from, FOLDER);
  if (!existsSync(source)) return;
  mkdirSync(join(to, FOLDER), { recursive: true });
  for (const name of readdirSync(source)) {
    try {
      copyFileSync(join(source, name), join(to, FOLDER, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** The networks that are known and were not let go, by key, as a keeper that starts reads them. */
export async function readDisk(stateDirectory: string): Promise<Map<string, Content>> {
  const folder = join(stateDirectory, FOLDER);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = new Set(names.flatMap((name) => /^.*\.json(?=$|\.before$)/.exec(name)?.[0] ?? []));
  const known = new Map<string, Content>();
  for (const file of files) {
    const content = await readLastKnown(join(folder, file), 0, () => {});
    for (const { copy, letGo } of (content?.copies ?? []) as { copy: KubernetesObject; letGo?: true }[]) {
      if (letGo !== true) known.set(`${copy.metadata?.namespace}/${copy.metadata?.name}`, contentOf(copy));
    }
  }
  return known;
}

/** How much of the built window comes over the wire, compressed. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Bundle {
  /** What Chromium asked for until the table stood there; bytes after gzip. */
  readonly firstViewBytes: number;
  /** What it did not ask for. */
  readonly onDemand: readonly { readonly file: string; readonly bytes: number }[];
}

/** @param requested paths of the scripts and styles of the first view, such as `/assets/index.js` */
export function weighBundle(folder: string, requested: readonly string[]): Bundle {
  const first = new Set(requested.map((path) => path.slice(1)));
  const weigh = (file: string) => gzipSync(readFileSync(join(folder, file))).length;
  const files = globSync('**/*.{js,css}', { cwd: folder });
  return {
    firstViewBytes: [...first].reduce((sum, file) => sum + weigh(file), 0),
    onDemand: files.filter((file) => !first.has(file)).map((file) => ({ file, bytes: weigh(file) })),
  };
}

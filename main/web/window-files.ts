import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { CannotServeError } from './cannot-serve.ts';

export interface WindowFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/** By the path of their address, for example `/assets/index.js`; `/` is the page itself. */
export type WindowFiles = ReadonlyMap<string, WindowFile>;

const PAGE = '/index.html';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Reads the built window once. Only what is found here can be asked for, so no path leads out of the folder; links
 * are not followed. Throws CannotServeError where there is no page.
 */
export async function readWindowFiles(folder: string): Promise<WindowFiles> {
  const files = new Map<string, WindowFile>();
  for (const path of await listFiles(folder)) {
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const contentType = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
    files.set(address, { contentType, body: await readFile(path) });
  }
  const page = files.get(PAGE);
  if (page === undefined) {
    throw new CannotServeError(
      `The window is not built: there is no index.html in ${folder}. Run "npm run build".`,
    );
  }
  return files.set('/', page);
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

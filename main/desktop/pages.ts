/** The window's pages: where they are, and what they may do. */
import { extname, join, normalize, sep } from 'node:path';

export const SCHEME = 'netkeeper';
const HOST = 'app';
export const WINDOW_URL = `${SCHEME}://${HOST}/index.html`;

/** Nothing but what ships with the program; no eval, no inline script, no frame, no request to anywhere. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Whether an address is one of our own pages. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && host === HOST;
}

export interface PageFile {
  readonly file: string;
  readonly contentType: string;
}

/**
 * The file that an address of ours means, inside `folder`; undefined for anything else: another host, a way out
 * of the folder, a kind of file that we do not ship.
 */
export function pageFile(address: string, folder: string): PageFile | undefined {
  if (!isOurs(address)) return undefined;
  const path = decodePath(new URL(address).pathname);
  if (path === undefined || path.includes('\0')) return undefined;
  const file = normalize(join(folder, path));
  const contentType = CONTENT_TYPES[extname(file)];
  if (!file.startsWith(folder + sep) || contentType === undefined) return undefined;
  return { file, contentType };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

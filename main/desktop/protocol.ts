import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY, pageFile, SCHEME } from './pages.ts';

/** Makes our scheme one with an origin of its own, as https has. Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's pages from `folder`, and nothing else. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const page = pageFile(url, folder);
    const content = page && (await readFile(page.file).catch(() => undefined));
    if (page === undefined || content === undefined) return respond(404, 'text/plain', 'Not found');
    return respond(200, page.contentType, new Uint8Array(content));
  });
}

function respond(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  });
}

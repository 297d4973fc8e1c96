/**
 * The double of `protocol`. Chromium cannot be taught a scheme from outside, so each address SCHEME://HOST/PATH is
 * https://HOST.SCHEME.double.invalid/PATH in the page, and its requests are answered by the scheme's handler.
 */
import type { Request, Route } from 'playwright-core';
import { app } from './app.ts';
import { record, refuse } from './control.ts';

type Handler = (request: HandledRequest) => Response | Promise<Response>;
interface HandledRequest {
  readonly url: string;
  readonly method: string;
}
interface Scheme {
  readonly scheme: string;
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean };
}

const DOMAIN = '.double.invalid';
const privileged = new Map<string, Scheme>();
const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly Scheme[]): void {
    app.requireNotReady('protocol.registerSchemesAsPrivileged()');
    if (privileged.size > 0) refuse('protocol.registerSchemesAsPrivileged() may be called once.');
    for (const scheme of schemes) privileged.set(scheme.scheme, scheme);
  },
  handle(scheme: string, handler: Handler): void {
    app.requireReady('protocol.handle()');
    if (handlers.has(scheme)) refuse(`The scheme "${scheme}" is handled already.`);
    handlers.set(scheme, handler);
  },
};

/** The page's address for one of ours. */
export function toPageAddress(address: string): string {
  const { protocol, host, pathname, search, hash } = new URL(address);
  const scheme = protocol.slice(0, -1);
  const { standard, secure } = privileged.get(scheme)?.privileges ?? {};
  if (!standard || !secure)
    refuse(`"${scheme}" is not registered as standard and secure: pages have no origin.`);
  return `https://${host}.${scheme}${DOMAIN}${pathname}${search}${hash}`;
}

/** The address that the program knows for one of the page's. */
export function fromPageAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search, hash } = new URL(address);
  if (!host.endsWith(DOMAIN)) return address;
  const parts = host.slice(0, -DOMAIN.length).split('.');
  const scheme = parts.pop();
  return `${scheme}://${parts.join('.')}${pathname}${search}${hash}`;
}

/** Answers a request of a page by the handler of its scheme; one to anywhere else goes nowhere. */
export async function answerRequest(route: Route, request: Request): Promise<void> {
  const url = fromPageAddress(request.url());
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    record({ what: 'refused', why: `The page asked for ${url}, which is not part of the program.` });
    await route.abort();
    return;
  }
  const response = await handler({ url, method: request.method() });
  const headers = Object.fromEntries(response.headers);
  if (request.resourceType() === 'document' && headers['content-security-policy'] === undefined) {
    record({ what: 'refused', why: `The page ${url} has no content security policy.` });
    await route.abort();
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  await route.fulfill({ status: response.status, headers, body });
}

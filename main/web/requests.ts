import type { IncomingMessage, RequestListener } from 'node:http';
import { SESSION_PATH, sessionRequestSchema } from '../contract/wire.ts';
import type { Session } from './session.ts';
import type { WindowFiles } from './window-files.ts';

const MOST_BODY_BYTES = 1_024;

/** Sent with every answer. The window gets all it needs from its own host, and from nowhere else. */
function securityHeaders(port: number): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // Not every browser takes 'self' for the WebSocket too.
    `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Another program, or another version of this one, may be at this port tomorrow.
    'Cache-Control': 'no-store',
  };
}

/**
 * Whether the request was meant for us: a page elsewhere can have its own name resolve to 127.0.0.1 (DNS rebinding),
 * but not change the Host header that tells of it.
 */
export function isOurHost({ headers }: IncomingMessage, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/** Whether the request comes from our own page, by the header that browsers set and no page can change. */
export function isOurOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin === `http://${headers.host}`;
}

/** The path of a request, as it was sent. */
export function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

/** Answers everything but the upgrade to a WebSocket: the window's files, and the way to a cookie. */
export function answerRequests(port: number, files: WindowFiles, session: Session): RequestListener {
  const security = securityHeaders(port);
  return async (request, response) => {
    const { status, headers, body } = await answer(request, port, files, session);
    response.writeHead(status, { ...security, ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer;
}

/** Never rejects. */
async function answer(
  request: IncomingMessage,
  port: number,
  files: WindowFiles,
  session: Session,
): Promise<Answer> {
  if (!isOurHost(request, port)) return refusal(421, `This is http://127.0.0.1:${port}.`);
  if (pathOf(request) !== SESSION_PATH) return answerFile(request, files);
  switch (request.method) {
    case 'GET':
      return session.isKnown(request.headers.cookie)
        ? { status: 204 }
        : refusal(401, 'The cookie is not good.');
    case 'POST':
      return exchangeToken(request, session);
    default:
      return refusal(405, 'This takes GET and POST.', { Allow: 'GET, POST' });
  }
}

function answerFile(request: IncomingMessage, files: WindowFiles): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'This takes GET and HEAD.', { Allow: 'GET, HEAD' });
  }
  const file = files.get(pathOf(request));
  if (file === undefined) return refusal(404, 'There is no such file.');
  const { contentType, body } = file;
  return { status: 200, headers: { 'Content-Type': contentType, 'Content-Length': body.length }, body };
}

async function exchangeToken(request: IncomingMessage, session: Session): Promise<Answer> {
  if (!isOurOrigin(request)) return refusal(403, 'This is for our own page alone.');
  // A form on another page cannot send this type.
  if (request.headers['content-type'] !== 'application/json') return refusal(415, 'Send JSON.');
  const body = await readBody(request);
  if (body === undefined) return refusal(413, 'That is too long.');
  const parsed = sessionRequestSchema.safeParse(parseJson(body));
  if (!parsed.success) return refusal(400, 'Send {"token": "…"}.');
  const cookie = session.exchange(parsed.data.token);
  if (cookie === undefined) return refusal(401, 'The token is not good.');
  return { status: 204, headers: { 'Set-Cookie': cookie } };
}

/** undefined if it is too long, or did not come whole. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > MOST_BODY_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The connection ends with it: a body that we did not read may still be on its way. */
function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const always = { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' };
  return { status, headers: { ...always, ...headers }, body: `${message}\n` };
}

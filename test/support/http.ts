/**
 * Plain HTTP to an API server, for tests: what is on the wire, without any client library in between.
 *
 *     send(target, method, path, { body?, headers? }): Promise<Answer>
 *     openWatch(target, path, headers?): Promise<Watch>
 */
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';

export interface Target {
  readonly url: string;
  readonly caFile?: string;
  readonly token?: string;
}

/** The parsed answer, with the fields that tests look at: of an object, a list, or a Status. */
export interface AnswerBody extends KubernetesObject {
  readonly items?: readonly KubernetesObject[] | null;
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message?: string;
      readonly field?: string;
    }[];
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed text; an empty object where it is not JSON. */
  readonly body: AnswerBody;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: AnswerBody;
}

export interface Watch {
  readonly status: number;
  /** The next event; undefined when the server has ended the watch. Throws when the connection breaks. */
  next(): Promise<WatchEvent | undefined>;
  close(): void;
}

const JSON_TYPE = 'application/json';
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/** One request and its whole answer, whatever its status. Rejects when the connection breaks. */
export async function send(
  target: Target,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const response = await dial(target, method, path, options.headers, options.body);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) };
}

/** Opens a watch; `path` carries `watch=true` and the rest of the query. */
export async function openWatch(
  target: Target,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Watch> {
  const response = await dial(target, 'GET', path, headers);
  const lines = createInterface({ input: response.setEncoding('utf8') })[Symbol.asyncIterator]();
  return {
    status: response.statusCode ?? 0,
    async next() {
      const { value, done } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
    close: () => response.destroy(),
  };
}

function dial(
  target: Target,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): Promise<IncomingMessage> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const secure = target.url.startsWith('https:');
  const options = {
    method,
    headers: {
      accept: JSON_TYPE,
      ...(target.token && { authorization: `Bearer ${target.token}` }),
      ...(payload && {
        'content-type': method === 'PATCH' ? MERGE_PATCH_TYPE : JSON_TYPE,
        'content-length': String(Buffer.byteLength(payload)),
      }),
      ...headers,
    },
    ...(target.caFile && { ca: readFileSync(target.caFile) }),
  };
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(new URL(path, target.url), options, resolve);
    request.on('error', reject);
    request.end(payload);
  });
}

function parse(text: string): AnswerBody {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

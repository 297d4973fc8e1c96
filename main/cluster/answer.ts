/** Answers of an API server: read whole within a bound, and turned into an ApiError when they are a refusal. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { ApiError, type ApiErrorCode, type ApiStatus } from './api.ts';
import { isFields } from './kubeconfig-entries.ts';
import { firstLine, withoutSecrets } from './text.ts';

/** A refusal is a Status of a few hundred bytes; what is longer is a page of something in between. */
const REFUSAL_LIMIT_BYTES = 64 * 1024;
/** Far above any one object or page that is asked for whole. */
const ANSWER_LIMIT_BYTES = 128 * 1024 * 1024;
const SHOWN_CHARACTERS = 500;

/** The body as it was before compression. Breaking either breaks the other. */
export function plainBody({ headers, body }: Dispatcher.ResponseData): Readable {
  if (headers['content-encoding'] !== 'gzip') return body;
  // Flushed at every chunk: an event of a watch must not wait for the next one.
  const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH });
  return pipeline(body, gunzip, () => {});
}

/** The parsed JSON of a 2xx answer. Throws ApiError 'badAnswer' when it is something else or too long. */
export async function readJson(response: Dispatcher.ResponseData, server: string): Promise<unknown> {
  const text = await readText(plainBody(response), ANSWER_LIMIT_BYTES);
  if (text.isCut)
    throw new ApiError(
      'badAnswer',
      `the server at ${server} answered with more than ${ANSWER_LIMIT_BYTES} bytes`,
    );
  try {
    return JSON.parse(text.value);
  } catch {
    // Without the parser's words: they quote the page.
    throw new ApiError(
      'badAnswer',
      `the server at ${server} answered ${response.statusCode} with a page that is not JSON; is a proxy in between?`,
    );
  }
}

export interface RefusalReading {
  readonly server: string;
  /** What the message must not hold, should the server repeat it. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What to do after a 401. */
  readonly credentialsRemedy: string;
}

/** The ApiError for an answer that is not 2xx, with the server's own words. */
export async function readRefusal(
  answer: Dispatcher.ResponseData,
  reading: RefusalReading,
): Promise<ApiError> {
  const { statusCode, headers } = answer;
  const text = withoutSecrets(
    (await readText(plainBody(answer), REFUSAL_LIMIT_BYTES)).value,
    reading.secrets,
  );
  const status = parseStatus(text, statusCode);
  const words =
    status === undefined ? pageWords(answer, text) : `: ${firstLine(status.value.message, SHOWN_CHARACTERS)}`;
  const remedy = statusCode === 401 ? `; ${reading.credentialsRemedy}` : '';
  const retryAfterMs = retryAfter(headers['retry-after'], reading.now) ?? status?.retryAfterMs;
  return new ApiError(
    refusalCode(statusCode),
    `the server at ${reading.server} answered ${statusCode}${words}${remedy}`,
    {
      httpStatus: statusCode,
      ...(status === undefined ? {} : { status: status.value }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  );
}

function refusalCode(statusCode: number): ApiErrorCode {
  switch (statusCode) {
    case 401:
      return 'credentials';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 407:
      return 'unreachable';
    case 409:
      return 'conflict';
    case 410:
      return 'gone';
    case 429:
      return 'throttled';
    default:
      if (statusCode >= 500) return 'server';
      return statusCode >= 400 ? 'refused' : 'badAnswer';
  }
}

/** Go's own errors are one line of text and worth showing; an HTML page is not. */
function pageWords({ statusCode, headers }: Dispatcher.ResponseData, page: string): string {
  if (statusCode === 407) return ': the proxy in between wants a user and password; put them into its URL';
  const isPlainText = String(headers['content-type'] ?? '').startsWith('text/plain');
  const line = isPlainText ? firstLine(page, SHOWN_CHARACTERS) : '';
  return line === '' ? ' with a page that is not JSON; is a proxy in between?' : `: ${line}`;
}

function parseStatus(
  text: string,
  statusCode: number,
): { readonly value: ApiStatus; readonly retryAfterMs: number | undefined } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isFields(parsed) || parsed.kind !== 'Status') return undefined;
  const details = isFields(parsed.details) ? parsed.details : {};
  const causes = Array.isArray(details.causes) ? details.causes.filter(isFields) : [];
  const seconds = details.retryAfterSeconds;
  return {
    value: {
      code: typeof parsed.code === 'number' ? parsed.code : statusCode,
      reason: asText(parsed.reason),
      message: asText(parsed.message),
      causes: causes.map((cause) => ({ reason: asText(cause.reason), message: asText(cause.message) })),
      details: { kind: asText(details.kind), name: asText(details.name) },
    },
    retryAfterMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined,
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function readText(
  body: Readable,
  limitBytes: number,
): Promise<{ readonly value: string; readonly isCut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) return { value: Buffer.concat(chunks).toString(), isCut: true };
    chunks.push(chunk);
  }
  return { value: Buffer.concat(chunks).toString(), isCut: false };
}

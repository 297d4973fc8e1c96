import type { ApiErrorCode, ApiStatus } from './api.ts';
import { ApiError } from './api.ts';

export interface Page {
  readonly items: readonly unknown[];
  readonly version: string;
  /** The continue token of the next page. */
  readonly next: string | undefined;
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: unknown; readonly version: string }
  | { readonly type: 'BOOKMARK'; readonly version: string };

type Json = Readonly<Record<string, unknown>>;

/** One page of a list. Throws ApiError if the answer is no list. */
export function readPage(answer: unknown): Page {
  const list = readObject(answer);
  const metadata = readObject(list?.metadata);
  const version = metadata?.resourceVersion;
  // A real server sends null for an empty PartialObjectMetadataList.
  const items = list?.items ?? [];
  if (typeof version !== 'string' || !Array.isArray(items)) {
    throw new ApiError('badAnswer', 'The server answered a list request with something that is not a list.');
  }
  const next = metadata?.continue;
  return { items, version, next: typeof next === 'string' && next !== '' ? next : undefined };
}

/** One line of a watch. Throws ApiError for an ERROR event, with the code of its Status, and for what is no event. */
export function readWatchEvent(line: string): WatchEvent {
  const event = parse(line);
  const object = readObject(event?.object);
  if (event?.type === 'ERROR') throw statusError(readStatus(object));
  const version = readObject(object?.metadata)?.resourceVersion;
  if (typeof version !== 'string') throw notAnEvent();
  switch (event?.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type: event.type, object, version };
    case 'BOOKMARK':
      return { type: 'BOOKMARK', version };
    default:
      throw notAnEvent();
  }
}

/** A Status object as far as it can be read; everything missing is empty. */
export function readStatus(value: unknown): ApiStatus {
  const status = readObject(value);
  const details = readObject(status?.details);
  const causes = Array.isArray(details?.causes) ? details.causes : [];
  return {
    code: typeof status?.code === 'number' ? status.code : 0,
    reason: text(status?.reason),
    message: text(status?.message),
    causes: causes.map((cause) => {
      const { reason, message } = readObject(cause) ?? {};
      return { reason: text(reason), message: text(message) };
    }),
    details: { kind: text(details?.kind), name: text(details?.name) },
  };
}

function statusError(status: ApiStatus): ApiError {
  return new ApiError(codeOf(status.code), status.message || `The watch failed with status ${status.code}.`, {
    status,
  });
}

/** What an HTTP status of 400 and more means to us. */
export function codeOf(status: number): ApiErrorCode {
  switch (status) {
    case 401:
      return 'credentials';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    case 410:
      return 'gone';
    case 429:
      return 'throttled';
    default:
      return status >= 400 && status < 500 ? 'refused' : 'server';
  }
}

function notAnEvent(): ApiError {
  return new ApiError('badAnswer', 'The watch sent something that is not a watch event.');
}

function parse(line: string): Json | undefined {
  try {
    return readObject(JSON.parse(line));
  } catch {
    throw notAnEvent();
  }
}

function readObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

import type { Connection, Lane } from './api.ts';
import { ApiError } from './api.ts';
import { readPage } from './list-answers.ts';
import type { Resource } from './resources.ts';
import { collectionPath } from './resources.ts';

export interface Collection {
  readonly connection: Connection;
  readonly lane: Lane;
  readonly resource: Resource;
  /** undefined: all namespaces */
  readonly namespace: string | undefined;
}

export interface List<Item> {
  readonly items: readonly Item[];
  /** The resourceVersion to watch from. */
  readonly version: string;
}

/** Metadata of 500 pods is about 1.2 MB of JSON: one page parses in some ten milliseconds. */
const PAGE_ITEMS = 500;
const PAGE_TIMEOUT_MS = 60_000;

/**
 * Reads a whole collection in pages. Without a resourceVersion: with `resourceVersion=0` the server ignores the
 * limit. `reduce` says what to keep of an object (undefined drops it) and is called page by page, so that no
 * more than one page is ever held whole. `onPage` hears how many objects were read so far.
 * Throws ApiError; `gone` when the list took longer than the server keeps its state.
 */
export async function listAll<Item>(
  collection: Collection,
  reduce: (object: unknown) => Item | undefined,
  signal: AbortSignal,
  onPage: (read: number) => void = () => {},
): Promise<List<Item>> {
  const { connection, lane, resource, namespace } = collection;
  const items: Item[] = [];
  let read = 0;
  let next: string | undefined;
  for (;;) {
    const query = {
      limit: String(PAGE_ITEMS),
      ...selectorOf(resource),
      ...(next === undefined ? {} : { continue: next }),
    };
    const answer = await connection.request({
      lane,
      method: 'GET',
      path: collectionPath(resource, namespace, query),
      accept: acceptOf(resource, 'PartialObjectMetadataList'),
      signal,
      timeoutMs: PAGE_TIMEOUT_MS,
    });
    if (signal.aborted) throw new ApiError('aborted', 'The list was stopped.');
    const page = readPage(answer);
    for (const object of page.items) {
      const item = reduce(object);
      if (item !== undefined) items.push(item);
    }
    read += page.items.length;
    onPage(read);
    next = page.next;
    if (next === undefined) return { items, version: page.version };
  }
}

export function selectorOf(resource: Resource): { fieldSelector?: string } {
  return resource.fieldSelector === undefined ? {} : { fieldSelector: resource.fieldSelector };
}

/** Falls back to whole objects on a server too old to give metadata alone. */
export function acceptOf(
  resource: Resource,
  as: 'PartialObjectMetadata' | 'PartialObjectMetadataList',
): string {
  return resource.metadataOnly
    ? `application/json;as=${as};g=meta.k8s.io;v=v1,application/json`
    : 'application/json';
}

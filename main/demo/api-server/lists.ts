/** Lists in pages. All pages of a list show the cluster as it was at the first one. */
import type { Entry, Form } from './entry.ts';
import { numberFrom } from './request.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { parseSelectors, selectedName } from './selectors.ts';
import { badRequest, tooOldContinue } from './statuses.ts';
import type { Store } from './store.ts';

interface Snapshot {
  readonly version: number;
  readonly entries: readonly Entry[];
}

/** Lists that are paged through at the same time; the oldest is forgotten first. */
const SNAPSHOTS_KEPT = 16;
const ITEMS_PER_CHUNK = 500;

export class Lists {
  readonly #store: Store;
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The list's JSON in chunks. `namespace` undefined means all. Throws 400, and 410 for a token that is too old. */
  page(resource: Resource, namespace: string | undefined, query: URLSearchParams, form: Form): string[] {
    const selects = parseSelectors(query, resource);
    const limit = numberFrom(query, 'limit') || Number.POSITIVE_INFINITY;
    const scope = `${resource.kind} ${namespace ?? ''}`;
    const token = query.get('continue');
    const { snapshot, start } = token
      ? this.#resume(scope, token)
      : { snapshot: this.#snapshot(resource, namespace, selectedName(query)), start: 0 };

    const page: Entry[] = [];
    let next = start;
    for (; next < snapshot.entries.length && page.length < limit; next++) {
      const entry = snapshot.entries[next];
      if (entry && (!selects || selects(entry.object))) page.push(entry);
    }
    const remaining = snapshot.entries.length - next;
    const metadata = {
      resourceVersion: String(snapshot.version),
      ...(remaining > 0 && { continue: this.#keep(scope, snapshot, next) }),
      ...(remaining > 0 && !selects && { remainingItemCount: remaining }),
    };
    return listJson(resource, form, metadata, page);
  }

  /** Makes every continue token too old. */
  forget(): void {
    this.#snapshots.clear();
  }

  /** A list narrowed to one name reads one object, as on the real server (registry/generic/registry/store.go). */
  #snapshot(resource: Resource, namespace: string | undefined, name: string | undefined): Snapshot {
    const { version } = this.#store;
    if (namespace === undefined || name === undefined) {
      return { version, entries: this.#store.list(resource.kind, namespace) };
    }
    const entry = this.#store.get(resource.kind, namespace, name);
    return { version, entries: entry === undefined ? [] : [entry] };
  }

  #keep(scope: string, snapshot: Snapshot, next: number): string {
    const key = `${scope} ${snapshot.version}`;
    this.#snapshots.delete(key);
    this.#snapshots.set(key, snapshot);
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > SNAPSHOTS_KEPT && oldest !== undefined) this.#snapshots.delete(oldest);
    return Buffer.from(JSON.stringify({ rv: snapshot.version, start: next })).toString('base64url');
  }

  #resume(scope: string, token: string): { snapshot: Snapshot; start: number } {
    const { rv, start } = parseToken(token);
    const snapshot = this.#snapshots.get(`${scope} ${rv}`);
    if (!snapshot) throw tooOldContinue();
    return { snapshot, start };
  }
}

function parseToken(token: string): { rv: number; start: number } {
  try {
    const { rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Number.isInteger(rv) && Number.isInteger(start) && start >= 0) return { rv, start };
  } catch {
    // Told below.
  }
  throw badRequest('invalid continue token: continue key is not valid');
}

/** Custom resources have their keys in alphabetical order: there the items come before the version. */
function listJson(resource: Resource, form: Form, metadata: object, entries: readonly Entry[]): string[] {
  const meta = JSON.stringify(metadata);
  if (form === 'partial') {
    const head = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${meta},"items":`;
    // As the real server: an empty list has no array.
    return entries.length === 0 ? [`${head}null}\n`] : [`${head}[`, ...items(entries, form), ']}\n'];
  }
  const [kind, apiVersion] = [`"kind":"${resource.kind}List"`, `"apiVersion":"${apiVersionOf(resource)}"`];
  if (resource.custom)
    return [`{${apiVersion},"items":[`, ...items(entries, form), `],${kind},"metadata":${meta}}\n`];
  return [`{${kind},${apiVersion},"metadata":${meta},"items":[`, ...items(entries, form), ']}\n'];
}

function items(entries: readonly Entry[], form: Form): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < entries.length; start += ITEMS_PER_CHUNK) {
    const chunk = entries.slice(start, start + ITEMS_PER_CHUNK).map((entry) => entry.itemJson(form));
    chunks.push(`${start === 0 ? '' : ','}${chunk.join(',')}`);
  }
  return chunks;
}

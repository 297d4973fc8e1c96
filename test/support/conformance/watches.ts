/** Watches. */
import { describe, expect, it } from 'vitest';
import { openWatch, type Watch, type WatchEvent } from '../http.ts';
import { makeNetwork, makePod, networksIn, podsIn } from '../objects.ts';
import type { Subject } from './cluster.ts';
import { PARTIAL } from './forms.ts';

const RESTART_TIMEOUT_MS = 60_000;
const TIMEOUT_SECONDS = 4;

export function watchTests({ cluster, must, namespace, version }: Subject): void {
  const watch = (path: string, query: string, headers: Record<string, string> = {}): Promise<Watch> =>
    openWatch(cluster().admin, `${path}?watch=true&${query}`, headers);
  const phase = (web: string, name: string, value: string) =>
    must('PATCH', `${podsIn(web)}/${name}/status`, { status: { phase: value } });

  describe('watch', () => {
    it('tells what happens after a version, in order', async () => {
      const web = await namespace('watch-order');
      const events = await watch(networksIn(web), `resourceVersion=${await version()}`);
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      await must('PATCH', `${networksIn(web)}/net`, { metadata: { labels: { a: '1' } } });
      await must('DELETE', `${networksIn(web)}/net`);
      const seen = await take(events, 3);
      expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
      expect(seen.map(({ object }) => object.kind)).toEqual(Array(3).fill('NetworkAttachmentDefinition'));
      const versions = seen.map(({ object }) => Number(object.metadata?.resourceVersion));
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      events.close();
    });

    it('goes on from a version in the middle, with nothing lost or doubled', async () => {
      const web = await namespace('watch-resume');
      await must('POST', networksIn(web), makeNetwork(web, 'a'));
      const { metadata } = await must('POST', networksIn(web), makeNetwork(web, 'b'));
      await must('POST', networksIn(web), makeNetwork(web, 'c'));
      await must('DELETE', `${networksIn(web)}/a`);
      const events = await watch(networksIn(web), `resourceVersion=${metadata?.resourceVersion}`);
      expect((await take(events, 2)).map(summary)).toEqual(['ADDED c', 'DELETED a']);
      events.close();
    });

    it('begins without a version with all that is there', async () => {
      const web = await namespace('watch-initial');
      await must('POST', networksIn(web), makeNetwork(web, 'a'));
      await must('POST', networksIn(web), makeNetwork(web, 'b'));
      const events = await watch(networksIn(web), '');
      expect((await take(events, 2)).map(summary).sort()).toEqual(['ADDED a', 'ADDED b']);
      await must('DELETE', `${networksIn(web)}/a`);
      expect((await take(events, 1)).map(summary)).toEqual(['DELETED a']);
      events.close();
    });

    it('tells of one namespace only where one is named', async () => {
      const [web, other] = [await namespace('watch-scope'), await namespace('watch-scope-2')];
      const events = await watch(networksIn(web), `resourceVersion=${await version()}`);
      await must('POST', networksIn(other), makeNetwork(other, 'other'));
      await must('POST', networksIn(web), makeNetwork(web, 'own'));
      expect((await take(events, 1)).map(summary)).toEqual(['ADDED own']);
      events.close();
    });

    it('gives metadata only where that is asked for', async () => {
      const web = await namespace('watch-partial');
      const events = await watch(podsIn(web), `resourceVersion=${await version()}`, PARTIAL);
      const { metadata } = await must('POST', podsIn(web), makePod(web, 'pod', { networks: 'net' }));
      const [added] = await take(events, 1);
      const type = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
      expect(added).toEqual({ type: 'ADDED', object: { ...type, metadata } });
      events.close();
    });

    it('tells an object that leaves the field selector as DELETED, and one that enters as ADDED', async () => {
      const web = await namespace('watch-fields');
      const selector = encodeURIComponent('status.phase!=Succeeded,status.phase!=Failed');
      const events = await watch(podsIn(web), `fieldSelector=${selector}&resourceVersion=${await version()}`);
      await must('POST', podsIn(web), makePod(web, 'pod'));
      await phase(web, 'pod', 'Running');
      const left = await phase(web, 'pod', 'Succeeded');
      await must('PATCH', `${podsIn(web)}/pod`, { metadata: { labels: { unseen: 'yes' } } });
      await phase(web, 'pod', 'Running');
      const seen = await take(events, 4);
      expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED', 'ADDED']);
      // The last state that was selected, under the version of the change.
      expect(seen[2]?.object.status).toMatchObject({ phase: 'Running' });
      expect(seen[2]?.object.metadata?.resourceVersion).toBe(left.metadata?.resourceVersion);
      expect(seen[3]?.object.metadata?.labels).toEqual({ unseen: 'yes' });
      events.close();
    });

    it('does the same for labels and names', async () => {
      const web = await namespace('watch-labels');
      const now = await version();
      const byLabel = await watch(networksIn(web), `labelSelector=a%3D1&resourceVersion=${now}`);
      const byName = await watch(networksIn(web), `fieldSelector=metadata.name%3Dtwo&resourceVersion=${now}`);
      await must('POST', networksIn(web), makeNetwork(web, 'one', { metadata: { labels: { a: '1' } } }));
      await must('PATCH', `${networksIn(web)}/one`, { metadata: { labels: { a: '2' } } });
      await must('POST', networksIn(web), makeNetwork(web, 'two', { metadata: { labels: { a: '1' } } }));
      expect((await take(byLabel, 3)).map(summary)).toEqual(['ADDED one', 'DELETED one', 'ADDED two']);
      expect((await take(byName, 1)).map(summary)).toEqual(['ADDED two']);
      byLabel.close();
      byName.close();
    });

    it('sends a bookmark before it ends on its timeout, in the form that was asked for', async () => {
      const web = await namespace('watch-bookmarks');
      const query = `allowWatchBookmarks=true&timeoutSeconds=${TIMEOUT_SECONDS}&resourceVersion=${await version()}`;
      const whole = await watch(networksIn(web), query);
      const partial = await watch(podsIn(web), query, PARTIAL);
      const network = await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const pod = await must('POST', podsIn(web), makePod(web, 'pod'));
      const [networkEvents, podEvents] = await Promise.all([drain(whole), drain(partial)]);
      for (const [events, kind, object] of [
        [networkEvents, 'NetworkAttachmentDefinition', network],
        [podEvents, 'PartialObjectMetadata', pod],
      ] as const) {
        const others = events.filter(({ type }) => type !== 'BOOKMARK');
        expect(others.map(({ type }) => type)).toEqual(['ADDED']);
        const last = events.at(-1);
        expect(last).toMatchObject({ type: 'BOOKMARK', object: { kind } });
        expect(versionOf(last?.object)).toBeGreaterThanOrEqual(versionOf(object));
      }
    });

    it('sends no bookmark that was not asked for', async () => {
      const web = await namespace('watch-unmarked');
      const events = await watch(networksIn(web), `timeoutSeconds=3&resourceVersion=${await version()}`);
      expect(await drain(events)).toEqual([]);
    });

    it('is an ERROR event with 410 where the version is too old', {
      timeout: RESTART_TIMEOUT_MS,
    }, async () => {
      const web = await namespace('watch-expired');
      const { metadata } = await must('POST', networksIn(web), makeNetwork(web, 'net'));
      await cluster().expireWatches();
      const events = await watch(networksIn(web), `resourceVersion=${metadata?.resourceVersion}`);
      expect(events.status).toBe(200);
      const [error, ...rest] = await drain(events);
      expect(rest).toEqual([]);
      expect(error).toMatchObject({
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired' },
      });
      expect(error?.object.message).toMatch(/^too old resource version: \d+ \(\d+\)$/);
    });
  });
}

async function take(watch: Watch, count: number): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  while (events.length < count) {
    const event = await watch.next();
    if (!event) throw new Error(`The watch has ended after ${events.length} of ${count} events.`);
    events.push(event);
  }
  return events;
}

/** All events until the server ends the watch. */
async function drain(watch: Watch): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  for (let event = await watch.next(); event; event = await watch.next()) events.push(event);
  return events;
}

function summary({ type, object }: WatchEvent): string {
  return `${type} ${object.metadata?.name}`;
}

function versionOf(
  object: { readonly metadata?: { readonly resourceVersion?: string } } | undefined,
): number {
  return Number(object?.metadata?.resourceVersion);
}

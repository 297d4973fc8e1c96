import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Stage } from '../../main/demo/story.ts';
import { Readiness, tellStory } from '../../main/demo/teller.ts';
import { DEFAULT_POLICY } from '../../main/guard/decision.ts';
import { builtNetkeeper, builtWindow } from '../support/build.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startNetkeeper } from '../support/netkeeper-process.ts';
import { runUnderNpm } from '../support/npm-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'events.schema.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

const RESTORED = / ↩ restored {6}Brought back storage\/ceph-public: 14 pods use it/;

beforeAll(() => {
  builtWindow();
  builtNetkeeper();
}, 120_000);

describe('the demo', { timeout: 60_000 }, () => {
  test('plays its whole story in lines that hold to the documented schema', async () => {
    const demo = startNetkeeper(['demo', '-o', 'json']);
    await demo.line({ event: 'held', context: 'demo-west', namespace: 'vms', name: 'tenant-blue' });
    expect(await demo.end('SIGINT')).toEqual({ code: 0, signal: null });

    for (const line of demo.lines) expect(validate(line), JSON.stringify([line, validate.errors])).toBe(true);
    const told = (name: string) => demo.lines.filter((line) => line.name === name).map(({ event }) => event);
    expect(told('ceph-public')).toEqual(['deleted', 'restored']);
    expect(told('old-dmz')).toEqual(['deleted', 'letGo']);
    expect(told('scratch')).toEqual(['deleted', 'letGo']);
    expect(told('bench')).toEqual(['deleted', 'restored', 'stray']);
    expect(told('preview')).toEqual(['deleted', 'letGo']);
    const fight = [...Array(3).fill(['deleted', 'restored']), 'deleted', 'held'].flat();
    expect(told('tenant-blue')).toEqual(fight);
  });

  test('goes on after the story, and deletes no network so often that it would be held', async () => {
    const clock = new FakeClock();
    const end = new AbortController();
    const deletions: { readonly network: string; readonly at: number }[] = [];
    const said: string[] = [];
    const stage = (cluster: string): Stage => ({
      get: (kind, namespace, name) => ({ apiVersion: '', kind, metadata: { namespace, name } }),
      delete: (kind, namespace, name) => {
        const network = `${cluster} ${namespace}/${name}`;
        if (kind === 'NetworkAttachmentDefinition') deletions.push({ network, at: clock.now() });
      },
      finishNamespaceDeletion: () => true,
    });
    const clusters = { east: stage('east'), west: stage('west') };
    const narrate = (sentence: string) => said.push(sentence);
    const readiness = new Readiness(['east', 'west']);
    const told = tellStory(clusters, {
      clock,
      ready: readiness.ready,
      signal: end.signal,
      narrate,
      reminder: 'Ctrl-C ends it.',
    });
    // Nothing is deleted that could not be brought back yet.
    readiness.hear({ event: 'synced', context: 'east' });
    clock.advance(5_000);
    await new Promise(setImmediate);
    expect(deletions).toEqual([]);
    readiness.hear({ event: 'synced', context: 'west' });
    for (let second = 0; second < 3_600; second += 1) {
      clock.advance(1_000);
      await new Promise(setImmediate);
    }
    end.abort();
    await told;

    const { fightLimit, fightWindowMs } = DEFAULT_POLICY;
    const before = ({ network, at }: (typeof deletions)[number]) =>
      deletions.filter((each) => each.network === network && each.at < at && each.at > at - fightWindowMs);
    const held = deletions.filter((deletion) => before(deletion).length >= fightLimit);
    expect(new Set(held.map(({ network }) => network))).toEqual(new Set(['west vms/tenant-blue']));
    const pauses = deletions.slice(1).map(({ at }, index) => at - (deletions[index]?.at ?? 0));
    expect(Math.max(...pauses)).toBeLessThan(30_000);
    expect(said.filter((sentence) => sentence.endsWith('Ctrl-C ends it.')).length).toBeGreaterThan(10);
  });

  test('in a terminal alone ends with exit code 0 on Ctrl-C under npm', async () => {
    const demo = runUnderNpm(['run', '-s', 'netkeeper', '--', 'demo']);
    await demo.prints(RESTORED);
    expect(await demo.interrupt()).toEqual([0, null]);
    expect(demo.leftAtHome()).toEqual([]);
  });

  test('as npm run demo prints the address of its window first, tells the story, and ends with 0 on Ctrl-C', async () => {
    const demo = runUnderNpm(['run', '-s', 'demo']);
    await demo.prints(RESTORED);
    const address = /^ {2}(http:\/\/127\.0\.0\.1:\d+\/#\S+)$/m.exec(demo.output)?.[1] ?? '';
    expect((await fetch(address)).status).toBe(200);
    expect(demo.output.indexOf(address)).toBeLessThan(demo.output.indexOf('demo-east'));
    expect(await demo.interrupt()).toEqual([0, null]);
    // Why it is a browser, and nothing else: without a display there is nothing to open.
    expect(demo.errors).toMatch(/^netkeeper: [^\n]* The window is served to a browser [^\n]*\n$/);
    expect(demo.leftAtHome()).toEqual([]);
  });
});

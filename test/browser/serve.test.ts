/** `netkeeper serve` and `npm start` as people use them: the built program, and its address in Chromium. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { startApiServer } from '../../main/demo/api-server/server.ts';
import { startWebServer } from '../../main/web/server.ts';
import { builtNetkeeper, builtWindow } from '../support/build.ts';
import { hasChromium, openPage, startChromium } from '../support/chromium.ts';
import { FakeClock } from '../support/fake-clock.ts';
import {
  ownEnvironment,
  runNetkeeper,
  startNetkeeper,
  temporaryFolder,
} from '../support/netkeeper-process.ts';
import { runUnderNpm } from '../support/npm-process.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';
import { PlayedService, postToken, tokenOf } from '../support/web.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NETWORK = 'NetworkAttachmentDefinition';

if (!hasChromium)
  console.log('The window is not tested here: there is no Chromium (apt-get install chromium).');

beforeAll(() => {
  builtWindow();
  builtNetkeeper();
}, 120_000);

/** A cluster with one network that one pod uses, and the kubeconfig for it. */
async function startCluster(): Promise<{ server: ApiServer; kubeconfig: string }> {
  const server = await startApiServer();
  onTestFinished(() => server.close());
  for (const object of [
    makeNamespace('web'),
    makeNetwork('web', 'front'),
    makePod('web', 'shop', { networks: 'front', phase: 'Running' }),
  ]) {
    server.create(object);
  }
  const kubeconfig = join(temporaryFolder(), 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'one', cluster: { server: server.url } }],
      contexts: [{ name: 'one', context: { cluster: 'one' } }],
      'current-context': 'one',
    }),
  );
  return { server, kubeconfig };
}

/** Starts it with these arguments, and gives it with its address. */
async function serve(args: readonly string[]) {
  const netkeeper = startNetkeeper(['serve', '-o', 'json', ...args]);
  const { url } = await netkeeper.line({ event: 'serving' });
  return { netkeeper, url: String(url) };
}

function network(page: Page, name: string, state: string | RegExp) {
  return page.getByRole('row').filter({ hasText: name }).filter({ hasText: state });
}

describe('netkeeper serve', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'tells its address as the first line, then what happens, and ends with 0 on %s',
    async (signal) => {
      const { netkeeper } = await serve(['--demo']);
      await netkeeper.line({ event: 'restored', context: 'demo-east', name: 'ceph-public' });
      expect(await netkeeper.end(signal)).toEqual({ code: 0, signal: null });
      expect(netkeeper.all({ event: 'serving' })).toEqual([netkeeper.lines[0]]);
      const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'events.schema.json'), 'utf8'));
      const validate = new Ajv2020().compile(schema);
      for (const line of netkeeper.lines) expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  test('ends with 1 and says why if its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = String(typeof address === 'object' && address?.port);
    const { code, stdout, stderr } = await runNetkeeper(['serve', '--demo', '--port', port]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`Port ${port} is taken by another program`);
  });

  test('gives the browser an address that works once, and not the one that it prints', async () => {
    const folder = temporaryFolder();
    const opened = join(folder, 'opened');
    writeFileSync(
      join(folder, 'xdg-open'),
      `#!/bin/sh\nprintf %s "$1" > ${opened}.part && mv ${opened}.part ${opened}\n`,
    );
    chmodSync(join(folder, 'xdg-open'), 0o755);
    const child = spawn(process.execPath, [builtNetkeeper(), 'serve', '--demo', '--open'], {
      env: { ...ownEnvironment(folder), PATH: `${folder}:${process.env.PATH}`, DISPLAY: ':0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    while (!existsSync(opened)) await new Promise(setImmediate);
    const address = new URL(readFileSync(opened, 'utf8'));
    const printed = /http:\/\/127\S+/.exec(String(child.stdout.read()))?.[0] ?? '';
    expect([new URL(printed).origin, printed === address.href]).toEqual([address.origin, false]);
    const statuses = [];
    for (const url of [address.href, address.href, printed, printed]) {
      statuses.push((await postToken(Number(address.port), tokenOf(url))).status);
    }
    expect(statuses).toEqual([204, 401, 204, 204]);
  });

  test('keeps settings for the user alone, and nothing with --no-state', async () => {
    const { kubeconfig } = await startCluster();
    const [state, home] = [join(temporaryFolder(), 'state'), temporaryFolder()];
    const kept = await serve(['--kubeconfig', kubeconfig, '--state-dir', state]);
    await kept.netkeeper.end('SIGTERM');
    expect(statSync(join(state, 'settings.json')).mode & 0o777).toBe(0o600);
    const child = spawn(
      process.execPath,
      [builtNetkeeper(), 'serve', '--no-state', '--kubeconfig', kubeconfig],
      {
        env: ownEnvironment(home),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readdirSync(home)).toEqual([]);
  });
});

test('a second one on the same folder says so, and one after it has nothing to say', async () => {
  const { kubeconfig } = await startCluster();
  const args = ['--kubeconfig', kubeconfig, '--state-dir', join(temporaryFolder(), 'state')];
  const first = await serve(args);
  const second = await serve(args);
  expect(first.netkeeper.stderr).toBe('');
  await expect
    .poll(() => second.netkeeper.stderr)
    .toMatch(/^netkeeper: Another NetKeeper \(process \d+\) keeps its settings/);
  await second.netkeeper.end('SIGTERM');
  await first.netkeeper.end('SIGTERM');
  const third = await serve(args);
  expect(third.netkeeper.stderr).toBe('');
});

describe.skipIf(!hasChromium)('the window in Chromium', () => {
  test.each([
    ['start', '--', '--demo'],
    ['run', 'demo'],
  ])('is what npm %s serves where the desktop app cannot run, and says why', async (...args) => {
    const npm = runUnderNpm(['-s', ...args]);
    await npm.prints(/Ctrl-C ends NetKeeper/);
    expect(npm.errors).toMatch(
      /^netkeeper: (Electron is not installed here .*|There is no display)\. The window is served to a browser instead of the desktop app\.$/m,
    );

    const page = await openPage(await startChromium(), /http:\/\/127\S+/.exec(npm.output)?.[0] ?? '');
    await page.getByText('demo-east').first().waitFor();
    await page.getByText('demo-west').first().waitFor();
    // The story deletes it, and NetKeeper brings it back, while we look; the terminal tells the same.
    await network(page, 'ceph-public', 'Brought back').waitFor();
    await npm.prints(/demo-east {2}− deleted .*storage\/ceph-public.*\n.* ↩ restored .*14 pods use it/);
    expect(new URL(page.url()).hash).toBe('');

    expect(await npm.interrupt()).toEqual([0, null]);
    expect(npm.leftAtHome()).toEqual([]);
  });

  test('shows the same in two browsers, and keeps what is set in one of them', async () => {
    const { server, kubeconfig } = await startCluster();
    const args = ['--kubeconfig', kubeconfig, '--state-dir', join(temporaryFolder(), 'state')];
    const { netkeeper, url } = await serve(args);
    const chromium = await startChromium();
    const [one, other] = [await openPage(chromium, url), await openPage(chromium, url)];
    for (const page of [one, other]) await network(page, 'front', 'In use').waitFor();
    server.delete(NETWORK, 'web', 'front');
    for (const page of [one, other]) await network(page, 'front', 'Brought back').waitFor();
    const mode = (page: Page) => page.getByRole('button', { name: 'Mode of one' });
    await mode(one).click();
    await one.getByRole('menuitemradio', { name: 'Ask' }).click();
    await mode(other).filter({ hasText: 'Ask' }).waitFor();

    await netkeeper.end('SIGTERM');
    await one.getByText('The connection to NetKeeper is lost.').waitFor();
    const again = await serve([...args, '--port', new URL(url).port]);
    // Their cookies were for the run before.
    for (const page of [one, other]) await page.getByText('This window may not talk to NetKeeper').waitFor();
    const fresh = await openPage(chromium, again.url);
    await network(fresh, 'front', /In use|Brought back/).waitFor();
    await mode(fresh).filter({ hasText: 'Ask' }).waitFor();
  });

  test('comes back by itself when its socket breaks, with what is so then', async () => {
    const clock = new FakeClock();
    const service = new PlayedService();
    let notice = 'before';
    service.answer = async () => ({ ok: true, value: snapshotWith(notice) });
    const web = await startWebServer({ service, folder: builtWindow(), port: 0, clock });
    onTestFinished(() => web.close());
    const page = await openPage(await startChromium(), web.url);
    await page.getByText('before').waitFor();
    notice = 'after';
    // In one breath, so that no pong comes between: the window counts as gone.
    clock.advance(15_000);
    clock.advance(15_000);
    await page.getByText('after').waitFor();
    await page.getByText('The connection to NetKeeper is lost.').waitFor({ state: 'detached' });
  });
});

function snapshotWith(message: string): Snapshot {
  return {
    version: '0.0.0',
    sequence: 0,
    contexts: [],
    networks: [],
    journal: [],
    settings: DEFAULT_SETTINGS,
    notices: [{ id: message, message }],
    kubeconfigFiles: [],
    isDemo: false,
  };
}

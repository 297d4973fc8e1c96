/** The story of test/desktop in Electron itself, where its program and a display are. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { buildDesktopIfNeeded, buildWindowIfNeeded } from '../../scripts/build-if-needed.ts';
import { findDesktop } from '../../scripts/find-electron.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const machine = findDesktop({
  electronPackage: join(ROOT, 'node_modules', 'electron'),
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
});
if ('reason' in machine) console.warn(`Skipped: the story in Electron. ${machine.reason}`);

async function startCluster(): Promise<ApiServer> {
  const server = await startApiServer();
  onTestFinished(() => server.close());
  server.create(makeNamespace('storage'));
  server.create(makeNetwork('storage', 'ceph'));
  server.create(makePod('storage', 'osd-1', { networks: 'ceph', phase: 'Running' }));
  return server;
}

function writeKubeconfig(file: string, server: string): void {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'east',
    clusters: [{ name: 'east', cluster: { server } }],
    contexts: [{ name: 'east', context: { cluster: 'east' } }],
  };
  writeFileSync(file, JSON.stringify(kubeconfig));
}

/** Electron with a user of its own, which ends with the test. */
async function launch(electron: string, server: ApiServer) {
  const home = await mkdtemp(join(tmpdir(), 'netkeeper-electron-'));
  mkdirSync(join(home, '.kube'));
  const kubeconfig = join(home, '.kube', 'config');
  writeKubeconfig(kubeconfig, server.url);
  const app = await _electron.launch({
    executablePath: electron,
    args: [ROOT, `--user-data-dir=${join(home, 'data')}`],
    env: { ...definedOnly(process.env), KUBECONFIG: kubeconfig, SHELL: '/bin/sh' },
  });
  onTestFinished(async () => {
    await app.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return app;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

describe.skipIf('reason' in machine)('the desktop app in Electron', () => {
  test('brings a network back, notifies, and shows it', async () => {
    if ('reason' in machine) return;
    buildWindowIfNeeded();
    buildDesktopIfNeeded();
    const server = await startCluster();
    const app = await launch(machine.electron, server);
    // Runs where no desktop shows notifications: what is asked of the desktop is what counts.
    await app.evaluate(({ Notification }) => {
      const titles: string[] = [];
      Object.assign(globalThis, { titles });
      Notification.isSupported = () => true;
      Notification.prototype.show = function show(this: Electron.Notification) {
        titles.push(this.title);
      };
    });
    const page = await app.firstWindow();
    await page.getByText('1 network is in use').waitFor();

    server.delete('NetworkAttachmentDefinition', 'storage', 'ceph');
    await page.getByRole('grid').getByText('Brought back').waitFor();
    const titles = await app.evaluate(() => (globalThis as unknown as { titles: string[] }).titles);
    expect(titles).toEqual(['NetKeeper brought back storage/ceph on east']);
    expect(server.get('NetworkAttachmentDefinition', 'storage', 'ceph')).toBeDefined();
  });

  test('has a page in a sandbox, that leads nowhere', async () => {
    if ('reason' in machine) return;
    const app = await launch(machine.electron, await startCluster());
    const page = await app.firstWindow();
    await page.getByText('1 network is in use').waitFor();
    expect(page.url()).toBe('netkeeper://app/index.html');
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(netkeeper).sort()]')).toEqual([
      'undefined',
      'undefined',
      ['invoke', 'onEvent'],
    ]);
    expect(await page.evaluate("window.open('https://example.invalid/')")).toBeNull();
    const fetched = await page.evaluate("fetch('https://example.invalid/').then(() => 'yes', () => 'no')");
    expect(fetched).toBe('no');
    expect(app.windows()).toHaveLength(1);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MemoryJournal, MemorySettings, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';

describe('a troubleshooting report', () => {
  const stage = useServiceStage();

  it('tells of the program, the files, each context and what happened, with ~ for the home folder', async () => {
    const east = await stage.addCluster('east');
    await stage.addCluster('west');
    stage.addUsedNetwork(east);
    east.setUser('s3cr3t-token', { name: 'admin', rules: ALL_RULES });
    stage.users.east = { token: 's3cr3t-token' };
    const settings = new MemorySettings({ kubeconfigFiles: [join(stage.folder, 'added')] });
    const service = await stage.start({ settings });
    service.service.addNotice('A file was put aside.');
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    // What stands there is what was brought back: before, the view may still be that of the time before the deletion.
    const net = { context: stage.id('east'), namespace: 'web', name: 'net' };
    await expect.poll(async () => (await service.does('networkDetail', net)).canUndo).toBe(true);
    await service.shows('east', 'web', 'net', 'inUse');

    const { fileName, text } = await service.does('troubleshootingReport', {});
    expect(fileName).toMatch(/^netkeeper-report-\d{4}-\d\d-\d\d\.txt$/);
    expect(text).toContain('- Version: 0.0.0\n');
    expect(text).toContain(`- Runtime: Node.js ${process.versions.node}\n`);
    expect(text).toContain('- Data folder: ~/state\n');
    expect(text).toContain('- ~/.kube/config (own): 2 contexts\n');
    expect(text).toContain(`### east\n\n- Id: ~/.kube/config#east\n- Server: ${new URL(east.url).host}\n`);
    expect(text).toContain('- Mode: restore, current context\n- Phase: watching\n- Problem: none\n');
    expect(text).toContain('- Networks: 1, of which 1 in use; 0 missing, 0 need attention\n- Data: live\n');
    expect(text).toContain('- ok: Credentials: A token in the kubeconfig.\n');
    expect(text).toMatch(/### west\n(.*\n)+- Not looked at: it is off\.\n/);
    expect(text).toContain('- A file was put aside.\n');
    expect(text).toMatch(/Z east restored: Brought back web\/net: 1 pod uses it .*\(by self, \d+ ms\)\n/);
    expect(text).toContain('"~/added"');
    expect(text).not.toContain(stage.folder);
    expect(text).not.toContain('s3cr3t');
  });

  it('has the newest 50 entries, and no line or direction of writing that a cluster has made up', async () => {
    await stage.addCluster('east');
    const journal = new MemoryJournal();
    for (let index = 1; index <= 60; index += 1) {
      journal.append({
        time: '2026-01-01T00:00:00.000Z',
        context: stage.id('east'),
        contextName: 'east',
        event: 'stray',
        namespace: 'web',
        name: 'net',
        message: `entry ${index} \u202e\n# forged\u001b[2J`,
      });
    }
    const service = await stage.start({ journal });
    const { text } = await service.does('troubleshootingReport', {});
    const entries = [...text.matchAll(/stray: entry (\d+) \\u\{202e\}\\u\{a\}# forged\\u\{1b\}\[2J\n/g)];
    expect(entries.map(([, index]) => index)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(60 - index)),
    );
    expect(text).not.toMatch(/^# forged/m);
  });

  it('looks at many contexts side by side, and says which it did not come to', async () => {
    const clock = new FakeClock();
    const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const servers = await Promise.all(names.map((name) => stage.addCluster(name)));
    const settings = new MemorySettings();
    const service = await stage.start({ settings, clock });
    let asked = 0;
    for (const server of servers) {
      server.inject({ effect: { kind: 'stall' } });
      server.onRequest(({ path }) => {
        if (path === '/version') asked += 1;
      });
    }
    for (const name of names) await service.does('setMode', { context: stage.id(name), mode: 'ask' });
    await expect.poll(() => asked).toBe(12);
    const writing = service.does('troubleshootingReport', {});
    await expect.poll(() => asked).toBe(20);
    clock.advance(30_000);
    const { text } = await writing;
    expect(text.match(/failed: Reachable: There was no answer within the 30 s/g)).toHaveLength(8);
    expect(text.match(/Not looked at: there was no time left\./g)).toHaveLength(4);
  });
});

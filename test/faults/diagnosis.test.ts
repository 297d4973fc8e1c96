/** What a look at one context finds, in every state that a cluster, a user and a kubeconfig can be in. */
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../main/cluster/api.ts';
import { ApiError } from '../../main/cluster/api.ts';
import { mergeKubeconfigs } from '../../main/cluster/kubeconfig.ts';
import type { Check } from '../../main/contract/diagnosis.ts';
import type { Rule, User } from '../../main/demo/api-server/access.ts';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import { diagnose } from '../../main/keeper/diagnosis.ts';
import { FakeClock } from '../support/fake-clock.ts';
import type { ServiceUnderTest } from '../support/service-stage.ts';
import { useServiceStage } from '../support/service-stage.ts';

const NETWORKS = 'network-attachment-definitions.k8s.cni.cncf.io';
const TITLES = [
  'Kubeconfig entry',
  'Credentials',
  'Reachable',
  'Allowed in',
  'See networks',
  'See pods',
  'Bring networks back',
  'Read one network',
  'See workloads',
  'See namespaces',
  'Leave an Event',
  'Undo a restore',
  'Networks are known',
  'Watches',
  'What is held',
];

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): Rule {
  return { apiGroups: [apiGroup], resources, verbs };
}

const LOOK = ['get', 'list', 'watch'];
const VIEWER: User = {
  name: 'viewer',
  rules: [
    rule('k8s.cni.cncf.io', ['network-attachment-definitions'], LOOK),
    rule('', ['pods', 'namespaces'], LOOK),
    rule('apps', ['*'], LOOK),
    rule('batch', ['jobs'], LOOK),
  ],
};

function find(checks: readonly Check[], title: string): Check {
  const check = checks.find((each) => each.title === title);
  if (check === undefined) throw new Error(`There is no check "${title}".`);
  return check;
}

/** The titles by status, without those that are ok. */
function troubles(checks: readonly Check[]): Record<string, readonly string[]> {
  const of = (status: Check['status']) =>
    checks.filter((check) => check.status === status).map(({ title }) => title);
  return { warning: of('warning'), failed: of('failed'), skipped: of('skipped') };
}

describe('a diagnosis', () => {
  const stage = useServiceStage();

  async function look(service: ServiceUnderTest, name: string): Promise<readonly Check[]> {
    const context = stage.id(name);
    const diagnosis = await service.does('diagnose', { context });
    expect(diagnosis.context).toBe(context);
    return diagnosis.checks;
  }

  it('finds all well where a context is watched, says what is held, and writes nothing', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    east.setUser('the-token', { name: 'admin', rules: ALL_RULES });
    stage.users.east = { token: 'the-token' };
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const checks = await look(service, 'east');

    expect(checks.map(({ title }) => title)).toEqual(TITLES);
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(find(checks, 'Kubeconfig entry').message).toBe(
      `"east" in ${stage.kubeconfig} names the server ${east.url}.`,
    );
    expect(find(checks, 'Credentials').message).toBe('A token in the kubeconfig.');
    expect(find(checks, 'Reachable').message).toMatch(
      /^The server runs Kubernetes v\d\S* and answers in \d+ ms\.$/,
    );
    expect(find(checks, 'Watches').message).toMatch(
      /^All are open: NetworkAttachmentDefinition for \d+ s, Pod for \d+ s, .*CronJob for \d+ s\. Passed over: VirtualMachine \(not served here\)\.$/,
    );
    expect(find(checks, 'What is held').message).toBe(
      '1 network, and 1 pod with 1 attachment to them, as it is now.',
    );
    expect(east.writes).toEqual([]);
  });

  it('asks nothing of a context that is off', async () => {
    await stage.addCluster('east');
    const west = await stage.addCluster('west');
    const service = await stage.start();
    let requests = 0;
    west.onRequest(() => {
      requests += 1;
    });
    expect(await look(service, 'west')).toEqual([
      {
        title: 'Mode',
        status: 'skipped',
        message: 'west is off: NetKeeper does not connect to it.',
        remedy: expect.stringContaining('Set its mode'),
      },
    ]);
    expect(requests).toBe(0);
  });

  it('names what a viewer lacks and what is lost by it, and calls nothing a failure that is none', async () => {
    const east = await stage.addCluster('east');
    east.setUser('the-token', VIEWER);
    stage.users.east = { token: 'the-token' };
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const checks = await look(service, 'east');
    expect(troubles(checks)).toEqual({
      warning: ['Bring networks back', 'See workloads', 'Leave an Event'],
      failed: [],
      skipped: [],
    });
    expect(find(checks, 'Bring networks back')).toMatchObject({
      message: `This user may not create ${NETWORKS} in all namespaces. Without that deletions are told, not undone.`,
      remedy: expect.stringContaining('ClusterRole'),
    });
    // Virtual machines are not served here: no right to see them is missed.
    expect(find(checks, 'See workloads').message).toMatch(
      /^This user may not list and watch cronjobs\.batch in all namespaces\. /,
    );
    expect(find(checks, 'Undo a restore')).toEqual({
      title: 'Undo a restore',
      status: 'ok',
      message: expect.stringContaining('cannot be undone from the window'),
    });
  });

  it('fails where networks or pods may not be seen, and looks no further at networks', async () => {
    const east = await stage.addCluster('east');
    east.setUser('the-token', { name: 'nobody', rules: [] });
    stage.users.east = { token: 'the-token' };
    const service = await stage.start();
    await service.reaches('east', { phase: 'failed' });
    const checks = await look(service, 'east');
    expect(troubles(checks)).toMatchObject({
      failed: ['See networks', 'See pods', 'Watches'],
      skipped: ['Networks are known'],
    });
    expect(find(checks, 'See networks')).toMatchObject({
      message: expect.stringContaining(`list and watch ${NETWORKS} in all namespaces`),
      remedy: expect.stringContaining('-n NAMESPACE'),
    });
  });

  it('does not take a server that keeps rights to itself for one that grants them', async () => {
    const east = await stage.addCluster('east');
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    east.inject({ effect: { kind: 'answer', code: 403 }, when: ({ path }) => path.endsWith('reviews') });
    const checks = await look(service, 'east');
    expect(find(checks, 'See networks')).toMatchObject({
      status: 'skipped',
      message: 'The server does not tell this user its rights.',
    });
    expect(find(checks, 'Networks are known').status).toBe('ok');
  });

  it('tells a token that the server refuses from one that cannot be had', async () => {
    const east = await stage.addCluster('east');
    east.setUser('the-token', { name: 'admin', rules: ALL_RULES });
    stage.users.east = { token: 'the-wrong-token' };
    stage.servers.file = { server: east.url };
    stage.users.file = { tokenFile: join(stage.folder, 'no-token') };
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('file'), mode: 'restore' });
    const refused = await look(service, 'east');
    expect(find(refused, 'Reachable').status).toBe('ok');
    expect(troubles(refused)).toEqual({ warning: [], failed: ['Allowed in'], skipped: TITLES.slice(4) });
    expect(find(refused, 'Allowed in').message).toMatch(/answered 401.*renew the credentials of the user/);
    expect(find(refused, 'See networks').message).toBe('Not looked at, because of "Allowed in".');
    const missing = await look(service, 'file');
    expect(troubles(missing)).toEqual({ warning: [], failed: ['Credentials'], skipped: TITLES.slice(2) });
    expect(find(missing, 'Credentials').message).toMatch(/^The token file .*no-token .*cannot be read/);
  });

  it('fails at a server that is not there, and shows how old is what is held', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    await east.pause();
    await service.reaches('east', { phase: 'reconnecting' });
    const checks = await look(service, 'east');
    expect(troubles(checks)).toMatchObject({ failed: ['Reachable'] });
    expect(find(checks, 'Reachable')).toMatchObject({
      message: expect.stringMatching(/^The server at http:\S+ refused the connection/),
      remedy: expect.stringContaining('VPN'),
    });
    await east.resume();
  });

  it('shows which watch is not open, since when and why', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    east.inject({
      effect: { kind: 'answer', code: 500 },
      when: ({ verb, path }) => verb === 'watch' && path.includes('/pods'),
    });
    east.watches.end();
    const watches = async () => find(await look(service, 'east'), 'Watches');
    // The others come back.
    await expect
      .poll(async () => (await watches()).message, { timeout: 10_000 })
      .toMatch(/^1 of 8 are not open: Pod for \d+ s \(.*answered 500/);
    expect(await watches()).toMatchObject({ status: 'failed', remedy: expect.stringContaining('Retry') });
    const checks = await look(service, 'east');
    expect(find(checks, 'What is held')).toMatchObject({
      status: 'warning',
      message: expect.stringMatching(/as it was \d+ s ago\.$/),
    });
  });

  it('calls a cluster without the CRD quiet, not broken', async () => {
    const east = await stage.addCluster('east');
    east.removeNadCrd();
    const service = await stage.start();
    const checks = await look(service, 'east');
    expect(find(checks, 'Networks are known')).toMatchObject({
      status: 'warning',
      remedy: 'Nothing to do: it is noticed when they appear.',
    });
  });

  it('names an entry that cannot be used, and contacts nothing', async () => {
    await stage.addCluster('east');
    stage.servers.broken = { server: 'https://127.0.0.1:9', 'proxy-url': 'ftp://x' };
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('broken'), mode: 'restore' });
    const checks = await look(service, 'broken');
    expect(troubles(checks)).toEqual({
      warning: [],
      failed: ['Kubeconfig entry'],
      skipped: TITLES.slice(1),
    });
    expect(find(checks, 'Kubeconfig entry').message).toContain('has a proxy-url that does not start with');
  });

  it('warns of a certificate that nobody checks', async () => {
    await stage.addCluster('east');
    stage.servers.blind = { server: 'https://127.0.0.1:9', 'insecure-skip-tls-verify': true };
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('blind'), mode: 'restore' });
    expect(find(await look(service, 'blind'), 'Kubeconfig entry')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('insecure-skip-tls-verify'),
    });
  });

  it('runs no plugin that nobody has allowed, and says how to allow it', async () => {
    await stage.addCluster('east');
    const command = join(stage.folder, 'plugin');
    await writeFile(command, `#!/bin/sh\ntouch '${command}.ran'\n`);
    await chmod(command, 0o700);
    const apiVersion = 'client.authentication.k8s.io/v1';
    stage.servers.handed = { server: 'http://127.0.0.1:9' };
    stage.users.handed = { exec: { apiVersion, command, interactiveMode: 'Never' } };
    const handedOut = join(stage.folder, 'handed-out');
    await stage.writeKubeconfig(handedOut, ['handed']);
    const service = await stage.start({}, [handedOut]);
    const context = stage.id('handed', handedOut);
    await service.does('setMode', { context, mode: 'restore' });
    const before = (await service.does('diagnose', { context })).checks;
    expect(find(before, 'Credentials')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining(`the command "${command}"`),
      remedy: expect.stringContaining('Allow it'),
    });
    expect(existsSync(`${command}.ran`)).toBe(false);
    await service.does('trustPlugin', { context });
    const after = (await service.does('diagnose', { context })).checks;
    expect(find(after, 'Credentials')).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/^The credential plugin ".*" of the context "handed" printed something/),
    });
    expect(existsSync(`${command}.ran`)).toBe(true);
  });

  it('ends after half a minute, whatever hangs', async () => {
    const clock = new FakeClock();
    let isClosed = false;
    const hangs: Connection = {
      request: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new ApiError('aborted', 'ended by the caller')));
        }),
      openStream: () => Promise.reject(new Error('not asked for')),
      reconnect: () => {},
      close: async () => {
        isClosed = true;
      },
    };
    const cluster = { name: 'east', cluster: { server: 'https://east.example' } };
    const text = JSON.stringify({
      clusters: [cluster],
      contexts: [{ name: 'east', context: { cluster: 'east' } }],
    });
    const [context] = mergeKubeconfigs([{ file: '/config', text }]).contexts;
    if (context === undefined) throw new Error('There is no context.');
    const subject = {
      context,
      connect: () => hangs,
      namespaces: [undefined],
      obstacle: undefined,
      watch: undefined,
      clock,
    };
    const looking = diagnose(subject);
    clock.advance(30_000);
    const checks = await looking;
    expect(find(checks, 'Credentials').message).toBe('None: requests are anonymous.');
    expect(find(checks, 'Reachable')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('within the 30 s'),
    });
    expect(troubles(checks).skipped).toEqual(TITLES.slice(3, -2));
    expect(isClosed).toBe(true);
  });
});

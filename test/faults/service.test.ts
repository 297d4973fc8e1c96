import { describe, expect, it } from 'vitest';
import type { COMMANDS } from '../../main/contract/commands.ts';
import { makeNetwork, makePod, NETWORKS_ANNOTATION } from '../support/objects.ts';
import { MemoryJournal, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';

describe('a service', () => {
  const stage = useServiceStage();

  it("keeps the kubeconfig's current context on the first start, and touches no other", async () => {
    const east = await stage.addCluster('east');
    const west = await stage.addCluster('west');
    const askedWest: string[] = [];
    west.onRequest(({ path }) => askedWest.push(path));
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', {
      mode: 'restore',
      phase: 'watching',
      isCurrent: true,
      networks: 1,
      inUse: 1,
    });
    await service.reaches('west', { mode: 'off', phase: 'off', isCurrent: false });

    east.delete(NAD, 'web', 'net');
    expect(await service.records('restored', { name: 'net' })).toMatchObject({
      context: stage.id('east'),
      contextName: 'east',
      by: 'self',
      userCount: 1,
      users: [{ kind: 'Pod', namespace: 'web', name: 'pod-of-net' }],
    });
    await service.shows('east', 'web', 'net', 'inUse');
    expect(east.get(NAD, 'web', 'net')).toBeDefined();
    expect(askedWest).toEqual([]);
  });

  it('shows each network with its state, its summary, its users and who manages it', async () => {
    const east = await stage.addCluster('east');
    const config = '{"cniVersion":"0.3.1","name":"net","type":"macvlan","master":"eth1"}';
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'infra' };
    east.create(makeNetwork('web', 'net', { config, metadata: { labels } }));
    east.create(makeNetwork('web', 'spare'));
    east.create(makePod('web', 'one', { networks: 'net,absent' }));
    east.create(makePod('web', 'two', { networks: 'net' }));
    const service = await stage.start();
    expect(await service.shows('east', 'web', 'net', 'inUse')).toMatchObject({
      pods: 2,
      workloads: 0,
      summary: 'macvlan on eth1, L2 only',
      type: 'macvlan',
      parent: 'eth1',
      managedBy: 'Flux kustomization infra',
      createdAt: east.get(NAD, 'web', 'net')?.metadata?.creationTimestamp,
    });
    await service.shows('east', 'web', 'spare', 'unused');
    expect(await service.shows('east', 'web', 'absent', 'missing')).toMatchObject({ pods: 1 });
    await service.reaches('east', { networks: 2, inUse: 1, missing: 1, attention: 0 });

    east.delete('Pod', 'web', 'one', { gracePeriodSeconds: 0 });
    await service.shows('east', 'web', 'absent', undefined);
    await service.reaches('east', { missing: 0 });
    expect(service.entries.map(({ event, name }) => [event, name])).toEqual([['missing', 'absent']]);
  });

  it('shows a network that waits for its finalizers as being deleted', async () => {
    const east = await stage.addCluster('east');
    east.create(makeNetwork('web', 'net', { metadata: { finalizers: ['example.invalid/hold'] } }));
    east.create(makePod('web', 'pod', { networks: 'net' }));
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'deleting');
    await service.reaches('east', { networks: 1, inUse: 1 });
    await service.records('deleting');
  });

  it('gives one network in detail: its config, its users with their addresses, its history', async () => {
    const east = await stage.addCluster('east');
    const config = '{ "type":"bridge",\n\t"vlan": 7 }';
    east.create(makeNetwork('web', 'net', { config }));
    const status = [{ name: 'web/net', interface: 'net1', ips: ['10.0.0.7'], mac: '02:00:00:00:00:07' }];
    const annotations = { 'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status) };
    const labels = { 'pod-template-hash': 'abc' };
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'deployment-abc',
      uid: 'u',
      controller: true,
    };
    const metadata = { annotations, labels, ownerReferences: [owner] };
    east.create(makePod('web', 'asked', { networks: 'net', metadata }));
    east.create(makePod('web', 'pending', { networks: 'net@eth7' }));
    east.create({
      kind: 'Deployment',
      metadata: { namespace: 'web', name: 'deployment' },
      spec: { template: { metadata: { annotations: { [NETWORKS_ANNOTATION]: 'net' } } } },
    });
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    await service.shows('east', 'web', 'net', 'inUse');

    const name = { context: stage.id('east'), namespace: 'web', name: 'net' };
    const detail = await service.does('networkDetail', name);
    expect(detail).toMatchObject({ network: { ...name, pods: 2, workloads: 1 }, config, userCount: 3 });
    expect(detail.users).toEqual([
      {
        kind: 'Pod',
        namespace: 'web',
        name: 'asked',
        owner: { kind: 'Deployment', name: 'deployment' },
        attachments: [
          {
            interface: 'net1',
            ips: ['10.0.0.7'],
            mac: '02:00:00:00:00:07',
            isAsked: true,
            isAttached: true,
          },
        ],
      },
      {
        kind: 'Pod',
        namespace: 'web',
        name: 'pending',
        attachments: [{ interface: 'eth7', ips: [], isAsked: true, isAttached: false }],
      },
      {
        kind: 'Deployment',
        namespace: 'web',
        name: 'deployment',
        attachments: [{ ips: [], isAsked: true, isAttached: false }],
      },
    ]);
    expect(detail.history.map(({ event }) => event)).toEqual(['restored', 'deleted']);
    expect(await service.asks('networkDetail', { ...name, name: 'never' })).toMatchObject({
      code: 'unknownNetwork',
    });
  });

  it('counts users beyond the first thousand without listing them', async () => {
    const east = await stage.addCluster('east');
    east.create(makeNetwork('web', 'net'));
    for (let number = 0; number < 1_010; number += 1) {
      east.create(makePod('web', `pod-${number}`, { networks: 'net' }));
    }
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    const name = { context: stage.id('east'), namespace: 'web', name: 'net' };
    const { users, userCount } = await service.does('networkDetail', name);
    expect(users).toHaveLength(1_000);
    expect(userCount).toBe(1_010);
  });

  it('gives the journal in pages, and exports it', async () => {
    const east = await stage.addCluster('east');
    for (let number = 0; number < 5; number += 1) stage.addUsedNetwork(east, `net-${number}`);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    for (let number = 0; number < 5; number += 1) east.delete(NAD, 'web', `net-${number}`);
    await service.until('all back', () =>
      service.entries.filter(({ event }) => event === 'restored').length === 5 ? true : undefined,
    );
    const first = await service.does('journal', { limit: 6 });
    const rest = await service.does('journal', { limit: 6, before: first.at(-1)?.id });
    expect([...first, ...rest].map(({ id }) => id)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect((await service.snapshot()).journal).toEqual([...first, ...rest]);

    const json = await service.does('exportJournal', { format: 'json' });
    expect(json.fileName).toMatch(/^netkeeper-journal-\d{4}-\d{2}-\d{2}\.json$/);
    expect(JSON.parse(json.text)).toEqual([...first, ...rest].reverse());
    const csv = await service.does('exportJournal', { format: 'csv' });
    expect(csv.fileName).toMatch(/\.csv$/);
    expect(csv.text.split('\r\n')).toHaveLength(12);
  });

  it('gives a snapshot from which the updates go on', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    const snapshot = await service.snapshot();
    const count = service.updates.length;
    east.create(makeNetwork('web', 'late'));
    await service.shows('east', 'web', 'late', 'unused');
    expect(service.updates[count]?.update.sequence).toBe(snapshot.sequence + 1);
    expect(snapshot.networks.map(({ name }) => name)).toEqual(['net']);
    expect(snapshot).toMatchObject({ version: '0.0.0', contexts: [{ name: 'east', phase: 'watching' }] });
  });

  it('sends no two updates within 100 ms of each other, whatever happens', async () => {
    const east = await stage.addCluster('east');
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    for (let number = 0; number < 300; number += 1) {
      stage.addUsedNetwork(east, `net-${number}`);
      if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await service.shows('east', 'web', 'net-299', 'inUse');
    const times = service.updates.map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(95);
  });

  it.each([
    ['nothing', {}],
    ['constructor', {}],
    ['setMode', {}],
    ['setMode', { context: 'x', mode: 'destroy' }],
    ['setMode', null],
    ['journal', { limit: 1e9 }],
    ['pause', { minutes: 10, more: true }],
    ['changeSettings', { autostart: 'yes' }],
  ])('refuses %s with %j', async (name, args) => {
    await stage.addCluster('east');
    const service = await stage.start();
    expect(await service.asks(name, args)).toMatchObject({ ok: false, code: 'badRequest' });
  });

  it('answers every command of the contract', async () => {
    await stage.addCluster('east');
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const name = { context: stage.id('east'), namespace: 'web', name: 'net' };
    const { context } = name;
    const args: Record<keyof typeof COMMANDS, object> = {
      snapshot: {},
      networkDetail: name,
      journal: { limit: 10 },
      setMode: { context, mode: 'ask' },
      retryContext: { context },
      setContextLook: { context, look: {} },
      setProtected: { context, isProtected: false },
      setMuted: { context, isMuted: true },
      trustPlugin: { context },
      restoreNetwork: name,
      letGoNetwork: name,
      pause: { minutes: 15 },
      resume: {},
      changeSettings: { theme: 'dark', notifications: { doNotDisturb: true } },
      reloadKubeconfig: {},
      exportJournal: { format: 'json' },
      findUsers: { words: 'web' },
      usageMap: { context },
      manifests: { context, networks: [{ namespace: 'web', name: 'net' }] },
      undoRestore: { ...name, isConfirmed: true },
      diagnose: { context },
      troubleshootingReport: {},
    };
    for (const [command, given] of Object.entries(args)) {
      const reply = await service.asks(command, given);
      const isRefused = ['networkDetail', 'restoreNetwork', 'letGoNetwork', 'undoRestore'].includes(command);
      expect([command, reply.ok]).toEqual([command, !isRefused]);
    }
    expect((await service.snapshot()).settings).toMatchObject({
      theme: 'dark',
      notifications: { isOn: true, doNotDisturb: true },
      contexts: { [context]: { isMuted: true, mode: 'ask' } },
    });
  });

  it('goes on when a listener throws, and when the journal fails', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const journal = new MemoryJournal();
    const service = await stage.start({ journal });
    service.service.onEntry(() => {
      throw new Error('a broken notification');
    });
    service.service.subscribe(() => {
      throw new Error('a broken window');
    });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    expect(service.logged.join()).toContain('a broken notification');
    journal.append = () => {
      throw new Error('the disk is full');
    };
    east.delete(NAD, 'web', 'net');
    await service.until('back again', () => east.get(NAD, 'web', 'net') && true);
    expect(service.logged.join()).toContain('the disk is full');
  });

  it('keeps one context while another one is broken', async () => {
    const east = await stage.addCluster('east');
    await stage.addCluster('west');
    stage.addUsedNetwork(east);
    stage.servers.west = { server: 'https://127.0.0.1:9', 'certificate-authority': '/nowhere/ca.pem' };
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('west'), mode: 'restore' });
    await service.reaches('west', { phase: 'failed' });
    await service.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    await service.records('restored', { contextName: 'east' });
  });

  it('shows a notice, once told', async () => {
    const service = await stage.start();
    service.service.addNotice('The settings were damaged.');
    const notice = await service.until('notice', () =>
      service.updates.flatMap(({ update }) => update.notices ?? []).find(({ id }) => id === 'notice-1'),
    );
    expect(notice.message).toBe('The settings were damaged.');
    expect((await service.snapshot()).notices).toContainEqual(notice);
  });
});

describe('a service on a computer that sleeps', () => {
  const stage = useServiceStage();

  it('ends its watches, and restores after it woke what was deleted meanwhile', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    service.service.suspend();
    const { staleSince } = await service.reaches('east', { phase: 'reconnecting' });
    expect(staleSince).toBeGreaterThan(Date.now() - 10_000);
    await service.until('no watch', () => (east.watches.count() === 0 ? true : undefined));
    east.delete(NAD, 'web', 'net');

    service.service.resume();
    expect(await service.records('restored', { name: 'net' })).toMatchObject({ missed: true });
    expect(await service.reaches('east', { phase: 'watching' })).not.toHaveProperty('staleSince');
    await service.shows('east', 'web', 'net', 'inUse');
  });

  it('wakes its contexts one after the other, within a second', async () => {
    const spread = [0, 0.5, 0.99];
    const woke: { name: string; at: number }[] = [];
    let isAwake = true;
    for (const name of ['east', 'west', 'north']) {
      const server = await stage.addCluster(name);
      server.onRequest(({ resource, verb }) => {
        const isList = resource === 'network-attachment-definitions' && verb === 'list';
        if (isList && !isAwake) woke.push({ name, at: performance.now() });
      });
    }
    const service = await stage.start({ random: () => (isAwake ? 0.5 : (spread.shift() ?? 0.5)) });
    for (const name of ['east', 'west', 'north']) {
      await service.does('setMode', { context: stage.id(name), mode: 'restore' });
      await service.reaches(name, { phase: 'watching' });
    }
    service.service.suspend();
    for (const name of ['east', 'west', 'north']) await service.reaches(name, { phase: 'reconnecting' });
    isAwake = false;
    const resumedAt = performance.now();
    service.service.resume();
    for (const name of ['east', 'west', 'north']) await service.reaches(name, { phase: 'watching' });
    expect(woke.map(({ name }) => name)).toEqual(['east', 'west', 'north']);
    const [east = 0, west = 0, north = 0] = woke.map(({ at }) => at - resumedAt);
    expect(west - east).toBeGreaterThan(300);
    expect(north - west).toBeGreaterThan(300);
  });

  it('wakes a context that was just being connected', async () => {
    const east = await stage.addCluster('east');
    east.inject({ effect: { kind: 'stall' }, when: ({ path }) => path === '/version', times: 1 });
    const service = await stage.start();
    await service.reaches('east', { phase: 'connecting' });
    service.service.suspend();
    service.service.resume();
    await service.reaches('east', { phase: 'watching' });
  });
});

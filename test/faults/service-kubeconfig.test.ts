import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { MemorySettings, type ServiceStage, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
const ADMIN = { name: 'admin', rules: ALL_RULES };

/** Each stay at a cluster begins with the question for its version. */
function countStays(server: ApiServer): () => number {
  let stays = 0;
  server.onRequest(({ path }) => {
    if (path === '/version') stays += 1;
  });
  return () => stays;
}

/** A credential plugin that leaves a mark when it runs; `then` is shell for what it does after. */
async function writePlugin(
  stage: ServiceStage,
  name: string,
  then = '',
): Promise<{ user: object; mark: string }> {
  const command = join(stage.folder, name);
  const mark = `${command}.ran`;
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'from-the-plugin' },
  };
  await writeFile(
    command,
    `#!/bin/sh\necho ran >> '${mark}'\n${then}\necho '${JSON.stringify(credential)}'\n`,
  );
  await chmod(command, 0o700);
  const { apiVersion } = credential;
  const exec = { apiVersion, command, args: ['--secret-argument'], interactiveMode: 'Never' };
  return { user: { exec }, mark };
}

describe('contexts that follow the kubeconfig', () => {
  const stage = useServiceStage();

  it('come with what was found in each file, which is told again when it changed', async () => {
    await stage.addCluster('east');
    const service = await stage.start();
    const good = { file: stage.kubeconfig, source: 'own', isThere: true, contexts: 1, problems: [] };
    expect((await service.snapshot()).kubeconfigFiles).toEqual([good]);
    const told = () => service.updates.flatMap(({ update }) => update.kubeconfigFiles ?? []);
    expect(told()).toEqual([good]);
    await service.does('reloadKubeconfig', {});
    await writeFile(stage.kubeconfig, 'contexts: 7');
    await service.does('reloadKubeconfig', {});
    const { kubeconfigFiles } = await service.snapshot();
    expect(kubeconfigFiles).toEqual([
      { ...good, contexts: 0, problems: [expect.stringContaining('"contexts" is not a list')] },
    ]);
    expect(told()).toEqual([good, ...kubeconfigFiles]);
  });

  it('appear, change and vanish, and those that did not change are not touched', async () => {
    const east = await stage.addCluster('east');
    const west = await stage.addCluster('west');
    stage.addUsedNetwork(west);
    const settings = new MemorySettings();
    await stage.writeKubeconfig(stage.kubeconfig, ['east']);
    const service = await stage.start({ settings }, [stage.kubeconfig]);
    await service.reaches('east', { phase: 'watching' });
    const eastStays = countStays(east);

    await stage.writeKubeconfig();
    await service.reaches('west', { mode: 'off', phase: 'off' });
    await service.does('setMode', { context: stage.id('west'), mode: 'restore' });
    await service.shows('west', 'web', 'net', 'inUse');

    stage.users.west = { token: 'another' };
    const westStays = countStays(west);
    await stage.writeKubeconfig();
    await service.until('west anew', () => (westStays() === 1 ? true : undefined));
    await service.shows('west', 'web', 'net', 'inUse');

    await stage.writeKubeconfig(stage.kubeconfig, ['east']);
    await service.until('west gone', () => (service.contexts.size === 1 ? true : undefined));
    await service.shows('west', 'web', 'net', undefined);
    expect(settings.get().contexts[stage.id('west')]?.mode).toBe('restore');

    await stage.writeKubeconfig();
    await service.shows('west', 'web', 'net', 'inUse');
    expect(eastStays()).toBe(0);
  });

  it('follow kubectl config use-context as a mark alone', async () => {
    const east = await stage.addCluster('east');
    const west = await stage.addCluster('west');
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const stays = [countStays(east), countStays(west)];
    stage.current = 'west';
    await stage.writeKubeconfig();
    await service.reaches('west', { isCurrent: true, mode: 'off', phase: 'off' });
    await service.reaches('east', { isCurrent: false, mode: 'restore', phase: 'watching' });
    expect(stays.map((count) => count())).toEqual([0, 0]);
  });

  it('tell of a kubeconfig that cannot be read, and come when it can', async () => {
    await stage.addCluster('east');
    await stage.writeKubeconfig();
    await writeFile(stage.kubeconfig, '{ broken: [');
    const service = await stage.start({}, [stage.kubeconfig]);
    const { notices, contexts } = await service.snapshot();
    expect(contexts).toEqual([]);
    expect(notices.map(({ message }) => message).join()).toContain('is not valid YAML');
    await stage.writeKubeconfig();
    await service.reaches('east', { mode: 'restore', phase: 'watching' });
    expect((await service.snapshot()).notices).toEqual([]);
  });

  it('are shown in the order, with the look and under the name that the user chose', async () => {
    await stage.addCluster('east');
    await stage.addCluster('west');
    const service = await stage.start();
    await service.does('changeSettings', { order: [stage.id('west'), 'gone'] });
    const look = { label: 'Production', colour: 'red', group: 'Europe' } as const;
    await service.does('setContextLook', { context: stage.id('west'), look });
    const { contexts } = await service.snapshot();
    expect(contexts.map(({ name }) => name)).toEqual(['west', 'east']);
    expect(contexts[0]).toMatchObject(look);
    await service.does('setContextLook', { context: stage.id('west'), look: { group: 'Asia' } });
    const [west] = (await service.snapshot()).contexts;
    expect(west).toMatchObject({ group: 'Asia', mode: 'off' });
    expect(west).not.toHaveProperty('label');
  });

  it('try refused credentials again when their file changes, and when the user says so', async () => {
    const east = await stage.addCluster('east');
    east.setUser('right', ADMIN);
    const tokenFile = join(stage.folder, 'token');
    await writeFile(tokenFile, 'wrong');
    stage.users.east = { tokenFile };
    const service = await stage.start();
    expect((await service.reaches('east', { phase: 'failed' })).problem).toMatchObject({
      code: 'credentials',
    });

    await writeFile(tokenFile, 'right');
    stage.filesChanged([tokenFile]);
    await service.reaches('east', { phase: 'watching' });

    east.setUser('right', undefined);
    east.setUser('other', ADMIN);
    east.watches.drop();
    await service.reaches('east', { phase: 'failed' });
    await writeFile(tokenFile, 'other');
    await service.does('retryContext', { context: stage.id('east') });
    await service.reaches('east', { phase: 'watching' });
  });
});

describe('a credential plugin', () => {
  const stage = useServiceStage();

  it("runs without a question where the user's own kubeconfig names it", async () => {
    await stage.addCluster('east');
    const { user, mark } = await writePlugin(stage, 'plugin');
    stage.users.east = { ...user };
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    expect(existsSync(mark)).toBe(true);
  });

  it('of another file is shown by its command and not run until the user allows it', async () => {
    await stage.addCluster('east');
    const { user, mark } = await writePlugin(stage, 'plugin');
    stage.users.east = { ...user };
    const file = join(stage.folder, 'handed-out');
    await stage.writeKubeconfig(file);
    const service = await stage.start({}, [file]);
    const { problem } = await service.reaches('east', { mode: 'restore', phase: 'failed' });
    expect(problem).toMatchObject({ code: 'untrustedPlugin' });
    expect(problem?.message).toContain(join(stage.folder, 'plugin'));
    expect(JSON.stringify(problem)).not.toContain('--secret-argument');
    await service.does('retryContext', { context: stage.id('east', file) });
    expect(existsSync(mark)).toBe(false);

    await service.does('trustPlugin', { context: stage.id('east', file) });
    await service.reaches('east', { phase: 'watching' });
    expect(existsSync(mark)).toBe(true);
    expect((await service.snapshot()).settings.trustedFiles).toEqual([file]);
  });

  it("of the user's own kubeconfig is not run for a server that another file names", async () => {
    const east = await stage.addCluster('east');
    const { user, mark } = await writePlugin(stage, 'plugin');
    const own = {
      users: [{ name: 'me', user }],
      contexts: [{ name: 'east', context: { cluster: 'east', user: 'me' } }],
      'current-context': 'east',
    };
    await stage.writeKubeconfig(stage.kubeconfig, []);
    await writeFile(stage.kubeconfig, JSON.stringify(own));
    const file = join(stage.folder, 'handed-out');
    const foreign = { clusters: [{ name: 'east', cluster: { server: east.url } }] };
    await writeFile(file, JSON.stringify(foreign));
    const service = await stage.start({}, [stage.kubeconfig, file]);
    expect((await service.reaches('east', { phase: 'failed' })).problem?.code).toBe('untrustedPlugin');
    expect(existsSync(mark)).toBe(false);
  });

  it('of a context that is off is never run, and one that hangs holds up nobody', async () => {
    const good = await stage.addCluster('good');
    stage.addUsedNetwork(good);
    const marks: string[] = [];
    const hanging = await writePlugin(stage, 'hanging', 'exec sleep 60');
    for (let number = 0; number < 28; number += 1) {
      const name = `other-${number}`;
      const { user, mark } = await writePlugin(stage, name);
      marks.push(mark);
      stage.servers[name] = { server: 'https://127.0.0.1:9' };
      stage.users[name] = { ...user };
    }
    stage.servers.hanging = { server: 'https://127.0.0.1:9' };
    stage.users.hanging = { ...hanging.user };
    const startedAt = performance.now();
    const service = await stage.start();
    expect(await service.snapshot()).toMatchObject({ contexts: { length: 30 } });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await service.does('setMode', { context: stage.id('hanging'), mode: 'restore' });
    await service.reaches('hanging', { phase: 'connecting' });
    await service.shows('good', 'web', 'net', 'inUse');
    good.delete(NAD, 'web', 'net');
    await service.records('restored', { contextName: 'good' });
    expect(marks.filter((mark) => existsSync(mark))).toEqual([]);
  });
});

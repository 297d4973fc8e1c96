import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import { useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
const MARK = 'SECRET';
const ADMIN = { name: 'admin', rules: ALL_RULES };

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('the messages of a service', () => {
  const stage = useServiceStage();

  it('hold no secret of a kubeconfig, whatever goes wrong', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    east.setUser(`${MARK}-token-0`, ADMIN);
    stage.users.east = { token: `${MARK}-token-0`, username: 'me', password: `${MARK}-password-1` };

    const plugin = join(stage.folder, 'plugin');
    await writeFile(plugin, `#!/bin/sh\necho '{"status": "${MARK}-output-2"}'\necho failed >&2\nexit 1\n`);
    await chmod(plugin, 0o700);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: plugin,
      args: [`--token=${MARK}-argument-3`],
      env: [{ name: 'PLUGIN_KEY', value: `${MARK}-environment-4` }],
      interactiveMode: 'Never',
    };
    const broken: Record<string, { cluster?: object; user: object }> = {
      wrongToken: { user: { token: `${MARK}-token-5` } },
      wrongPassword: { user: { username: 'me', password: `${MARK}-password-6` } },
      unusableToken: { user: { token: `${MARK} token\n7` } },
      plugin: { user: { exec } },
      pems: {
        user: {
          'client-certificate-data': base64(`${MARK}-certificate-8`),
          'client-key-data': base64(`${MARK}-key-9`),
        },
      },
      authority: {
        cluster: { server: 'https://127.0.0.1:9', 'certificate-authority-data': base64(`${MARK}-ca-10`) },
        user: { token: `${MARK}-token-11` },
      },
      serverWithPassword: {
        cluster: { server: `${east.url.replace('://', `://me:${MARK}-password-12@`)}?token=${MARK}-13` },
        user: { token: `${MARK}-token-14` },
      },
      proxy: {
        cluster: { server: east.url, 'proxy-url': `http://me:${MARK}-password-15@127.0.0.1:9` },
        user: { token: `${MARK}-token-16` },
      },
      wrongProxy: {
        cluster: { server: east.url, 'proxy-url': `ftp://me:${MARK}-password-17@127.0.0.1:9` },
        user: { token: `${MARK}-token-18` },
      },
      provider: {
        user: { 'auth-provider': { name: 'gcp', config: { 'access-token': `${MARK}-19` } } },
      },
      oidc: {
        user: {
          'auth-provider': {
            name: 'oidc',
            config: { 'id-token': `${MARK}-20`, 'refresh-token': `${MARK}-21` },
          },
        },
      },
      oddToken: { user: { token: { [`${MARK}-22`]: `${MARK}-23` } } },
    };
    for (const [name, { cluster, user }] of Object.entries(broken)) {
      stage.servers[name] = { server: east.url, ...cluster };
      stage.users[name] = { ...user };
    }
    const handedOut = join(stage.folder, 'handed-out');
    await stage.writeKubeconfig(handedOut, ['plugin']);
    await stage.writeKubeconfig();
    const service = await stage.start({}, [stage.kubeconfig, handedOut]);
    await service.reaches('east', { phase: 'watching' });

    // A server that repeats what it was sent.
    east.inject({
      effect: { kind: 'answer', code: 422, message: `the header was Bearer ${MARK}-token-0` },
      when: ({ verb }) => verb === 'create',
      times: 2,
    });
    east.delete(NAD, 'web', 'net');
    await service.records('failed');
    const name = { context: stage.id('east'), namespace: 'web', name: 'net' };
    await service.asks('restoreNetwork', name);
    await service.asks('networkDetail', name);
    for (const context of Object.keys(broken)) {
      await service.asks('setMode', { context: stage.id(context), mode: 'restore' });
    }
    for (const context of Object.keys(broken)) {
      const { problem } = await service.reaches(context, { phase: 'failed' });
      expect(problem?.message).not.toBe('');
      await service.asks('retryContext', { context: stage.id(context) });
      await service.asks('trustPlugin', { context: stage.id(context) });
      await service.asks('restoreNetwork', { ...name, context: stage.id(context) });
      await service.does('diagnose', { context: stage.id(context) });
    }
    await service.does('diagnose', { context: stage.id('east') });
    await service.does('troubleshootingReport', {});
    await writeFile(
      stage.kubeconfig,
      `users: [{name: a, user: {token: ${MARK}-24}}]\n  broken: ${MARK}-25: [`,
    );
    await service.does('reloadKubeconfig', {});
    await service.snapshot();
    await service.does('exportJournal', { format: 'json' });
    await service.does('exportJournal', { format: 'csv' });
    await service.asks('setMode', { token: `${MARK}-26` });
    await service.asks(`${MARK}-27`, {});

    const told = JSON.stringify([service.updates, service.entries, service.replies, service.logged]);
    expect(told.length).toBeGreaterThan(10_000);
    expect(told.match(new RegExp(`.{0,200}(${MARK}|${base64(MARK).slice(0, 7)}).{0,50}`, 'g'))).toBeNull();
  });
});

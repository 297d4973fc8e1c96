/** `netkeeper doctor` as a person runs it: the built program, against servers inside the test. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { mapBounded } from '../../main/keeper/bounded.ts';
import { builtNetkeeper } from '../support/build.ts';
import { runNetkeeper, temporaryFolder } from '../support/netkeeper-process.ts';

beforeAll(() => {
  builtNetkeeper();
}, 120_000);

async function startServer(): Promise<ApiServer> {
  const server = await startApiServer({ users: { 's3cr3t-admin': { name: 'admin', rules: ALL_RULES } } });
  onTestFinished(() => server.close());
  return server;
}

/** A kubeconfig with a context for each user; the first one is the current. */
function writeKubeconfig({ url }: ApiServer, users: Readonly<Record<string, object>>): string {
  const names = Object.keys(users);
  const file = join(temporaryFolder(), 'config');
  const config = {
    clusters: [{ name: 'one', cluster: { server: url } }],
    users: names.map((name) => ({ name, user: users[name] })),
    contexts: names.map((name) => ({ name, context: { cluster: 'one', user: name } })),
    'current-context': names[0],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

describe('netkeeper doctor', () => {
  test('prints each check with mark, word and message, and ends with 0 where all is well', async () => {
    const server = await startServer();
    const kubeconfig = writeKubeconfig(server, { good: { token: 's3cr3t-admin' } });
    const { code, stdout, stderr } = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [verdict, ...lines] = stdout.trimEnd().split('\n');
    expect(verdict).toBe('good can be watched');
    expect(lines).toHaveLength(13);
    for (const line of lines) expect(line).toMatch(/^ {2}✓ ok {7}\S.* {2}\S.*\.$/);
    expect(stdout).toContain('✓ ok       Credentials          A token in the kubeconfig.\n');
    expect(server.writes).toEqual([]);
  });

  test('says what helps, goes on with the other contexts, and ends with 1', async () => {
    const server = await startServer();
    const users = { bad: { token: 's3cr3t-wrong' }, good: { token: 's3cr3t-admin' }, nobody: {} };
    const kubeconfig = writeKubeconfig(server, users);
    const { code, stdout } = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig, '--all-contexts']);
    expect(code).toBe(1);
    expect(stdout).toContain('bad cannot be watched as it is\n');
    expect(stdout).toContain('good can be watched\n');
    expect(stdout).toContain('nobody cannot be watched as it is\n');
    expect(stdout).toMatch(/✗ failed +Allowed in +.*answered 401.*\n {34}Log in again/);
    expect(stdout).toContain('○ skipped  See networks         Not looked at, because of "Allowed in".\n');
    expect(stdout).not.toContain('s3cr3t');
    const one = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig, '--context', 'good']);
    expect(one.code).toBe(0);
  });

  test('prints one object a line with -o json', async () => {
    const server = await startServer();
    const kubeconfig = writeKubeconfig(server, { nobody: {} });
    const { code, stdout } = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig, '-o', 'json']);
    expect(code).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of lines) {
      expect(line).toMatchObject({
        event: 'check',
        context: 'nobody',
        time: expect.stringMatching(/Z$/),
        title: expect.any(String),
        status: expect.stringMatching(/^(ok|warning|failed|skipped)$/),
        message: expect.any(String),
      });
    }
    expect(lines.find(({ title }) => title === 'See networks').status).toBe('failed');
  });

  test('prints no secret, whatever a credential plugin does', async () => {
    const server = await startServer();
    const folder = temporaryFolder();
    const command = join(folder, 'plugin');
    writeFileSync(command, '#!/bin/sh\necho "s3cr3t-output $1 $KEY"\necho "$1 $KEY" >&2\nexit 3\n');
    chmodSync(command, 0o755);
    const kubeconfig = writeKubeconfig(server, {
      plugin: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command,
          args: ['--token=s3cr3t-argument'],
          env: [{ name: 'KEY', value: 's3cr3t-environment' }],
          interactiveMode: 'Never',
        },
      },
    });
    const { code, stdout, stderr } = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✗ failed +Credentials +The credential plugin ".*plugin" .* ended with exit code 3/,
    );
    expect(stdout + stderr).not.toContain('s3cr3t');
  });

  test('ends with 1 where there is no context, and with 2 for a wrong command line', async () => {
    const missing = join(temporaryFolder(), 'missing');
    const none = await runNetkeeper(['doctor', '--kubeconfig', missing]);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('does not exist');
    expect((await runNetkeeper(['doctor', '--mode', 'ask'])).code).toBe(2);
  });
});

test('work that is bounded keeps its order, and never has more than so many under way', async () => {
  let [underWay, most] = [0, 0];
  const results = await mapBounded([5, 1, 4, 2, 3], 2, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < item; turn += 1) await new Promise(setImmediate);
    underWay -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

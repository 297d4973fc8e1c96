import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import { builtNetkeeper } from '../support/build.ts';
import {
  contextEntry,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  settle,
  writeKubeconfig,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import {
  ownEnvironment,
  runNetkeeper,
  startNetkeeper,
  temporaryFolder,
} from '../support/netkeeper-process.ts';
import { makeNetwork } from '../support/objects.ts';
import { freePort } from '../support/ports.ts';

describeCluster('the command line on a real API server', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane();
    await cluster.installNadCrd();
    await createNamespace(cluster, 'web');
    kubeconfig = writeFile(cluster);
  });
  afterAll(() => cluster?.stop());

  /** Two contexts for one server. */
  const writeFile = (from: ControlPlane) =>
    from.writeKubeconfig([
      { name: 'first', user: 'admin' },
      { name: 'second', user: 'admin' },
    ]);
  const watch = (...args: string[]) =>
    startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json', ...args]);

  it('watches the current context alone, unless it is told otherwise', async () => {
    for (const [args, contexts] of [
      [[], ['first']],
      [['--context', 'second'], ['second']],
      [
        ['--context', 'second', '--context', 'first'],
        ['first', 'second'],
      ],
      [['--all-contexts'], ['first', 'second']],
    ] as const) {
      const netkeeper = watch(...args, '--no-state');
      for (const context of contexts) await netkeeper.watching(context);
      await netkeeper.end('SIGTERM');
      expect([...new Set(netkeeper.lines.map(({ context }) => context))].sort()).toEqual(contexts);
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s, with exit code 0', async (signal) => {
    const netkeeper = watch();
    await netkeeper.watching();
    expect(await netkeeper.end(signal)).toEqual({ code: 0, signal: null });
    expect(netkeeper.stderr).toBe('');
  });

  it('ends cleanly on a signal while it is still connecting', async () => {
    const netkeeper = watch();
    await netkeeper.line({ event: 'phase', phase: 'connecting' });
    expect((await netkeeper.end('SIGINT')).signal).toBeNull();
    expect(netkeeper.stderr).toBe('');
  });

  it('prints lines of JSON alone, each with time, event and context, and about a network its name', async () => {
    const netkeeper = watch();
    await netkeeper.watching();
    await settle(cluster, netkeeper);
    await create(cluster, makeNetwork('web', 'unused'));
    await deleteNetwork(cluster, 'web', 'unused');
    await netkeeper.line({ event: 'letGo', name: 'unused' });
    await netkeeper.end('SIGTERM');
    expect(netkeeper.lines.length).toBeGreaterThan(5);
    for (const line of netkeeper.lines) {
      expect(line).toMatchObject({ event: expect.any(String), context: 'first' });
      expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      if (line.event === 'phase' || line.event === 'synced') continue;
      expect(line).toMatchObject({
        namespace: expect.any(String),
        name: expect.any(String),
        message: expect.any(String),
      });
    }
    const synced = netkeeper.all({ event: 'synced' });
    expect(synced).toEqual([
      {
        ...{ time: expect.any(String), event: 'synced', context: 'first' },
        ...{ networks: expect.any(Number), pods: expect.any(Number), attachments: expect.any(Number) },
        tookMs: expect.any(Number),
      },
    ]);
  });

  it('prints sentences to read, without colours where it is no terminal', async () => {
    const child = spawnShell('exec "$NODE" "$NETKEEPER" watch --kubeconfig "$FILE"');
    let stdout = '';
    const restored = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
        if (stdout.includes('watching')) void deleteUsed();
        if (stdout.includes('restored')) resolve();
      });
    });
    let isDeleted = false;
    const deleteUsed = async () => {
      if (isDeleted) return;
      isDeleted = true;
      await create(cluster, makeNetwork('web', 'read'));
      await createPod(cluster, 'web', 'reader', 'read');
      await deleteNetwork(cluster, 'web', 'read');
    };
    await restored;
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stdout).toMatch(
      /^\d\d:\d\d:\d\d {2}first {2}↩ restored +Brought back web\/read: 1 pod uses it .*; took \d+ ms$/m,
    );
    expect(stdout).not.toContain('\u001b');
  });

  it.each([
    ['watch', ''],
    ['usage', ''],
    ['watch', '-o json'],
    ['usage', '-o json'],
  ])('ends without a complaint when nobody reads %s %s any more', async (command, flags) => {
    for (let index = 0; index < 3; index += 1)
      await createPod(cluster, 'web', `${command}-${flags.length}-${index}`, 'a/b/c');
    const line = `"$NODE" "$NETKEEPER" ${command} ${flags} --kubeconfig "$FILE" | head -n 1`;
    const child = spawnShell(line);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    await once(child, 'close');
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  it('is told by name that a context or kubeconfig does not exist, with exit codes 2 and 1', async () => {
    const unknown = await runNetkeeper(['watch', '--kubeconfig', kubeconfig, '--context', 'third']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('There is no context "third". There are: first, second.');
    const missing = await runNetkeeper(['watch', '--kubeconfig', '/nowhere/config', '-o', 'json']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('/nowhere/config');
    expect(missing.stderr).toContain('netkeeper demo');
    const flag = await runNetkeeper(['watch', '--frobnicate']);
    expect(flag).toMatchObject({ code: 2, stdout: '' });
    expect(flag.stderr).toContain('--frobnicate');
  });

  it('ends by itself with 1 when the credentials of every context are wrong', async () => {
    const wrong = { ...contextEntry(cluster, 'wrong'), token: 'token-of-nobody' };
    const netkeeper = startNetkeeper(['watch', '--kubeconfig', writeKubeconfig([wrong]), '-o', 'json']);
    await netkeeper.line({ event: 'phase', phase: 'failed', problem: { code: 'credentials' } });
    expect(await netkeeper.ended()).toEqual({ code: 1, signal: null });
    const usage = await runNetkeeper(['usage', '--kubeconfig', writeKubeconfig([wrong])]);
    expect(usage).toMatchObject({ code: 1, stdout: '' });
    expect(usage.stderr).toContain('wrong');
  });

  it('finds its kubeconfig as kubectl does: the KUBECONFIG list, else ~/.kube/config', async () => {
    const other = writeKubeconfig([contextEntry(cluster, 'other')]);
    const args = ['usage', '--all-contexts', '-o', 'json', '-n', 'web'];
    const contextsOf = (stdout: string) =>
      new Set(
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).context),
      );
    await create(cluster, makeNetwork('web', 'listed'));

    const listed = await runNetkeeper(args, { KUBECONFIG: [other, '', kubeconfig].join(delimiter) });
    expect(contextsOf(listed.stdout)).toEqual(new Set(['other', 'first', 'second']));
    const home = temporaryFolder();
    mkdirSync(join(home, '.kube'));
    cpSync(other, join(home, '.kube', 'config'));
    const found = await runNetkeeper(args, { HOME: home });
    expect(contextsOf(found.stdout)).toEqual(new Set(['other']));
  });

  it('keeps its state where it is told, for its owner alone, and no secret in it, in its output or its log', async () => {
    const state = join(temporaryFolder(), 'deep', 'state');
    const contexts = [
      contextEntry(cluster, 'good'),
      { ...contextEntry(cluster, 'wrong'), token: 'token-of-nobody' },
      {
        ...contextEntry(cluster, 'proxied'),
        proxyUrl: `http://me:token-of-proxy@127.0.0.1:${await freePort()}`,
      },
    ];
    const file = writeKubeconfig(contexts);
    const netkeeper = startNetkeeper([
      ...['watch', '--kubeconfig', file, '--all-contexts', '--state-dir', state, '-o', 'json', '-v'],
    ]);
    await netkeeper.watching('good');
    for (const context of ['wrong', 'proxied'])
      await netkeeper.line({ event: 'phase', phase: 'failed', context });
    await settle(cluster, netkeeper, 'good');
    await netkeeper.end('SIGTERM');

    const entries = globSync('**', { cwd: state }).map((name) => join(state, name));
    const files = entries.filter((entry) => statSync(entry).isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const entry of [state, ...entries]) {
      expect([entry, (statSync(entry).mode & 0o777).toString(8)]).toEqual([
        entry,
        files.includes(entry) ? '600' : '700',
      ]);
    }
    const written = files.map((entry) => readFileSync(entry, 'utf8')).join('');
    expect(written).toContain('settling-');
    for (const text of [written, JSON.stringify(netkeeper.lines), netkeeper.stderr]) {
      expect(text).not.toContain('token-of');
    }
  });

  it('keeps nothing on disk with --no-state', async () => {
    const home = temporaryFolder();
    const child = spawnShell('exec "$NODE" "$NETKEEPER" watch --kubeconfig "$FILE" --no-state -o json', {
      HOME: home,
    });
    for await (const text of child.stdout.setEncoding('utf8')) if (text.includes('"watching"')) break;
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(globSync('**/*', { cwd: home })).toEqual([]);
  });

  function spawnShell(line: string, env: Readonly<Record<string, string>> = {}) {
    const child = spawn('sh', ['-c', line], {
      env: {
        ...ownEnvironment(temporaryFolder()),
        ...{ NODE: process.execPath, NETKEEPER: builtNetkeeper(), FILE: kubeconfig },
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }
});

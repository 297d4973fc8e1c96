import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { contextChanged } from '../../main/cli/kubeconfig-changes.ts';
import type { Clock } from '../../main/cluster/clock.ts';
import { systemClock } from '../../main/cluster/clock.ts';
import { type KubeContext, readKubeconfig } from '../../main/cluster/kubeconfig.ts';

/** Twenty times as fast as the system's. */
const quickClock: Clock = {
  ...systemClock,
  after: (delayMs, callback) => systemClock.after(delayMs / 20, callback),
};

let folder: string;
let contexts: string;
let users: string;
let token: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netkeeper-kubeconfig-changes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  contexts = join(folder, 'contexts');
  users = join(folder, 'users');
  token = join(folder, 'token');
  writeContexts(['a', 'b']);
  writeUsers('refused');
  replace(token, 'refused');
});

/** Renamed into place: who reads at any moment finds the old or the new. */
function replace(file: string, content: string): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

function writeContexts(names: readonly string[], server = 'https://c.example'): void {
  const all = names.map((name) => ({ name, context: { cluster: 'c', user: name } }));
  replace(contexts, JSON.stringify({ clusters: [{ name: 'c', cluster: { server } }], contexts: all }));
}

/** User `a` has a token in the kubeconfig, `b` one in a file. */
function writeUsers(tokenOfA: string): void {
  const a = { name: 'a', user: { token: tokenOfA } };
  const b = { name: 'b', user: { tokenFile: token } };
  replace(users, JSON.stringify({ users: [a, b] }));
}

/** What contextChanged gives for the context with that name, while `change` goes on changing things. */
async function given(name: string, change: (count: number) => void): Promise<KubeContext> {
  const env = { KUBECONFIG: [contexts, users].join(delimiter) };
  const found = await readKubeconfig({ env, homeDirectory: folder });
  const context = found.contexts.find((each) => each.name === name);
  if (context === undefined) throw new Error(`no context ${name}`);
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const options = { kubeconfig: undefined, env, clock: quickClock, signal: end.signal };
  const changed = contextChanged(context, options).finally(() => end.abort());
  for (let count = 1; !end.signal.aborted; count += 1) {
    change(count);
    await setTimeout(100);
  }
  return changed;
}

test('a context is given anew when its user changes, in another kubeconfig file than the context', async () => {
  const { user } = await given('a', (count) => writeUsers(`good ${count}`));
  expect(user?.token).toMatch(/^good/);
});

test('a context is given anew when its token file changes', async () => {
  const { name } = await given('b', (count) => replace(token, `good ${count}`));
  expect(name).toBe('b');
});

test('a context that is taken out of the kubeconfig is given when it is there again', async () => {
  const { server } = await given('a', (count) => {
    if (count % 4 === 0) writeContexts(['a', 'b'], `https://new-${count}.example`);
    else writeContexts(['b']);
  });
  expect(server).toMatch(/^https:\/\/new-/);
});

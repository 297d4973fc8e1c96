import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KubeContext, mergeKubeconfigs, readKubeconfig } from '../../main/cluster/kubeconfig.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netkeeper-kubeconfig-'));
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

/** A kubeconfig with one context, cluster and user, all called `name`. */
function simple(name: string, server = `https://${name}.example`): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token: `token-of-${name}` } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
}

async function write(name: string, content: unknown): Promise<string> {
  const file = join(home, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const read = (env: NodeJS.ProcessEnv = {}, file?: string) =>
  readKubeconfig({ file, env, homeDirectory: home });

const merge = (...contents: readonly unknown[]) =>
  mergeKubeconfigs(
    contents.map((content, index) => ({
      file: `/configs/${index + 1}/config`,
      text: typeof content === 'string' ? content : JSON.stringify(content),
    })),
  );

function named(contexts: readonly KubeContext[], name: string): KubeContext {
  const context = contexts.find((each) => each.name === name);
  if (context === undefined) throw new Error(`no context ${name}`);
  return context;
}

describe('what was found in each file', () => {
  test('is told with its problems, also of files that are missing or may not be read', async () => {
    const good = await write('good', { ...simple('a'), 'current-context': 'gone' });
    const second = await write('second', {
      ...simple('a'),
      contexts: [{ name: 'b', context: { cluster: 'a' } }],
    });
    const broken = await write(
      'broken',
      'users: [{name: a, user: {token: s3cr3t-marked}}]\n  x: s3cr3t-marked: [',
    );
    const missing = join(home, 'missing');
    const { lookedAt } = await read({ KUBECONFIG: [good, second, broken, missing, home].join(delimiter) });
    const own = { source: 'own', isThere: true };
    expect(lookedAt).toEqual([
      { ...own, file: good, contexts: 1, problems: [expect.stringContaining('current-context "gone"')] },
      { ...own, file: second, contexts: 1, problems: [] },
      { ...own, file: broken, contexts: 0, problems: [expect.stringContaining('not valid YAML')] },
      {
        ...own,
        file: missing,
        isThere: false,
        contexts: 0,
        problems: [expect.stringContaining('not exist')],
      },
      { ...own, file: home, contexts: 0, problems: [expect.stringContaining('is a folder')] },
    ]);
    expect(JSON.stringify(lookedAt)).not.toContain('s3cr3t');
  });
});

describe('which files are read', () => {
  test('reads ~/.kube/config when nothing else is named', async () => {
    const file = await write('.kube/config', simple('home'));
    const findings = await read();
    expect(findings.contexts.map((each) => each.name)).toEqual(['home']);
    expect(findings.files).toEqual([file]);
    expect(findings.problems).toEqual([]);
  });

  test('reads the file of --kubeconfig alone, and not KUBECONFIG', async () => {
    await write('.kube/config', simple('home'));
    const other = await write('other', simple('other'));
    const alone = await write('alone', simple('alone'));
    const findings = await read({ KUBECONFIG: other }, alone);
    expect(findings.contexts.map((each) => each.name)).toEqual(['alone']);
    expect(findings.files).toEqual([alone]);
  });

  test('reads every file of the KUBECONFIG list, skips empty items and reads none twice', async () => {
    const [a, b] = [await write('a', simple('a')), await write('b', simple('b'))];
    const findings = await read({ KUBECONFIG: ['', a, '', b, a, ''].join(delimiter) });
    expect(findings.contexts.map((each) => each.name)).toEqual(['a', 'b']);
    expect(findings.files).toEqual([a, b]);
    expect(findings.problems).toEqual([]);
  });

  test('takes an empty KUBECONFIG for none', async () => {
    await write('.kube/config', simple('home'));
    expect((await read({ KUBECONFIG: '' })).contexts).toHaveLength(1);
  });

  test('reports a missing file of the list by name and goes on with the others', async () => {
    const [missing, good] = [join(home, 'missing'), await write('good', simple('good'))];
    const findings = await read({ KUBECONFIG: [missing, good].join(delimiter) });
    expect(findings.contexts.map((each) => each.name)).toEqual(['good']);
    expect(findings.problems).toEqual([
      { file: missing, message: expect.stringContaining('does not exist') },
    ]);
    expect(findings.files).toEqual([missing, good]);
  });

  test('reports a missing ~/.kube/config and a missing --kubeconfig file with a remedy', async () => {
    const [atHome] = (await read()).problems;
    expect(atHome).toEqual({
      file: join(home, '.kube', 'config'),
      message: expect.stringContaining('--kubeconfig FILE'),
    });
    const [named] = (await read({}, join(home, 'nowhere'))).problems;
    expect(named?.file).toBe(join(home, 'nowhere'));
  });

  test('reports a folder in the place of a file', async () => {
    expect((await read({}, home)).problems[0]?.message).toContain('is a folder');
  });
});

describe('merging', () => {
  test('the first file that has a name wins its cluster, user and context, each for itself', () => {
    const first = {
      clusters: [{ name: 'shared', cluster: { server: 'https://first.example' } }],
      contexts: [{ name: 'one', context: { cluster: 'shared', user: 'shared' } }],
    };
    const second = {
      clusters: [{ name: 'shared', cluster: { server: 'https://second.example', 'proxy-url': 'http://p' } }],
      users: [{ name: 'shared', user: { token: 'from-second' } }],
      contexts: [
        { name: 'one', context: { cluster: 'nobody' } },
        { name: 'two', context: { cluster: 'shared' } },
      ],
    };
    const { contexts, problems } = merge(first, second);
    expect(problems).toEqual([]);
    const one = named(contexts, 'one');
    expect(one.server).toBe('https://first.example');
    expect(one.cluster?.proxyUrl).toBeUndefined();
    expect(one.user?.token).toBe('from-second');
    expect(one.file).toBe('/configs/1/config');
    expect(named(contexts, 'two').server).toBe('https://first.example');
    expect(named(contexts, 'two').file).toBe('/configs/2/config');
  });

  test('the first current-context that is set wins, also from a file without contexts', () => {
    const { contexts, currentContext, problems } = merge(
      { 'current-context': '' },
      { 'current-context': 'b' },
      simple('a'),
      simple('b'),
    );
    expect(currentContext).toBe('b');
    expect(contexts.filter((each) => each.isCurrent).map((each) => each.name)).toEqual(['b']);
    expect(problems).toEqual([]);
  });

  test('a current-context that no file has is a problem of the file that names it', () => {
    const { currentContext, contexts, problems } = merge({ ...simple('a'), 'current-context': 'gone' });
    expect(currentContext).toBe('gone');
    expect(contexts.some((each) => each.isCurrent)).toBe(false);
    expect(problems).toEqual([{ file: '/configs/1/config', message: expect.stringContaining('"gone"') }]);
  });

  test('relative paths start at the folder of their own file', async () => {
    const text = {
      clusters: [{ name: 'c', cluster: { server: 'https://c', 'certificate-authority': 'pki/ca.pem' } }],
      users: [
        {
          name: 'u',
          user: {
            'client-certificate': '../u.pem',
            'client-key': '/abs/u.key',
            tokenFile: 'u.token',
            exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './bin/login' },
          },
        },
        { name: 'v', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'login' } } },
      ],
      contexts: [
        { name: 'u', context: { cluster: 'c', user: 'u' } },
        { name: 'v', context: { cluster: 'c', user: 'v' } },
      ],
    };
    const { contexts } = merge({}, text);
    const { cluster, user } = named(contexts, 'u');
    expect(cluster?.certificateAuthority).toEqual({ from: 'file', file: '/configs/2/pki/ca.pem' });
    expect(user?.clientCertificate).toEqual({ from: 'file', file: '/configs/u.pem' });
    expect(user?.clientKey).toEqual({ from: 'file', file: '/abs/u.key' });
    expect(user?.tokenFile).toBe('/configs/2/u.token');
    expect(user?.execPlugin?.command).toBe('/configs/2/bin/login');
    expect(named(contexts, 'v').user?.execPlugin?.command).toBe('login');
  });

  test('the same name in two files gives contexts with different keys', () => {
    const one = merge(simple('a')).contexts[0];
    const other = mergeKubeconfigs([{ file: '/elsewhere', text: JSON.stringify(simple('a')) }]).contexts[0];
    expect(one?.key).not.toBe(other?.key);
    expect(one?.key).toBe(merge(simple('a')).contexts[0]?.key);
  });

  test('reads YAML with comments, and data before files as client-go does', () => {
    const { contexts } = merge(`
# written by hand
apiVersion: v1
kind: Config
clusters:
- name: kind
  cluster: {server: "https://127.0.0.1:6443/", certificate-authority-data: Y2E=, certificate-authority: ca.pem}
contexts:
- {name: kind, context: {cluster: kind, namespace: web}}
users:
`);
    expect(contexts[0]).toMatchObject({ name: 'kind', server: 'https://127.0.0.1:6443', namespace: 'web' });
    expect(contexts[0]?.cluster?.certificateAuthority).toEqual({ from: 'data', base64: 'Y2E=' });
  });
});

describe('what is broken', () => {
  test('a broken file is reported by name and place, without quoting it, and the others go on', () => {
    const { contexts, problems } = merge('clusters: [\nusers: {token: s3cr3t-marked', simple('good'));
    expect(contexts.map((each) => each.name)).toEqual(['good']);
    expect(problems).toEqual([
      { file: '/configs/1/config', message: expect.stringMatching(/not valid YAML \(line \d+\)/) },
    ]);
    expect(JSON.stringify(problems)).not.toContain('s3cr3t-marked');
  });

  test.each([['- a list'], ['just text'], ['42']])('%s is not a kubeconfig', (text) => {
    expect(merge(text).problems[0]?.message).toContain('is not a kubeconfig');
  });

  test('an empty file is an empty kubeconfig', () => {
    expect(merge('', '# nothing\n---\n').problems).toEqual([]);
  });

  test.each([
    ['has no server', { cluster: {} }],
    ['has no server', { cluster: { server: null } }],
    ['not a set of fields', {}],
    ['not a set of fields', { cluster: ['server'] }],
    ['a server that is not a text', { cluster: { server: 443 } }],
    ['not a URL', { cluster: { server: 'not a url' } }],
    ['neither http:// nor https://', { cluster: { server: 'ftp://x' } }],
    ['neither true nor false', { cluster: { server: 'https://x', 'insecure-skip-tls-verify': 'sure' } }],
    ['a tls-server-name that is not a text', { cluster: { server: 'https://x', 'tls-server-name': {} } }],
    ['a proxy-url that', { cluster: { server: 'https://x', 'proxy-url': 'gopher://x' } }],
  ])('a cluster that %s is reported and loses only its own contexts', (words, broken) => {
    const good = simple('good');
    const { contexts, problems } = merge({
      ...good,
      clusters: [{ name: 'broken', ...broken }, ...(good.clusters as unknown[])],
      contexts: [{ name: 'b', context: { cluster: 'broken' } }, ...(good.contexts as unknown[])],
    });
    expect(problems).toEqual([{ file: '/configs/1/config', message: expect.stringContaining(words) }]);
    expect(problems[0]?.message).toContain('"broken"');
    expect(named(contexts, 'b').problem).toContain(words);
    expect(named(contexts, 'good').problem).toBeUndefined();
  });

  test.each([
    [{ token: 42 }],
    [{ token: ['s3cr3t-marked'] }],
    [{ tokenFile: {} }],
    [{ exec: 'login' }],
    [{ exec: { args: ['get-token'] } }],
    [{ exec: { command: 'login', args: 'get-token' } }],
    [{ exec: { command: 'login', args: [1] } }],
    [{ exec: { command: 'login', env: [{ value: 's3cr3t-marked' }] } }],
    [{ 'auth-provider': 'oidc' }],
    [{ 'as-groups': 'admins' }],
    [{ 'as-user-extra': { scopes: 'all' } }],
    ['s3cr3t-marked'],
  ])('a user with wrong types (%j) is reported without its values', (user) => {
    const { contexts, problems } = merge({ ...simple('a'), users: [{ name: 'a', user }] });
    expect(problems).toEqual([
      { file: '/configs/1/config', message: expect.stringContaining('the user "a" has a') },
    ]);
    expect(contexts[0]?.problem).toContain('the user "a"');
    expect(JSON.stringify([contexts, problems])).not.toContain('s3cr3t-marked');
  });

  test('a client certificate without its key is reported', () => {
    const { problems } = merge({
      ...simple('a'),
      users: [{ name: 'a', user: { 'client-certificate': 'a.pem' } }],
    });
    expect(problems[0]?.message).toContain('only one of client-certificate and client-key');
  });

  test('an entry without a name is reported by its place, and the others go on', () => {
    const { contexts, problems } = merge({
      ...simple('good'),
      users: [null, { user: {} }, { name: '' }, { name: 7 }, ...(simple('good').users as unknown[])],
    });
    expect(problems.map((each) => each.message)).toEqual(
      [1, 2, 3, 4].map((place) => expect.stringContaining(`item ${place} of its "users" has no name`)),
    );
    expect(contexts[0]?.user?.token).toBe('token-of-good');
  });

  test('of two entries with one name in a file the first counts, and the second is reported', () => {
    const { contexts, problems } = merge({
      ...simple('a'),
      clusters: [
        { name: 'a', cluster: { server: 'https://first' } },
        { name: 'a', cluster: { server: 'https://second' } },
      ],
    });
    expect(contexts[0]?.server).toBe('https://first');
    expect(problems[0]?.message).toContain('two clusters named "a"');
  });

  test('a broken entry keeps its name: a later file does not quietly take its place', () => {
    const { contexts } = merge({ ...simple('a'), clusters: [{ name: 'a', cluster: {} }] }, simple('a'));
    expect(contexts[0]?.problem).toContain('has no server');
  });

  test('a list that is none is reported', () => {
    expect(merge({ ...simple('a'), users: { a: {} } }).problems[0]?.message).toContain(
      '"users" is not a list',
    );
  });

  test('a context that names a cluster or user that no file has says so', () => {
    const { contexts } = merge({
      clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
      contexts: [
        { name: 'lost', context: { cluster: 'gone' } },
        { name: 'nobody', context: { cluster: 'c', user: 'gone' } },
      ],
    });
    expect(named(contexts, 'lost').problem).toBe(
      'the context "lost" names the cluster "gone", which no kubeconfig file has',
    );
    expect(named(contexts, 'lost').server).toBe('');
    expect(named(contexts, 'nobody').problem).toBe(
      'the context "nobody" names the user "gone", which no kubeconfig file has',
    );
  });

  test('a context without a user is legal', () => {
    const { contexts, problems } = merge({
      ...simple('a'),
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    });
    expect(problems).toEqual([]);
    expect(contexts[0]).toMatchObject({ userName: undefined, problem: undefined });
  });

  test.each([
    ['gcp', 'gke-gcloud-auth-plugin'],
    ['azure', 'kubelogin'],
    ['openstack', 'exec plugin'],
  ])('the legacy auth-provider %s is a problem with its remedy', (name, remedy) => {
    const { contexts } = merge({
      ...simple('a'),
      users: [{ name: 'a', user: { 'auth-provider': { name } } }],
    });
    expect(contexts[0]?.problem).toContain(`"${name}"`);
    expect(contexts[0]?.problem).toContain(remedy);
  });

  test('a plugin that always wants a terminal is a problem', () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'login',
      interactiveMode: 'Always',
    };
    const { contexts } = merge({ ...simple('a'), users: [{ name: 'a', user: { exec } }] });
    expect(contexts[0]?.problem).toContain('asks for a terminal');
  });

  test('whatever is in the files, reading them does not throw', () => {
    const entry = fc.oneof(
      fc.anything(),
      fc.record({
        name: fc.constantFrom('a', 'b'),
        cluster: fc.anything(),
        user: fc.anything(),
        context: fc.anything(),
      }),
      fc.record({
        name: fc.constantFrom('a', 'b'),
        cluster: fc.record({ server: fc.oneof(fc.webUrl(), fc.anything()), 'proxy-url': fc.anything() }),
        user: fc.dictionary(
          fc.constantFrom('token', 'exec', 'as', 'as-groups', 'auth-provider'),
          fc.anything(),
        ),
        context: fc.record({ cluster: fc.constantFrom('a', 'b'), user: fc.constantFrom('a', 'b') }),
      }),
    );
    const kubeconfig = fc.record({
      clusters: fc.array(entry),
      users: fc.array(entry),
      contexts: fc.array(entry),
      'current-context': fc.anything(),
    });
    fc.assert(
      fc.property(fc.oneof(kubeconfig, fc.anything()), fc.string(), (content, text) => {
        merge(JSON.stringify(content) ?? '', text);
      }),
      { numRuns: 200 },
    );
  });
});

test('a context shows no secret when it is logged or sent as JSON', () => {
  const user = {
    token: 's3cr3t-marked-token',
    'client-certificate-data': 's3cr3t-marked-certificate',
    'client-key-data': 's3cr3t-marked-key',
    password: 's3cr3t-marked-password',
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'c',
      env: [{ name: 'X', value: 's3cr3t-marked-env' }],
    },
  };
  const server = 'https://someone:s3cr3t-marked@example.com/path?token=s3cr3t-marked';
  const { contexts } = merge({ ...simple('a', server), users: [{ name: 'a', user }] });
  const shown = [
    JSON.stringify(contexts),
    inspect(contexts, { depth: 9 }),
    JSON.stringify({ ...contexts[0] }),
  ];
  expect(shown.join()).not.toContain('s3cr3t-marked');
  expect(contexts[0]?.server).toBe('https://example.com/path');
});

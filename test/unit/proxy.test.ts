import { once } from 'node:events';
import { createServer, connect as dial, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ApiError, Connection } from '../../main/cluster/api.ts';
import { chooseProxy } from '../../main/cluster/proxy.ts';
import { Authority, type Certificate } from '../support/certificates.ts';
import { connectTo, pemData } from '../support/contexts.ts';
import { type ProxyOptions, startHttpProxy, startSocksProxy } from '../support/proxies.ts';
import { answerJson, TestServer } from '../support/tls-server.ts';

const GET = { lane: 'control', method: 'GET', path: '/version' } as const;

let authority: Authority;
let certificate: Certificate;
const disposals: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await Authority.create();
  certificate = authority.issue({
    subject: '/CN=test',
    alternativeNames: 'IP:127.0.0.1,DNS:cluster.test,DNS:localhost',
  });
});

afterAll(() => authority.dispose());

afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function serve(options: { readonly isPlain?: boolean } = {}): Promise<TestServer> {
  const server = await TestServer.start({
    ...(options.isPlain ? {} : { certificate }),
    answer: ({ path, body }, response) =>
      path.endsWith('/watch') ? response.write('one') : answerJson(response, 200, { body }),
  });
  disposals.push(() => server.close());
  return server;
}

async function proxy(kind: 'http' | 'socks', options: ProxyOptions = {}) {
  const started = await (kind === 'http' ? startHttpProxy(options) : startSocksProxy(options));
  disposals.push(() => started.close());
  return started;
}

function connectAt(
  server: string,
  cluster: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = {},
): Connection {
  const ca = server.startsWith('https:')
    ? { 'certificate-authority-data': pemData(authority.certificate) }
    : {};
  const connection = connectTo({ cluster: { server, ...ca, ...cluster } }, { env });
  disposals.push(() => connection.close());
  return connection;
}

function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: ApiError) => error,
  );
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  disposals.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a connection through a proxy', () => {
  test.each([
    ['http', 'http'],
    ['socks', 'socks5'],
    ['socks', 'socks5h'],
  ] as const)(
    '%s with proxy-url %s:// tunnels TLS, speaks HTTP/2 and keeps the tunnel',
    async (kind, scheme) => {
      const [server, through] = [await serve(), await proxy(kind)];
      const connection = connectAt(`https://127.0.0.1:${server.port}`, {
        'proxy-url': `${scheme}://127.0.0.1:${through.port}`,
      });
      for (let count = 0; count < 3; count += 1)
        await connection.request({ ...GET, method: 'POST', body: { count } });
      expect(through.targets).toEqual([`127.0.0.1:${server.port}`]);
      expect(server.requests.map((each) => each.httpVersion)).toEqual(['2.0', '2.0', '2.0']);
    },
  );

  test.each([['http'], ['socks']] as const)('%s resolves the name of the server itself', async (kind) => {
    const [server, through] = [await serve(), await proxy(kind)];
    const scheme = kind === 'http' ? 'http' : 'socks5';
    const connection = connectAt(`https://cluster.test:${server.port}`, {
      'proxy-url': `${scheme}://127.0.0.1:${through.port}`,
    });
    await connection.request(GET);
    expect(through.targets).toEqual([`cluster.test:${server.port}`]);
    // Only a loopback server is asked for no compression.
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
  });

  test('sends plain http to an http proxy with the whole URL, and keeps the connection', async () => {
    const [server, through] = [
      await serve({ isPlain: true }),
      await proxy('http', { credentials: 'jane:pass word' }),
    ];
    const connection = connectAt(`http://cluster.test:${server.port}/base`, {
      'proxy-url': `http://jane:pass%20word@127.0.0.1:${through.port}`,
    });
    expect(await connection.request({ ...GET, method: 'POST', body: 1 })).toEqual({ body: '1' });
    expect(through.targets).toEqual([`http://cluster.test:${server.port}/base/version`]);
    expect(server.requests[0]?.headers.host).toBe(`cluster.test:${server.port}`);
  });

  test('tunnels plain http through a SOCKS proxy', async () => {
    const [server, through] = [await serve({ isPlain: true }), await proxy('socks')];
    await connectAt(`http://cluster.test:${server.port}`, {
      'proxy-url': `socks5://127.0.0.1:${through.port}`,
    }).request(GET);
    expect(through.targets).toEqual([`cluster.test:${server.port}`]);
  });

  test.each([['https'], ['http']] as const)('reaches an https proxy for an %s server', async (scheme) => {
    const [server, through] = [
      await serve({ isPlain: scheme === 'http' }),
      await proxy('http', { certificate }),
    ];
    const connection = connectAt(`${scheme}://cluster.test:${server.port}`, {
      'proxy-url': `https://localhost:${through.port}`,
      'certificate-authority-data': pemData(authority.certificate),
    });
    await connection.request(GET);
    expect(through.targets).toHaveLength(1);
  });

  test.each([['http'], ['socks']] as const)(
    'logs in to the %s proxy with the user of its URL',
    async (kind) => {
      const [server, through] = [await serve(), await proxy(kind, { credentials: 'jane:p@ss' })];
      const scheme = kind === 'http' ? 'http' : 'socks5';
      await connectAt(`https://127.0.0.1:${server.port}`, {
        'proxy-url': `${scheme}://jane:p%40ss@127.0.0.1:${through.port}`,
      }).request(GET);
      expect(through.targets).toHaveLength(1);
    },
  );

  test('carries a watch, and reconnect breaks it', async () => {
    const [server, through] = [await serve(), await proxy('http')];
    const connection = connectAt(`https://127.0.0.1:${server.port}`, {
      'proxy-url': `http://127.0.0.1:${through.port}`,
    });
    const chunks = (await connection.openStream({ ...GET, path: '/watch' }))[Symbol.asyncIterator]();
    await chunks.next();
    connection.reconnect();
    expect(await failure(chunks.next())).toMatchObject({ name: 'ApiError', code: 'unreachable' });
    await connection.request(GET);
    expect(through.targets).toHaveLength(2);
  });

  test('emits no warning of the process', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    disposals.push(() => process.off('warning', listen));
    const [server, through] = [await serve({ isPlain: true }), await proxy('socks')];
    const connection = connectAt(`http://cluster.test:${server.port}`, {
      'proxy-url': `socks5://127.0.0.1:${through.port}`,
    });
    await Promise.all(Array.from({ length: 20 }, () => connection.openStream({ ...GET, path: '/watch' })));
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  });
});

describe('a proxy that fails', () => {
  test.each([
    ['http', 'http', { refusal: 403 }, 'refused to connect to the server (403)'],
    ['http', 'http', { credentials: 'a:b' }, 'wants a user and password (407)'],
    ['socks', 'socks5', { refusal: 2 }, 'could not connect to the server: not allowed by its rules'],
    ['socks', 'socks5', { refusal: 77 }, 'could not connect to the server: reply 77'],
    ['socks', 'socks5', { credentials: 'a:b' }, 'wants a user and password'],
    ['http', 'socks5', {}, 'SOCKS'],
  ] as const)('%s behind %s:// with %j is said in words', async (kind, scheme, options, words) => {
    const through = await proxy(kind, options);
    const server = `https://127.0.0.1:${(await serve()).port}`;
    const error = await failure(
      connectAt(server, { 'proxy-url': `${scheme}://127.0.0.1:${through.port}` }).request({
        ...GET,
        method: 'POST',
      }),
    );
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(words);
    expect(error.message).toContain(`${scheme}://127.0.0.1:${through.port}`);
  });

  test('by wrong credentials is named without them', async () => {
    for (const [kind, scheme] of [
      ['http', 'http'],
      ['socks', 'socks5'],
    ] as const) {
      const through = await proxy(kind, { credentials: 'jane:right' });
      const url = `${scheme}://jane:s3cr3t-marked@127.0.0.1:${through.port}`;
      const error = await failure(connectAt('https://127.0.0.1:1', { 'proxy-url': url }).request(GET));
      expect(error.code).toBe('unreachable');
      expect(error.message + JSON.stringify(error) + String(error.cause)).not.toContain('s3cr3t-marked');
    }
  });

  test('by not being there is named, with a remedy', async () => {
    const through = await startHttpProxy();
    await through.close();
    for (const scheme of ['http', 'socks5']) {
      const url = `${scheme}://127.0.0.1:${through.port}`;
      const error = await failure(connectAt('https://cluster.test', { 'proxy-url': url }).request(GET));
      expect(error).toMatchObject({ code: 'unreachable' });
      expect(error.message).toContain(`the proxy ${url} cannot be reached (ECONNREFUSED)`);
    }
  });

  test('behind which the certificate is wrong blames the server', async () => {
    const [server, through] = [await serve(), await proxy('http')];
    const connection = connectAt(`https://other.test:${server.port}`, {
      'proxy-url': `http://127.0.0.1:${through.port}`,
    });
    expect((await failure(connection.request(GET))).message).toContain('a certificate for another host name');
  });

  test('refuses plain http with words of its own', async () => {
    const through = await proxy('http', { credentials: 'a:b' });
    const connection = connectAt('http://cluster.test:1', {
      'proxy-url': `http://127.0.0.1:${through.port}`,
    });
    expect((await failure(connection.request(GET))).message).toContain(
      'the proxy in between wants a user and password',
    );
  });

  test('by closing the connection is named, and not dialled for ever', async () => {
    const port = await listening(createServer((socket) => socket.on('error', () => {}).end()));
    for (const scheme of ['http', 'socks5']) {
      const url = `${scheme}://127.0.0.1:${port}`;
      const error = await failure(connectAt('https://cluster.test', { 'proxy-url': url }).request(GET));
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining(`the proxy ${url}`),
      });
    }
  });
});

test('a SOCKS proxy may answer a byte at a time, and with a name', async () => {
  const server = await serve({ isPlain: true });
  const dribbling = createServer(async (client) => {
    client.setNoDelay(true).on('error', () => {});
    const say = async (...bytes: readonly number[]) => {
      await once(client, 'data');
      for (const byte of bytes) {
        client.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
    };
    await say(5, 0);
    await say(5, 0, 0, 3, 2, 104, 105, 0, 80);
    client.pipe(dial(server.port, '127.0.0.1').on('error', () => {})).pipe(client);
  });
  const port = await listening(dribbling);
  await connectAt('http://cluster.test', { 'proxy-url': `socks5://127.0.0.1:${port}` }).request(GET);
  expect(server.requests).toHaveLength(1);
});

describe('which proxy', () => {
  test('HTTPS_PROXY is used for a server elsewhere and not for one on this machine', async () => {
    const [server, through] = [await serve(), await proxy('http')];
    const env = { HTTPS_PROXY: `http://127.0.0.1:${through.port}` };
    await connectAt(`https://127.0.0.1:${server.port}`, {}, env).request(GET);
    expect(through.targets).toEqual([]);
    await connectAt(`https://cluster.test:${server.port}`, {}, env).request(GET);
    expect(through.targets).toEqual([`cluster.test:${server.port}`]);
  });

  const chosen = (server: string, env: NodeJS.ProcessEnv, proxyUrl?: string) =>
    chooseProxy(new URL(server), proxyUrl, env)?.href;

  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://upper:1' }, 'http://upper:1/'],
    [{ https_proxy: 'http://lower:1' }, 'http://lower:1/'],
    [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, 'http://upper:1/'],
    [{ HTTPS_PROXY: '', https_proxy: 'http://lower:1' }, 'http://lower:1/'],
    [{ HTTPS_PROXY: 'bare:3128' }, 'http://bare:3128/'],
    [{ HTTPS_PROXY: 'bare' }, 'http://bare/'],
    [{ HTTPS_PROXY: 'socks5://s:1080' }, 'socks5://s:1080'],
    [{ ALL_PROXY: 'socks5://all:1' }, 'socks5://all:1'],
    [{ all_proxy: 'http://all:1' }, 'http://all:1/'],
    [{ HTTPS_PROXY: 'http://https:1', ALL_PROXY: 'http://all:1' }, 'http://https:1/'],
    [{ HTTP_PROXY: 'http://plain:1' }, undefined],
    [{ HTTPS_PROXY: 'http://upper:1', NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: 'http://upper:1', no_proxy: 'example.com' }, undefined],
  ])('of the environment %j leads to https://example.com: %s', (env, expected) => {
    expect(chosen('https://example.com', env)).toBe(expected);
  });

  test('HTTP_PROXY is for http servers only', () => {
    expect(chosen('http://example.com', { HTTP_PROXY: 'http://p:1' })).toBe('http://p:1/');
    expect(chosen('http://example.com', { HTTPS_PROXY: 'http://p:1' })).toBeUndefined();
  });

  test('proxy-url goes before the environment, and NO_PROXY does not change it', () => {
    const env = { HTTPS_PROXY: 'http://env:1', NO_PROXY: '*' };
    expect(chosen('https://example.com', env, 'http://config:1')).toBe('http://config:1/');
    expect(chosen('https://127.0.0.1', {}, 'http://config:1')).toBe('http://config:1/');
  });

  test.each([['ftp://x'], ['http://'], ['::']])('%s is not a proxy', (text) => {
    expect(() => chosen('https://example.com', { HTTPS_PROXY: text })).toThrow(
      /HTTPS_PROXY is not the URL of a proxy/,
    );
  });

  // golang.org/x/net/http/httpproxy, func (cfg *config) init and useProxy.
  test.each([
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://foo.example.com', true],
    ['example.com', 'https://fooexample.com', false],
    ['example.com', 'https://example.org', false],
    ['EXAMPLE.com', 'https://Example.COM', true],
    ['.example.com', 'https://foo.example.com', true],
    ['.example.com', 'https://example.com', false],
    ['*.example.com', 'https://foo.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['other, example.com ', 'https://example.com', true],
    ['example.com:443', 'https://example.com', true],
    ['example.com:6443', 'https://example.com', false],
    ['example.com:6443', 'https://example.com:6443', true],
    ['example.com:80', 'http://example.com', true],
    ['10.0.0.1', 'https://10.0.0.1', true],
    ['10.0.0.1', 'https://10.0.0.2', false],
    ['10.0.0.1:6443', 'https://10.0.0.1:6443', true],
    ['10.0.0.1:6443', 'https://10.0.0.1', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/8', 'https://ten.example.com', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['fd00::/8', 'https://[fd00::1]', true],
    ['fd00::/8', 'https://[fe00::1]', false],
    ['[fd00::1]:6443', 'https://[fd00::1]:6443', true],
    ['fd00::1', 'https://[fd00::1]', true],
    ['fd00:0:0::1', 'https://[fd00::1]', true],
    ['*', 'https://anything.example', true],
    ['', 'https://example.com', false],
    [',,', 'https://example.com', false],
    [':443', 'https://example.com', false],
    ['nothing', 'https://localhost:6443', true],
    ['nothing', 'https://127.0.0.1:6443', true],
    ['nothing', 'https://127.9.9.9', true],
    ['nothing', 'https://[::1]:6443', true],
    ['nothing', 'https://localhost.example.com', false],
  ])('NO_PROXY=%s spares %s: %s', (noProxy, server, isSpared) => {
    const env = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', NO_PROXY: noProxy };
    expect(chosen(server, env)).toBe(isSpared ? undefined : 'http://p:1/');
  });
});

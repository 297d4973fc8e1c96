import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ApiError, Connection } from '../../main/cluster/api.ts';
import { Authority, type Certificate } from '../support/certificates.ts';
import { type ContextParts, connectTo, pemData, SettableClock } from '../support/contexts.ts';
import { answerJson, TestServer, type TestServerOptions } from '../support/tls-server.ts';

const GET = { lane: 'control', method: 'GET', path: '/version' } as const;

let authority: Authority;
let certificate: Certificate;
let folder: string;
const disposals: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await Authority.create();
  certificate = authority.issueForLoopback();
  folder = await mkdtemp(join(tmpdir(), 'netkeeper-tls-'));
});

afterAll(async () => {
  await authority.dispose();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function serve(options: Partial<TestServerOptions> = {}): Promise<TestServer> {
  const server = await TestServer.start({
    certificate,
    answer: (_, response) => answerJson(response, 200, {}),
    ...options,
  });
  disposals.push(() => server.close());
  return server;
}

function connectAt(
  server: TestServer,
  cluster: Readonly<Record<string, unknown>> = {},
  more: Partial<ContextParts> = {},
  options: Parameters<typeof connectTo>[1] = {},
): Connection {
  const connection = connectTo(
    {
      cluster: {
        server: `https://127.0.0.1:${server.port}`,
        'certificate-authority-data': pemData(authority.certificate),
        ...cluster,
      },
      ...more,
    },
    options,
  );
  disposals.push(() => connection.close());
  return connection;
}

function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: ApiError) => error,
  );
}

describe('the protocol', () => {
  test('is HTTP/2 where it is offered, on one connection for each lane', async () => {
    const server = await serve();
    const connection = connectAt(server);
    for (const lane of ['control', 'bulk'] as const) {
      await Promise.all(Array.from({ length: 150 }, () => connection.request({ ...GET, lane })));
    }
    expect(new Set(server.requests.map((each) => each.httpVersion))).toEqual(new Set(['2.0']));
    expect(server.connections).toBe(2);
  });

  test('is HTTP/1.1 where nothing else is offered', async () => {
    const server = await serve({ protocol: 'http/1.1' });
    await connectAt(server).request(GET);
    expect(server.requests[0]?.httpVersion).toBe('1.1');
  });

  test('keeps a watch and requests on the same HTTP/2 connection, and a watch that ends leaves it', async () => {
    const server = await serve({
      answer: ({ path }, response) =>
        path === '/watch' ? response.write('one') : answerJson(response, 200, {}),
    });
    const connection = connectAt(server);
    const controller = new AbortController();
    const stream = await connection.openStream({ ...GET, path: '/watch', signal: controller.signal });
    const chunks = stream[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value).toString()).toBe('one');
    await connection.request(GET);
    controller.abort();
    expect(await failure(chunks.next())).toMatchObject({ code: 'aborted' });
    await connection.request(GET);
    expect(server.connections).toBe(1);
  });

  test('survives the server going away between requests', async () => {
    const server = await serve();
    const connection = connectAt(server);
    await connection.request(GET);
    server.goAway();
    await connection.request({ ...GET, method: 'POST', body: {} });
    server.resetConnections();
    await connection.request(GET);
    expect(server.requests).toHaveLength(3);
  });

  test('reconnect breaks a watch, and the next request dials anew', async () => {
    const server = await serve({
      answer: ({ path }, response) =>
        path === '/watch' ? response.write('one') : answerJson(response, 200, {}),
    });
    const connection = connectAt(server);
    const stream = await connection.openStream({ ...GET, path: '/watch' });
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    connection.reconnect();
    expect(await failure(chunks.next())).toMatchObject({ name: 'ApiError', code: 'unreachable' });
    await connection.request(GET);
    expect(server.connections).toBe(2);
  });

  test('a half-open connection is noticed when a second ping is due', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    disposals.push(() => vi.useRealTimers());
    const server = await serve({ answer: (_, response) => response.write('one') });
    const relay = await startRelay(server.port);
    const connection = connectAt(server, { server: `https://127.0.0.1:${relay.port}` });
    const stream = await connection.openStream({ ...GET, path: '/watch' });
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    relay.freeze();
    vi.advanceTimersByTime(20_000);
    expect(await failure(chunks.next())).toMatchObject({ name: 'ApiError', code: 'unreachable' });
  });
});

describe('the certificate of the server', () => {
  test('is accepted when the authority of the kubeconfig signed it, from data and from a file', async () => {
    const server = await serve();
    await connectAt(server).request(GET);
    await connectAt(server, {
      'certificate-authority-data': undefined,
      'certificate-authority': authority.certificateFile,
    }).request(GET);
    expect(server.requests).toHaveLength(2);
  });

  test('is checked for a context without a user too', async () => {
    const server = await serve();
    await connectAt(server, {}, {}).request(GET);
    const stranger = await Authority.create();
    disposals.push(() => stranger.dispose());
    const data = pemData(stranger.certificate);
    const error = await failure(connectAt(server, { 'certificate-authority-data': data }).request(GET));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('signed by an unknown authority; is certificate-authority-data');
  });

  test('is refused when the kubeconfig names no authority, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const server = await serve();
    const previous = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const error = await failure(
        connectAt(server, { 'certificate-authority-data': undefined }).request(GET),
      );
      expect(error.message).toContain('unknown authority');
    } finally {
      if (previous === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = previous;
    }
    expect(server.requests).toHaveLength(0);
  });

  test('is not checked with insecure-skip-tls-verify', async () => {
    const server = await serve();
    const cluster = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true };
    await connectAt(server, cluster).request(GET);
    expect(server.requests).toHaveLength(1);
  });

  test('that has expired is named', async () => {
    const expired = authority.issue({ subject: '/CN=old', alternativeNames: 'IP:127.0.0.1', days: -1 });
    const error = await failure(connectAt(await serve({ certificate: expired })).request(GET));
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('has expired') });
  });

  test('for another host name is named, and accepted with tls-server-name', async () => {
    const elsewhere = authority.issue({ subject: '/CN=x', alternativeNames: 'DNS:kubernetes.default.svc' });
    const server = await serve({ certificate: elsewhere });
    const error = await failure(connectAt(server).request(GET));
    expect(error).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('a certificate for another host name'),
    });
    await connectAt(server, { 'tls-server-name': 'kubernetes.default.svc' }).request(GET);
    expect(server.requests).toHaveLength(1);
  });

  test('cannot be checked with an authority that is no certificate', async () => {
    const server = await serve();
    const connection = connectAt(server, { 'certificate-authority-data': pemData('not a certificate') });
    const error = await failure(connection.request(GET));
    expect(error.message).toContain('certificate authority');
    expect(server.connections).toBe(0);
  });
});

describe('the certificate of the client', () => {
  let admin: Certificate;
  let viewer: Certificate;

  beforeAll(() => {
    admin = authority.issue({ subject: '/O=system:masters/CN=admin' });
    viewer = authority.issue({ subject: '/CN=viewer' });
  });

  const asking = () => serve({ clientAuthority: authority.certificate });

  test('is sent from data', async () => {
    const server = await asking();
    const user = {
      'client-certificate-data': pemData(admin.certificate),
      'client-key-data': pemData(admin.key),
    };
    await connectAt(server, {}, { user }).request(GET);
    expect(server.requests[0]?.clientName).toBe('admin');
  });

  test('is sent from files, and read again within a minute after they changed', async () => {
    const server = await asking();
    await copyFile(admin.certificateFile, join(folder, 'client.pem'));
    await copyFile(admin.keyFile, join(folder, 'client.key'));
    const clock = new SettableClock();
    const user = { 'client-certificate': 'client.pem', 'client-key': 'client.key' };
    const connection = connectAt(server, {}, { user, folder }, { clock });
    await connection.request(GET);
    await copyFile(viewer.certificateFile, join(folder, 'client.pem'));
    await copyFile(viewer.keyFile, join(folder, 'client.key'));
    await connection.request(GET);
    clock.advance(60_000);
    await connection.request(GET);
    clock.advance(60_000);
    await connection.request(GET);
    expect(server.requests.map((each) => each.clientName)).toEqual(['admin', 'admin', 'viewer', 'viewer']);
    expect(server.connections).toBe(2);
  });

  test('may change while a watch goes on with the old one', async () => {
    const server = await serve({
      clientAuthority: authority.certificate,
      answer: ({ path }, response) => {
        if (path !== '/watch') return answerJson(response, 200, {});
        response.write('one');
        finishWatch = () => response.end('two');
      },
    });
    let finishWatch = (): unknown => undefined;
    await copyFile(admin.certificateFile, join(folder, 'w.pem'));
    await copyFile(admin.keyFile, join(folder, 'w.key'));
    const clock = new SettableClock();
    const user = { 'client-certificate': 'w.pem', 'client-key': 'w.key' };
    const connection = connectAt(server, {}, { user, folder }, { clock });
    const chunks = (await connection.openStream({ ...GET, path: '/watch' }))[Symbol.asyncIterator]();
    await chunks.next();
    await copyFile(viewer.certificateFile, join(folder, 'w.pem'));
    await copyFile(viewer.keyFile, join(folder, 'w.key'));
    clock.advance(60_000);
    await connection.request(GET);
    finishWatch();
    expect(Buffer.from((await chunks.next()).value).toString()).toBe('two');
    expect((await chunks.next()).done).toBe(true);
    expect(server.requests.map((each) => each.clientName)).toEqual(['admin', 'viewer']);
  });

  test('that changed leaves nothing behind when the connection is closed', async () => {
    const server = await serve({
      clientAuthority: authority.certificate,
      answer: ({ path }, response) =>
        path === '/watch' ? response.write('one') : answerJson(response, 200, {}),
    });
    await copyFile(admin.certificateFile, join(folder, 'c.pem'));
    await copyFile(admin.keyFile, join(folder, 'c.key'));
    const clock = new SettableClock();
    const user = { 'client-certificate': 'c.pem', 'client-key': 'c.key' };
    const connection = connectAt(server, {}, { user, folder }, { clock });
    const chunks = (await connection.openStream({ ...GET, path: '/watch' }))[Symbol.asyncIterator]();
    await chunks.next();
    await copyFile(viewer.certificateFile, join(folder, 'c.pem'));
    await copyFile(viewer.keyFile, join(folder, 'c.key'));
    clock.advance(60_000);
    await connection.request(GET);
    await connection.close();
    expect(await failure(chunks.next())).toMatchObject({ code: 'aborted' });
  });

  test('goes on while only the certificate was replaced yet, and not the key', async () => {
    const server = await asking();
    await copyFile(admin.certificateFile, join(folder, 'h.pem'));
    await copyFile(admin.keyFile, join(folder, 'h.key'));
    const clock = new SettableClock();
    const user = { 'client-certificate': 'h.pem', 'client-key': 'h.key' };
    const connection = connectAt(server, {}, { user, folder }, { clock });
    await connection.request(GET);
    await copyFile(viewer.certificateFile, join(folder, 'h.pem'));
    clock.advance(60_000);
    await connection.request(GET);
    await copyFile(viewer.keyFile, join(folder, 'h.key'));
    await connection.request(GET);
    expect(server.requests.map((each) => each.clientName)).toEqual(['admin', 'admin', 'viewer']);
  });

  test('that does not belong to its key is refused before anything is dialled, without showing the key', async () => {
    const server = await asking();
    const user = {
      'client-certificate-data': pemData(admin.certificate),
      'client-key-data': pemData(viewer.key),
    };
    const error = await failure(connectAt(server, {}, { user }).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toContain(
      'the client certificate and key of the kubeconfig cannot be used together',
    );
    expect(server.connections).toBe(0);
  });

  test('whose file is missing is named', async () => {
    const user = { 'client-certificate': 'no.pem', 'client-key': 'no.key' };
    const error = await failure(connectAt(await asking(), {}, { user, folder }).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toBe(
      `the client certificate ${folder}/no.pem of the context "test" cannot be read (ENOENT); correct the kubeconfig`,
    );
  });
});

/** A TCP relay that can stop passing bytes on, as a firewall does that forgot the connection. */
async function startRelay(port: number): Promise<{ readonly port: number; freeze(): void }> {
  const sockets: Socket[] = [];
  const relay = createServer((client) => {
    const upstream = dial(port, '127.0.0.1');
    sockets.push(
      client.on('error', () => {}),
      upstream.on('error', () => {}),
    );
    client.pipe(upstream).pipe(client);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  disposals.push(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const address = relay.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    freeze() {
      for (const socket of sockets) socket.unpipe().pause();
    },
  };
}

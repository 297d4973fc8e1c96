import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { ApiError, ApiRequest, Connection } from '../../main/cluster/api.ts';
import { type ContextParts, connectTo } from '../support/contexts.ts';
import { answerJson, refuse, TestServer, type TestServerOptions } from '../support/tls-server.ts';

const disposals: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function serve(answer: TestServerOptions['answer']): Promise<TestServer> {
  const server = await TestServer.start({ answer });
  disposals.push(() => server.close());
  return server;
}

function connectAt(server: TestServer, parts: Partial<ContextParts> = {}): Connection {
  const connection = connectTo({ cluster: { server: `http://127.0.0.1:${server.port}` }, ...parts });
  disposals.push(() => connection.close());
  return connection;
}

const get = (path = '/version', more: Partial<ApiRequest> = {}): ApiRequest => ({
  lane: 'control',
  method: 'GET',
  path,
  ...more,
});

const post = (body: unknown, more: Partial<ApiRequest> = {}): ApiRequest => ({
  lane: 'control',
  method: 'POST',
  path: '/create',
  body,
  ...more,
});

function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: ApiError) => error,
  );
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a request', () => {
  test('dials nothing before the first one', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const connection = connectAt(server);
    expect(server.connections).toBe(0);
    await connection.request(get());
    expect(server.connections).toBe(1);
  });

  test('sends what it is for, and gives the parsed answer', async () => {
    const server = await serve((_, response) => answerJson(response, 201, { kind: 'Made' }));
    const answer = await connectAt(server).request(
      post({ a: 'ä' }, { path: '/apis/x?fieldManager=netkeeper' }),
    );
    expect(answer).toEqual({ kind: 'Made' });
    const [seen] = server.requests;
    expect(seen).toMatchObject({ method: 'POST', path: '/apis/x?fieldManager=netkeeper', body: '{"a":"ä"}' });
    expect(seen?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'netkeeper/test',
    });
    expect(seen?.headers.authorization).toBeUndefined();
  });

  test('asks with the Accept header it is given', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    await connectAt(server).request(get('/api/v1/pods', { accept }));
    expect(server.requests[0]?.headers.accept).toBe(accept);
    expect(server.requests[0]?.headers['content-type']).toBeUndefined();
  });

  test('goes below the path of the server', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const url = `http://127.0.0.1:${server.port}/k8s/clusters/c-1/`;
    await connectAt(server, { cluster: { server: url } }).request(get('/api?x=1'));
    expect(server.requests[0]?.path).toBe('/k8s/clusters/c-1/api?x=1');
  });

  test('keeps its connection, one for each lane', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const connection = connectAt(server);
    for (const lane of ['control', 'control', 'bulk', 'control', 'bulk'] as const) {
      await connection.request(get('/version', { lane }));
      // An HTTP/1.1 connection is free again in the next turn of the event loop.
      await new Promise(setImmediate);
    }
    expect(server.connections).toBe(2);
  });

  test('asks a loopback server for no compression', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    await connectAt(server).request(get());
    expect(server.requests[0]?.headers['accept-encoding']).toBeUndefined();
  });

  test('sends the impersonation of the kubeconfig', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const user = {
      as: 'jane',
      'as-uid': 'u-1',
      'as-groups': ['dev', 'ops'],
      'as-user-extra': { 'acme.com/Project': ['p1', 'p2'] },
    };
    await connectAt(server, { cluster: { server: `http://127.0.0.1:${server.port}` }, user }).request(get());
    const headers = server.requests[0]?.headers ?? {};
    expect(headers['impersonate-user']).toBe('jane');
    expect(headers['impersonate-uid']).toBe('u-1');
    expect(headers['impersonate-group']).toBe('dev, ops');
    expect(headers['impersonate-extra-acme.com%2fproject']).toBe('p1, p2');
  });

  test('takes an empty answer of a 2xx for a bad answer', async () => {
    const server = await serve((_, response) => response.end());
    expect(await failure(connectAt(server).request(get()))).toMatchObject({ code: 'badAnswer' });
  });
});

describe('a refusal', () => {
  test.each([
    [400, 'refused'],
    [401, 'credentials'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'refused'],
    [409, 'conflict'],
    [410, 'gone'],
    [422, 'refused'],
    [429, 'throttled'],
    [500, 'server'],
    [503, 'server'],
  ] as const)('of %i has the code %s, for a request and for a stream', async (statusCode, code) => {
    const server = await serve((_, response) =>
      refuse(response, statusCode, 'Reason', 'words of the server'),
    );
    const connection = connectAt(server);
    for (const error of [
      await failure(connection.request(get())),
      await failure(connection.openStream(get())),
    ]) {
      expect(error).toMatchObject({ name: 'ApiError', code, status: { code: statusCode, reason: 'Reason' } });
      expect(error.message).toContain(`answered ${statusCode}: words of the server`);
    }
  });

  test('carries the parts of the Status that decisions are made from', async () => {
    const server = await serve((_, response) =>
      answerJson(response, 403, {
        kind: 'Status',
        code: 403,
        reason: 'Forbidden',
        message: 'namespace is going',
        details: {
          kind: 'namespaces',
          name: 'web',
          retryAfterSeconds: 3,
          causes: [{ reason: 'NamespaceTerminating', message: 'web is being terminated', field: 'x' }, 7],
        },
      }),
    );
    expect(await failure(connectAt(server).request(post({})))).toMatchObject({
      retryAfterMs: 3000,
      status: {
        code: 403,
        reason: 'Forbidden',
        message: 'namespace is going',
        causes: [{ reason: 'NamespaceTerminating', message: 'web is being terminated' }],
        details: { kind: 'namespaces', name: 'web' },
      },
    });
  });

  test('survives a Status of the wrong shape', async () => {
    const server = await serve((_, response) =>
      answerJson(response, 500, {
        kind: 'Status',
        code: 'x',
        reason: 1,
        message: [],
        details: { causes: {}, name: 5 },
      }),
    );
    expect((await failure(connectAt(server).request(get()))).status).toEqual({
      code: 500,
      reason: '',
      message: '',
      causes: [],
      details: { kind: '', name: '' },
    });
  });

  test.each([
    ['of seconds', () => '7', 7000],
    ['of a date', () => new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['of a date that is over', () => 'Mon, 01 Jan 2001 00:00:00 GMT', 0],
    ['of neither', () => 'soon', undefined],
  ])('reads a Retry-After %s', async (_, header, expected) => {
    const server = await serve((_, response) => {
      response.setHeader('retry-after', header());
      refuse(response, 429, 'TooManyRequests', 'slow down');
    });
    const { retryAfterMs } = await failure(connectAt(server).request(get()));
    if (expected === undefined) expect(retryAfterMs).toBeUndefined();
    else expect(Math.abs((retryAfterMs ?? Number.NaN) - expected)).toBeLessThanOrEqual(1500);
  });

  test('that is a page of HTML asks whether a proxy is in between', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 502;
      response.setHeader('content-type', 'text/html');
      response.end('<html><h1>Bad gateway</h1></html>');
    });
    const error = await failure(connectAt(server).request(get()));
    expect(error.code).toBe('server');
    expect(error.message).toContain('answered 502 with a page that is not JSON; is a proxy in between?');
    expect(error.status).toBeUndefined();
  });

  test('that is a line of plain text is shown', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 400;
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end('Client sent an HTTP request to an HTTPS server.\n');
    });
    expect((await failure(connectAt(server).request(get()))).message).toMatch(
      /HTTP request to an HTTPS server\.$/,
    );
  });

  test('that redirects to a login page is a bad answer', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 302;
      response.setHeader('location', 'https://login.example/');
      response.end();
    });
    expect(await failure(connectAt(server).request(get()))).toMatchObject({ code: 'badAnswer' });
  });

  test('without end is cut, and does not fill the memory', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 500;
      response.setHeader('content-type', 'text/plain');
      const timer = setInterval(() => response.write('x'.repeat(16_384)), 1);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failure(connectAt(server).request(get()));
    expect(error.code).toBe('server');
    expect(error.message.length).toBeLessThan(700);
  });

  test('never shows the token, even when the server repeats it', async () => {
    const server = await serve(({ headers }, response) =>
      refuse(response, 403, 'Forbidden', `no: ${headers.authorization}`),
    );
    const parts = {
      cluster: { server: `http://127.0.0.1:${server.port}` },
      user: { token: 's3cr3t-marked' },
    };
    const error = await failure(connectAt(server, parts).request(get()));
    expect(server.requests[0]?.headers.authorization).toBe('Bearer s3cr3t-marked');
    expect(error.message).toContain('no: Bearer [secret]');
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('s3cr3t-marked');
  });
});

describe('a stream', () => {
  test('gives each chunk when it arrives, from the moment the headers are there', async () => {
    let say = (_: string) => {};
    const server = await serve((_, response) => {
      response.flushHeaders?.();
      say = (text) => (text === '' ? response.end() : response.write(text));
    });
    const stream = await connectAt(server).openStream(get('/watch', { lane: 'bulk' }));
    const chunks = stream[Symbol.asyncIterator]();
    for (const text of ['one\n', 'two\n']) {
      say(text);
      expect(Buffer.from((await chunks.next()).value).toString()).toBe(text);
    }
    say('');
    expect((await chunks.next()).done).toBe(true);
  });

  test('may be silent for longer than the time limit of its request', async () => {
    const server = await serve((_, response) => {
      response.write('one');
      setTimeout(() => response.end('two'), 300);
    });
    const stream = await connectAt(server).openStream(get('/watch', { timeoutMs: 100 }));
    expect(await collect(stream)).toBe('onetwo');
  });

  test('that breaks throws an ApiError', async () => {
    const server = await serve((_, response) => {
      response.write('one');
      setImmediate(() => server.resetConnections());
    });
    const stream = await connectAt(server).openStream(get('/watch'));
    expect(await failure(collect(stream))).toMatchObject({ name: 'ApiError', code: 'unreachable' });
  });

  test('ends when its signal aborts, and the server sees it go', async () => {
    const left = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      response.write('one');
      response.on('close', () => left.resolve());
    });
    const controller = new AbortController();
    const stream = await connectAt(server).openStream(get('/watch', { signal: controller.signal }));
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    controller.abort();
    expect(await failure(chunks.next())).toMatchObject({ code: 'aborted' });
    await left.promise;
  });

  test('is let go when its reader stops early', async () => {
    const left = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      response.write('one');
      response.on('close', () => left.resolve());
    });
    for await (const _ of await connectAt(server).openStream(get('/watch'))) break;
    await left.promise;
  });

  test.each([['openStream'], ['request']] as const)('%s unpacks gzip, at every flush', async (way) => {
    const server = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"a":1}'));
    });
    const connection = connectAt(server);
    if (way === 'request') expect(await connection.request(get())).toEqual({ a: 1 });
    else expect(await collect(await connection.openStream(get()))).toBe('{"a":1}');
  });

  test('with broken gzip throws an ApiError', async () => {
    const server = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('not gzip at all');
    });
    const connection = connectAt(server);
    expect(await failure(connection.request(get()))).toMatchObject({ name: 'ApiError' });
    expect(await failure(connection.openStream(get()).then(collect))).toMatchObject({ name: 'ApiError' });
  });
});

describe('time', () => {
  test('a request that is not answered in time ends with timeout', async () => {
    const server = await serve(() => {});
    const error = await failure(connectAt(server).request(get('/version', { timeoutMs: 50 })));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toBe(`the server at http://127.0.0.1:${server.port} did not answer within 0.05 s`);
  });

  test('a request whose answer does not end in time ends with timeout', async () => {
    const server = await serve((_, response) => void response.write('{'));
    expect(await failure(connectAt(server).request(get('/', { timeoutMs: 50 })))).toMatchObject({
      code: 'timeout',
    });
  });

  test('a stream whose headers do not come in time ends with timeout', async () => {
    const server = await serve(() => {});
    expect(await failure(connectAt(server).openStream(get('/', { timeoutMs: 50 })))).toMatchObject({
      code: 'timeout',
    });
  });

  test('a request ends with aborted when its signal aborts, before and after it was sent', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    const connection = connectAt(server);
    expect(await failure(connection.request(get('/', { signal: controller.signal })))).toMatchObject({
      code: 'aborted',
    });
    expect(await failure(connection.request(get('/', { signal: controller.signal })))).toMatchObject({
      code: 'aborted',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a kept connection that the server gave up', () => {
  test('costs a GET and a POST nothing when it was closed in good order', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const connection = connectAt(server);
    await connection.request(get());
    server.endConnections();
    await connection.request(post({}));
    server.endConnections();
    await connection.request(get());
    expect(server.requests).toHaveLength(3);
    expect(server.connections).toBe(3);
  });

  test('costs a GET one more try when it breaks under it', async () => {
    let breaks = 1;
    const server = await serve(({ socket }, response) => {
      if (breaks-- > 0) socket.destroy();
      else answerJson(response, 200, { kind: 'Answer' });
    });
    expect(await connectAt(server).request(get())).toEqual({ kind: 'Answer' });
    expect(server.requests).toHaveLength(2);
  });

  test('never makes a GET try more than twice', async () => {
    const server = await serve(({ socket }) => void socket.destroy());
    const error = await failure(connectAt(server).request(get()));
    expect(error).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('closed the connection'),
    });
    expect(server.requests).toHaveLength(2);
  });

  test('never makes a POST go twice that the server may have seen', async () => {
    const server = await serve(({ socket }) => void socket.destroy());
    expect(await failure(connectAt(server).request(post({})))).toMatchObject({ code: 'unreachable' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('reconnect and close', () => {
  test('reconnect breaks what is under way and dials anew for the next request', async () => {
    const server = await serve(({ path }, response) => {
      if (path === '/watch') response.write('one');
      else answerJson(response, 200, {});
    });
    const connection = connectAt(server);
    const stream = await connection.openStream(get('/watch'));
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    connection.reconnect();
    expect(await failure(chunks.next())).toMatchObject({ name: 'ApiError', code: 'unreachable' });
    await connection.request(get());
    expect(server.connections).toBe(2);
  });

  test('close breaks what is under way, and every later request', async () => {
    const seen = Promise.withResolvers<void>();
    const server = await serve(() => seen.resolve());
    const connection = connectAt(server);
    const running = failure(connection.request(get()));
    await seen.promise;
    await connection.close();
    expect(await running).toMatchObject({ code: 'aborted' });
    expect(await failure(connection.request(get()))).toMatchObject({ code: 'aborted' });
    expect(await failure(connection.openStream(get()))).toMatchObject({ code: 'aborted' });
    connection.reconnect();
    await connection.close();
  });

  test('close ends a connection that is still being dialled', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}));
    server.listen(0, '127.0.0.1');
    disposals.push(async () => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const connection = connectTo({ cluster: { server: `https://127.0.0.1:${port}` } });
    const running = failure(connection.request(get()));
    const [dialled] = await once(server, 'connection');
    const gone = once(dialled, 'close');
    dialled.resume();
    await connection.close();
    expect(await running).toMatchObject({ code: 'aborted' });
    await gone;
  });
});

describe('a server that cannot be reached', () => {
  test('that refuses the connection is named, with a remedy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    server.close();
    await once(server, 'close');
    const connection = connectTo({ cluster: { server: `https://127.0.0.1:${port}` } });
    const error = await failure(connection.request(get()));
    expect(error.code).toBe('unreachable');
    expect(error.message).toBe(
      `the server at https://127.0.0.1:${port} refused the connection; is it running, and is the port right?`,
    );
  });

  test('whose name cannot be resolved is named, with a remedy', async () => {
    const connection = connectTo({ cluster: { server: 'https://no-such-host.invalid' } });
    const error = await failure(connection.request(get()));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('has a name that cannot be resolved');
  });

  test('that does not speak HTTP is told from one that does', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}).write('SSH-2.0-OpenSSH\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    disposals.push(async () => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const plain = connectTo({ cluster: { server: `http://127.0.0.1:${port}` } });
    expect((await failure(plain.request(post({})))).message).toContain('does not speak HTTP');
    const secure = connectTo({ cluster: { server: `https://127.0.0.1:${port}` } });
    expect((await failure(secure.request(post({})))).message).toContain('does not speak TLS');
    await Promise.all([plain.close(), secure.close()]);
  });

  test('of a context with a problem is not dialled at all', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}));
    const connection = connectAt(server, {
      cluster: { server: `http://127.0.0.1:${server.port}` },
      user: { 'auth-provider': { name: 'gcp' } },
    });
    for (const attempt of [connection.request(get()), connection.openStream(get())]) {
      const error = await failure(attempt);
      expect(error).toMatchObject({
        code: 'credentials',
        message: expect.stringContaining('gke-gcloud-auth-plugin'),
      });
    }
    connection.reconnect();
    expect(server.connections).toBe(0);
  });
});

/** Who comes in to the loopback host, and what it serves: real requests over HTTP. */
import { once } from 'node:events';
import { readFileSync, symlinkSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../main/cluster/clock.ts';
import { SESSION_PATH } from '../../main/contract/wire.ts';
import { startWebServer } from '../../main/web/server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import {
  ask,
  makeWindowFolder,
  PlayedService,
  postToken,
  startWeb,
  takeCookie,
  tokenOf,
} from '../support/web.ts';

describe('the way in', () => {
  test('gives an HttpOnly, SameSite=Strict cookie with the port in its name for the token of the address', async () => {
    const { web } = await startWeb();
    const { status, headers } = await postToken(web.port, tokenOf(web.url));
    expect(status).toBe(204);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^netkeeper-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(cookie).toContain(`netkeeper-${web.port}=`);
    expect(cookie).not.toContain(tokenOf(web.url));
  });

  test('has a token of 256 random bits, in the fragment alone', async () => {
    const { web } = await startWeb();
    const { web: other } = await startWeb();
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    expect(tokenOf(other.url)).not.toBe(tokenOf(web.url));
  });

  test('works from localhost as well, and more than once', async () => {
    const { web } = await startWeb();
    const local = `localhost:${web.port}`;
    const headers = { host: local, origin: `http://${local}` };
    expect((await postToken(web.port, tokenOf(web.url), headers)).status).toBe(204);
    expect((await postToken(web.port, tokenOf(web.url))).status).toBe(204);
  });

  test('tells a window whether its cookie is good', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    const statusWith = async (headers: Record<string, string>) =>
      (await ask(web.port, 'GET', SESSION_PATH, { headers })).status;
    expect(await statusWith({ cookie })).toBe(204);
    expect(await statusWith({ cookie: `theme=dark; ${cookie.slice(0, -1)}x; ${cookie}` })).toBe(204);
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ cookie: `${cookie}x` })).toBe(401);
  });

  test('refuses a wrong token, an empty one, and none', async () => {
    const { web } = await startWeb();
    const token = tokenOf(web.url);
    for (const wrong of ['x', `${token}x`, token.slice(1), token.toUpperCase()]) {
      const { status, headers } = await postToken(web.port, wrong);
      expect([status, headers['set-cookie']]).toEqual([401, undefined]);
    }
    expect((await postToken(web.port, '')).status).toBe(400);
    const headers = { origin: `http://127.0.0.1:${web.port}`, 'content-type': 'application/json' };
    for (const body of [
      '',
      '{}',
      'null',
      '[]',
      '{"token":1}',
      `{"token":"${token}","more":1}`,
      '{"token":',
    ]) {
      expect((await ask(web.port, 'POST', SESSION_PATH, { headers, body })).status).toBe(400);
    }
  });

  test.each([
    ['of another site', 'http://evil.example'],
    ['of another port', 'http://127.0.0.1:1'],
    ['of a sandboxed page or a file', 'null'],
    ['of the other name of this host', 'http://localhost'],
    ['over TLS', 'https://127.0.0.1'],
    ['that is empty', ''],
  ])('refuses a token that comes with an Origin %s', async (_, origin) => {
    const { web } = await startWeb();
    const withPort = /(localhost|https.*)$/.test(origin) ? `${origin}:${web.port}` : origin;
    const { status, headers } = await postToken(web.port, tokenOf(web.url), { origin: withPort });
    expect([status, headers['set-cookie']]).toEqual([403, undefined]);
  });

  test('refuses a token without an Origin, and one that a form could have sent', async () => {
    const { web } = await startWeb();
    const body = JSON.stringify({ token: tokenOf(web.url) });
    const json = { 'content-type': 'application/json' };
    expect((await ask(web.port, 'POST', SESSION_PATH, { headers: json, body })).status).toBe(403);
    const form = { 'content-type': 'text/plain' };
    expect((await postToken(web.port, tokenOf(web.url), form)).status).toBe(415);
  });

  test('refuses a body that is longer than any token', async () => {
    const { web } = await startWeb();
    expect((await postToken(web.port, 'x'.repeat(2_000))).status).toBe(413);
  });

  test('takes a one-time address once, and only within a minute', async () => {
    const clock = new FakeClock();
    const { web } = await startWeb({ clock });
    const [used, late] = [tokenOf(web.makeOneTimeUrl()), tokenOf(web.makeOneTimeUrl())];
    expect((await postToken(web.port, used)).status).toBe(204);
    expect((await postToken(web.port, used)).status).toBe(401);
    clock.advance(60_000);
    expect((await postToken(web.port, late)).status).toBe(401);
    expect((await postToken(web.port, tokenOf(web.url))).status).toBe(204);
  });

  test('knows neither the cookie nor the token of a run before', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    await web.close();
    const { web: again } = await startWeb({ port: web.port });
    expect((await ask(again.port, 'GET', SESSION_PATH, { headers: { cookie } })).status).toBe(401);
    expect((await postToken(again.port, tokenOf(web.url))).status).toBe(401);
  });
});

describe('every request', () => {
  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]', '127.0.0.1.evil.example'])(
    'is refused if it was meant for the host "%s"',
    async (host) => {
      const { web } = await startWeb();
      const headers = { host, cookie: await takeCookie(web) };
      for (const path of ['/', SESSION_PATH]) {
        const { status, text } = await ask(web.port, 'GET', path, { headers });
        expect([status, text]).toEqual([421, `This is http://127.0.0.1:${web.port}.\n`]);
      }
      const token = await postToken(web.port, tokenOf(web.url), { host, origin: `http://${host}` });
      expect([token.status, token.headers['set-cookie']]).toEqual([421, undefined]);
    },
  );

  test.each([
    ['HTTP/1.0', 421],
    ['HTTP/1.1', 400],
  ])('of %s is refused if it names no host at all: %d', async (version, status) => {
    const { web } = await startWeb();
    const socket = createConnection({ host: '127.0.0.1', port: web.port });
    socket.write(`GET / ${version}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('is answered with headers that shut everything else out', async () => {
    const { web } = await startWeb();
    for (const path of ['/', '/missing', SESSION_PATH]) {
      const { headers } = await ask(web.port, 'GET', path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(String(headers['content-security-policy']).split('; ')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${web.port} ws://localhost:${web.port}`,
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ]);
    }
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is refused with the method %s', async (method) => {
    const { web } = await startWeb();
    expect((await ask(web.port, method, '/')).status).toBe(405);
    expect((await ask(web.port, method, SESSION_PATH)).status).toBe(405);
  });
});

describe('the files of the window', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?theme=dark', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/index.js', 'text/javascript; charset=utf-8'],
    ['/assets/index.css', 'text/css; charset=utf-8'],
  ])('are served: %s as %s', async (path, contentType) => {
    const { web } = await startWeb();
    const { status, headers, text } = await ask(web.port, 'GET', path);
    expect([status, headers['content-type']]).toEqual([200, contentType]);
    const head = await ask(web.port, 'HEAD', path);
    expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': String(text.length) } });
  });

  test.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/..\\outside.txt',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/%',
    '/constructor',
    'http://127.0.0.1/outside.txt',
    '/linked.txt',
    '/linked/outside.txt',
  ])('are all that is served: not %s', async (path) => {
    const folder = makeWindowFolder();
    symlinkSync(join(folder, '..', 'outside.txt'), join(folder, 'linked.txt'));
    symlinkSync(join(folder, '..'), join(folder, 'linked'));
    const web = await startWebServer({ service: new PlayedService(), folder, port: 0, clock: systemClock });
    onTestFinished(() => web.close());
    expect(await ask(web.port, 'GET', path)).toMatchObject({ status: 404, text: 'There is no such file.\n' });
  });

  test('have to be built', async () => {
    const options = { service: new PlayedService(), folder: '/nowhere', port: 0, clock: systemClock };
    await expect(startWebServer(options)).rejects.toThrow(
      'The window is not built: there is no index.html in /nowhere. Run "npm run build".',
    );
  });
});

describe('the port', () => {
  test('is listened on at 127.0.0.1 and at no other address', async () => {
    const { web } = await startWeb();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
      .map(({ address }) => address);
    for (const address of [...others, '::1']) expect(await canConnect(address, web.port)).toBe(false);
    expect(await canConnect('127.0.0.1', web.port)).toBe(true);
    if (process.platform === 'linux') expect(listenersOn(web.port)).toEqual(['0100007F']);
  });

  test('is told of if another program has it, with what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startWeb({ port })).rejects.toThrow(`Port ${port} is taken by another program`);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** Local addresses, in hex as the kernel writes them (proc(5)), that listen (state 0A) on this port. */
function listenersOn(port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === '0A' && local.endsWith(`:${hexPort}`))
    .map(([, local = '']) => local.split(':')[0] ?? '');
}

/** Windows of the loopback host: real WebSockets, several at once, good and bad ones. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { WindowEvent } from '../../main/contract/updates.ts';
import { hostFrameSchema, MOST_COMMANDS_AT_ONCE, MOST_INBOUND_BYTES } from '../../main/contract/wire.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ask, openWindow, startWeb, takeCookie } from '../support/web.ts';

function update(sequence: number): WindowEvent {
  return { event: 'update', update: { sequence } };
}

describe('a window', () => {
  test('has its commands carried out, each answered under its own number', async () => {
    const { web, service } = await startWeb();
    const window = await openWindow(web, await takeCookie(web));
    service.answer = async (name, args) =>
      name === 'pause'
        ? { ok: false, code: 'x', message: 'No.', remedy: 'Wait.' }
        : { ok: true, value: args };
    window.send({ id: 7, name: 'setMode', args: { context: 'a' } });
    window.send({ id: 8, name: 'pause', args: {} });
    const frames = [await window.frame(), await window.frame()];
    expect(frames).toEqual([
      { id: 7, reply: { ok: true, value: { context: 'a' } } },
      { id: 8, reply: { ok: false, code: 'x', message: 'No.', remedy: 'Wait.' } },
    ]);
    for (const frame of frames) expect(hostFrameSchema.safeParse(frame).success).toBe(true);
  });

  test('gets a quick answer before a slow one', async () => {
    const { web, service } = await startWeb();
    const window = await openWindow(web, await takeCookie(web));
    let finish = () => {};
    service.answer = async (name) => {
      if (name === 'slow')
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      return { ok: true, value: null };
    };
    window.send({ id: 1, name: 'slow', args: {} });
    window.send({ id: 2, name: 'quick', args: {} });
    expect(await window.frame()).toMatchObject({ id: 2 });
    finish();
    expect(await window.frame()).toMatchObject({ id: 1 });
  });

  test('hears the same as every other window, until it goes', async () => {
    const { web, service } = await startWeb();
    const cookie = await takeCookie(web);
    const windows = await Promise.all([1, 2, 3].map(() => openWindow(web, cookie)));
    service.tell(update(1));
    service.tell({ event: 'show', entry: 5 });
    for (const window of windows) {
      expect(await window.frame()).toEqual({ event: update(1) });
      expect(await window.frame()).toEqual({ event: { event: 'show', entry: 5 } });
    }
    const [first, ...others] = windows;
    first?.socket.close();
    await first?.closed;
    while (service.subscribers.size > 2) await new Promise(setImmediate);
    service.tell(update(2));
    for (const window of others) expect(await window.frame()).toEqual({ event: update(2) });
  });

  test('that does not read is left out of updates while others go on, and is told of a gap later', async () => {
    const { web, service } = await startWeb();
    const cookie = await takeCookie(web);
    const slow = await openWindow(web, cookie);
    const quick = await openWindow(web, cookie);
    slow.socket.pause();
    const message = 'x'.repeat(100_000);
    const tellUpdate = (sequence: number) =>
      service.tell({ event: 'update', update: { sequence, notices: [{ id: 'n', message }] } });
    let sequence = 0;
    let refused = 0;
    while (refused < 100) {
      sequence += 1;
      const [slowTook, quickTook] = tellUpdate(sequence);
      if (slowTook === false) refused += 1;
      expect(quickTook).toBe(true);
      expect(await quick.frame()).toMatchObject({ event: { update: { sequence } } });
    }
    slow.socket.resume();
    const took = sequence - refused;
    for (let number = 1; number <= took; number += 1) {
      expect(await slow.frame()).toMatchObject({ event: { update: { sequence: number } } });
    }
    expect(tellUpdate(sequence + 1)).toEqual([true, true]);
    expect(await slow.frame()).toMatchObject({ event: { update: { sequence: sequence + 1 } } });
  });

  test('that asks and does not read is closed instead of piling up answers', async () => {
    const { web, service } = await startWeb();
    const window = await openWindow(web, await takeCookie(web));
    let asked = 0;
    service.answer = () => {
      asked += 1;
      return new Promise(() => {});
    };
    for (let id = 0; id <= MOST_COMMANDS_AT_ONCE; id += 1) window.send({ id, name: 'snapshot', args: {} });
    expect(await window.closed).toBe(1008);
    expect(asked).toBe(MOST_COMMANDS_AT_ONCE);
  });

  test('that answers no ping is dropped, and one that does is kept', async () => {
    const clock = new FakeClock();
    const { web, service } = await startWeb({ clock });
    const cookie = await takeCookie(web);
    const good = await openWindow(web, cookie);
    const dead = await openWindow(web, cookie);
    dead.socket.pause();
    const pinged = once(good.socket, 'ping');
    clock.advance(15_000);
    await pinged;
    // Its pong is in before the answer to what it asks after it.
    good.send({ id: 1, name: 'snapshot', args: {} });
    await good.frame();
    clock.advance(15_000);
    while (service.subscribers.size > 1) await new Promise(setImmediate);
    service.tell(update(1));
    expect(await good.frame()).toEqual({ event: update(1) });
  });

  test('is dropped when the program ends, and opens none any more', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    const window = await openWindow(web, cookie);
    await web.close();
    expect(await window.closed).toBe(1006);
    await expect(openWindow(web, cookie)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a socket is refused', () => {
  test.each([
    ['no cookie', 401, { cookie: '' }],
    ['a made-up cookie', 401, { cookie: 'netkeeper-1=x' }],
    ['a foreign Origin', 403, { origin: 'http://evil.example' }],
    ['the Origin of another port', 403, { origin: 'http://127.0.0.1:1' }],
    ['an Origin of no page', 403, { origin: 'null' }],
    ['a Host that is not ours', 421, { host: 'evil.example' }],
    ['a Host without the port', 421, { host: '127.0.0.1' }],
  ])('with %s: %d', async (_, status, headers) => {
    const { web, service } = await startWeb();
    const cookie = await takeCookie(web);
    await expect(openWindow(web, cookie, { headers })).rejects.toThrow(
      `Unexpected server response: ${status}`,
    );
    expect(service.subscribers.size).toBe(0);
  });

  test('without an Origin: 403', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    const socket = createConnection({ host: '127.0.0.1', port: web.port });
    socket.write(
      `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test("with the cookie of another user's program: 401", async () => {
    const { web } = await startWeb();
    const { web: others } = await startWeb();
    const theirs = (await takeCookie(others)).split('=')[1] ?? '';
    await expect(openWindow(web, `netkeeper-${web.port}=${theirs}`)).rejects.toThrow('401');
  });

  test('with the cookie of a run before: 401', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    await web.close();
    const { web: again } = await startWeb({ port: web.port });
    await expect(openWindow(again, cookie)).rejects.toThrow('401');
  });

  test('at any other path: 404', async () => {
    const { web } = await startWeb();
    await expect(openWindow(web, await takeCookie(web), { path: '/' })).rejects.toThrow('404');
  });
});

describe('a window that sends', () => {
  test.each([
    ['no JSON', 'hello', 1008],
    ['nothing', '', 1008],
    ['half a frame', '{"id":1,"name":"snapshot"', 1008],
    ['no object', '[1,2]', 1008],
    ['no number', '{"name":"snapshot","args":{}}', 1008],
    ['a number that is none', '{"id":-1,"name":"snapshot","args":{}}', 1008],
    ['no name', '{"id":1,"args":{}}', 1008],
    ['a name without end', `{"id":1,"name":"${'x'.repeat(65)}","args":{}}`, 1008],
    ['more than a command has', '{"id":1,"name":"snapshot","args":{},"more":1}', 1008],
    ['bytes', Buffer.from('{"id":1,"name":"snapshot","args":{}}'), 1008],
    ['too much', JSON.stringify({ id: 1, name: 'x', args: 'x'.repeat(MOST_INBOUND_BYTES) }), 1009],
  ])('%s is closed, and nothing is carried out', async (_, message, code) => {
    const { web, service } = await startWeb();
    const window = await openWindow(web, await takeCookie(web));
    let asked = 0;
    service.answer = async () => {
      asked += 1;
      return { ok: true, value: null };
    };
    window.socket.send(message);
    window.send({ id: 2, name: 'snapshot', args: {} });
    expect(await window.closed).toBe(code);
    expect(asked).toBe(0);
  });

  test('bad text is closed with 1007, a frame against the protocol with 1002', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    // A masked text frame (mask 0) of one byte that is not UTF-8; then one with reserved bits set (RFC 6455, 5.2).
    const frames: [number[], number][] = [
      [[0x81, 0x81, 0, 0, 0, 0, 0xff], 1007],
      [[0xf1, 0x81, 0, 0, 0, 0, 0x41], 1002],
    ];
    for (const [bytes, code] of frames) {
      const { socket, closed } = await openWindow(web, cookie);
      writeRaw(socket, bytes);
      expect(await closed).toBe(code);
    }
  });

  test('anything bad leaves the others and the files as they were', async () => {
    const { web } = await startWeb();
    const cookie = await takeCookie(web);
    const [good, bad] = [await openWindow(web, cookie), await openWindow(web, cookie)];
    bad.socket.send('x');
    await bad.closed;
    good.send({ id: 1, name: 'snapshot', args: {} });
    expect(await good.frame()).toMatchObject({ id: 1 });
    expect((await ask(web.port, 'GET', '/')).status).toBe(200);
  });
});

/** Past the library, on the connection beneath it. */
function writeRaw(socket: object, bytes: readonly number[]): void {
  const connection: unknown = Reflect.get(socket, '_socket');
  if (connection === null || typeof connection !== 'object' || !('write' in connection))
    throw new Error('closed');
  Reflect.apply(connection.write as (data: Buffer) => void, connection, [Buffer.from(bytes)]);
}

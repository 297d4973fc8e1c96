import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiError, Connection } from '../../main/cluster/api.ts';
import { connectTo, SettableClock } from '../support/contexts.ts';
import { answerJson, refuse, TestServer } from '../support/tls-server.ts';

const GET = { lane: 'control', method: 'GET', path: '/version' } as const;

let folder: string;
let server: TestServer;
let connection: Connection | undefined;
/** What the server lets in; undefined: everybody. */
let accepted: Set<string> | undefined;

beforeEach(async () => {
  accepted = undefined;
  folder = await mkdtemp(join(tmpdir(), 'netkeeper-credentials-'));
  server = await TestServer.start({
    answer: ({ headers }, response) => {
      if (accepted === undefined || accepted.has(headers.authorization ?? '')) answerJson(response, 200, {});
      else refuse(response, 401, 'Unauthorized', 'Unauthorized');
    },
  });
});

afterEach(async () => {
  await connection?.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function connectAs(
  user: Readonly<Record<string, unknown>> | undefined,
  clock = new SettableClock(),
): Connection {
  const cluster = { server: `http://127.0.0.1:${server.port}` };
  connection = connectTo({ cluster, folder, ...(user === undefined ? {} : { user }) }, { clock });
  return connection;
}

function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: ApiError) => error,
  );
}

const seenTokens = () => server.requests.map((each) => each.headers.authorization);
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('what is sent', () => {
  test.each([
    ['a token', { token: 'abc' }, 'Bearer abc'],
    ['a user and password', { username: 'jane', password: 'pä:ss' }, basic('jane:pä:ss')],
    ['a token before a password', { token: 'abc', username: 'jane', password: 'pass' }, 'Bearer abc'],
    [
      'the id-token of oidc',
      { 'auth-provider': { name: 'oidc', config: { 'id-token': 'idt' } } },
      'Bearer idt',
    ],
    ['nothing for an empty user', {}, undefined],
    ['nothing without a user', undefined, undefined],
  ])('%s', async (_, user, header) => {
    await connectAs(user).request(GET);
    expect(seenTokens()).toEqual([header]);
  });

  test('a token with characters that no header can carry is refused without being shown', async () => {
    const error = await failure(connectAs({ token: 's3cr3t-marked\nX: y' }).request(GET));
    expect(error).toMatchObject({
      code: 'credentials',
      message: expect.stringContaining('the token of the context "test"'),
    });
    expect(error.message).not.toContain('s3cr3t-marked');
  });
});

describe('a token file', () => {
  test('is read before the token beside it, and trimmed', async () => {
    await writeFile(join(folder, 'token'), 'from-file\n');
    await connectAs({ tokenFile: 'token', token: 'beside' }).request(GET);
    expect(seenTokens()).toEqual(['Bearer from-file']);
  });

  test('is read again after a minute, and not before', async () => {
    const clock = new SettableClock();
    await writeFile(join(folder, 'token'), 'one');
    const connection = connectAs({ tokenFile: 'token' }, clock);
    await connection.request(GET);
    await writeFile(join(folder, 'token'), 'two');
    await connection.request(GET);
    clock.advance(60_000);
    await connection.request(GET);
    expect(seenTokens()).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
  });

  test('is read again after a 401, and the request repeated once', async () => {
    accepted = new Set(['Bearer one']);
    await writeFile(join(folder, 'token'), 'one');
    const connection = connectAs({ tokenFile: 'token' });
    await connection.request(GET);
    accepted = new Set(['Bearer two']);
    await writeFile(join(folder, 'token'), 'two');
    await connection.request({ ...GET, method: 'POST', body: { kind: 'X' } });
    expect(seenTokens()).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
    expect(server.requests[2]?.body).toBe('{"kind":"X"}');
  });

  test('that still holds what was refused is not tried twice', async () => {
    accepted = new Set();
    await writeFile(join(folder, 'token'), 's3cr3t-marked');
    const error = await failure(connectAs({ tokenFile: 'token' }).request(GET));
    expect(error).toMatchObject({ code: 'credentials', status: { reason: 'Unauthorized' } });
    expect(error.message).toContain('answered 401: Unauthorized; renew the credentials of the user "user"');
    expect(error.message).not.toContain('s3cr3t-marked');
    expect(server.requests).toHaveLength(1);
  });

  test('that is missing for a moment does no harm while its token is known', async () => {
    const clock = new SettableClock();
    await writeFile(join(folder, 'token'), 'one');
    const connection = connectAs({ tokenFile: 'token' }, clock);
    await connection.request(GET);
    await rm(join(folder, 'token'));
    clock.advance(60_000);
    await connection.request(GET);
    expect(seenTokens()).toEqual(['Bearer one', 'Bearer one']);
  });

  test('that is missing from the start is named', async () => {
    const error = await failure(connectAs({ tokenFile: 'token' }).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toContain(
      `the token file ${folder}/token of the context "test" cannot be read (ENOENT)`,
    );
    await writeFile(join(folder, 'token'), 'late');
    await connection?.request(GET);
    expect(seenTokens()).toEqual(['Bearer late']);
  });

  test('that is empty is named', async () => {
    await writeFile(join(folder, 'token'), '\n');
    expect((await failure(connectAs({ tokenFile: 'token' }).request(GET))).message).toContain('is empty');
  });
});

describe('a 401', () => {
  test('for a token that cannot be renewed ends at once', async () => {
    accepted = new Set();
    const error = await failure(connectAs({ token: 'old' }).openStream(GET));
    expect(error.code).toBe('credentials');
    expect(server.requests).toHaveLength(1);
  });

  test('for an id-token of oidc says that it is not refreshed', async () => {
    accepted = new Set();
    const user = { 'auth-provider': { name: 'oidc', config: { 'id-token': 'old' } } };
    expect((await failure(connectAs(user).request(GET))).message).toContain('NetKeeper does not refresh it');
  });

  test('without a user says that the context names none', async () => {
    accepted = new Set();
    expect((await failure(connectAs(undefined).request(GET))).message).toContain(
      'the context "test" names no user',
    );
  });
});

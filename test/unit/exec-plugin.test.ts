import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ApiError, Connection } from '../../main/cluster/api.ts';
import type { Clock } from '../../main/cluster/clock.ts';
import { Authority } from '../support/certificates.ts';
import { connectTo, pemData, SettableClock } from '../support/contexts.ts';
import { answerJson, refuse, TestServer, type TestServerOptions } from '../support/tls-server.ts';

const GET = { lane: 'control', method: 'GET', path: '/version' } as const;
const V1 = 'client.authentication.k8s.io/v1';
const V1_BETA1 = 'client.authentication.k8s.io/v1beta1';

let folder: string;
let server: TestServer;
let accepted: (authorization: string) => boolean;
const disposals: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netkeeper-plugin-'));
  accepted = () => true;
  server = await serve();
});

afterEach(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
  await rm(folder, { recursive: true, force: true });
});

async function serve(options: Partial<TestServerOptions> = {}): Promise<TestServer> {
  const started = await TestServer.start({
    answer: ({ headers }, response) => {
      if (accepted(headers.authorization ?? '')) answerJson(response, 200, {});
      else refuse(response, 401, 'Unauthorized', 'Unauthorized');
    },
    ...options,
  });
  disposals.push(() => started.close());
  return started;
}

/** Writes an executable script into the folder; every run adds a line to the file `runs`. */
async function script(body: string, interpreter = '/bin/sh'): Promise<string> {
  const file = join(folder, 'plugin');
  const count = interpreter === '/bin/sh' ? `echo run >> "${join(folder, 'runs')}"\n` : '';
  await writeFile(file, `#!${interpreter}\n${count}${body}`);
  await chmod(file, 0o755);
  return './plugin';
}

function runs(): number {
  const file = join(folder, 'runs');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

/** A shell command that prints an ExecCredential. */
function print(status: Readonly<Record<string, unknown>>, apiVersion = V1): string {
  return `cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion, status })}\nEND\n`;
}

interface Options {
  readonly exec?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

function connectWith(command: string, options: Options = {}): Connection {
  const exec = { apiVersion: V1, command, interactiveMode: 'IfAvailable', ...options.exec };
  const cluster = { server: `http://127.0.0.1:${server.port}`, ...options.cluster };
  const connection = connectTo(
    { cluster, user: { exec, ...options.user }, folder },
    { env: options.env ?? {}, clock: options.clock ?? new SettableClock() },
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

const seenTokens = () => server.requests.map((each) => each.headers.authorization);

describe('a run', () => {
  test('happens when the first request needs it, and not before', async () => {
    const connection = connectWith(await script(print({ token: 'abc' })));
    await new Promise(setImmediate);
    expect(runs()).toBe(0);
    await connection.request(GET);
    expect(seenTokens()).toEqual(['Bearer abc']);
  });

  test('is shared by the requests that come meanwhile, of both lanes', async () => {
    const connection = connectWith(await script(`sleep 0.1\n${print({ token: 'abc' })}`));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        connection.request({ ...GET, lane: index % 2 ? 'bulk' : 'control' }),
      ),
    );
    expect(runs()).toBe(1);
    expect(server.requests).toHaveLength(20);
  });

  test('is good until its expirationTimestamp, and then repeated', async () => {
    const clock = new SettableClock();
    const expirationTimestamp = new Date(clock.now() + 600_000).toISOString();
    const connection = connectWith(await script(print({ token: 'abc', expirationTimestamp })), { clock });
    await connection.request(GET);
    clock.advance(590_000);
    await connection.request(GET);
    expect(runs()).toBe(1);
    clock.advance(11_000);
    await connection.request(GET);
    expect(runs()).toBe(2);
  });

  test('without an expirationTimestamp is good for ever', async () => {
    const clock = new SettableClock();
    const connection = connectWith(await script(print({ token: 'abc' })), { clock });
    await connection.request(GET);
    clock.advance(365 * 86_400_000);
    await connection.request(GET);
    expect(runs()).toBe(1);
  });

  test('gets the arguments and environment of the kubeconfig, and no stdin', async () => {
    const command = await script(
      `read line && exit 9\nprintf '{"kind":"ExecCredential","apiVersion":"%s","status":{"token":"%s-%s-%s"}}' ${V1} "$1" "$ADDED" "$KEPT"`,
    );
    const exec = {
      args: ['first argument'.replace(' ', '_'), 'x'],
      env: [{ name: 'ADDED', value: 'added' }],
    };
    await connectWith(command, { exec, env: { KEPT: 'kept', ADDED: 'lost' } }).request(GET);
    expect(seenTokens()).toEqual(['Bearer first_argument-added-kept']);
  });

  test('is found in the PATH of the environment that the program was given', async () => {
    await script(print({ token: 'abc' }));
    await connectWith('plugin', { env: { PATH: `${folder}:/usr/bin:/bin` } }).request(GET);
    expect(runs()).toBe(1);
  });

  test('speaks v1beta1 too', async () => {
    const command = await script(print({ token: 'abc' }, V1_BETA1));
    await connectWith(command, { exec: { apiVersion: V1_BETA1, interactiveMode: undefined } }).request(GET);
    expect(seenTokens()).toEqual(['Bearer abc']);
  });

  test('does not happen when the user has a token of its own', async () => {
    await connectWith(await script(print({ token: 'abc' })), { user: { token: 'own' } }).request(GET);
    expect(seenTokens()).toEqual(['Bearer own']);
    expect(runs()).toBe(0);
  });
});

describe('KUBERNETES_EXEC_INFO', () => {
  const tell = `cp /dev/stdin "$OUT" <<END\n$KUBERNETES_EXEC_INFO\nEND\n${print({ token: 'abc' })}`;

  const info = () => JSON.parse(readFileSync(join(folder, 'info'), 'utf8'));

  test('tells the version and that nobody is there to answer', async () => {
    await connectWith(await script(tell), { env: { OUT: join(folder, 'info') } }).request(GET);
    expect(info()).toEqual({ kind: 'ExecCredential', apiVersion: V1, spec: { interactive: false } });
  });

  test('tells about the cluster when the kubeconfig says so', async () => {
    const authority = await Authority.create();
    disposals.push(() => authority.dispose());
    const cluster = {
      'certificate-authority': authority.certificateFile,
      'tls-server-name': 'kubernetes',
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } }],
    };
    const exec = { provideClusterInfo: true };
    await connectWith(await script(tell), { exec, cluster, env: { OUT: join(folder, 'info') } }).request(GET);
    expect(info().spec.cluster).toEqual({
      server: `http://127.0.0.1:${server.port}`,
      'certificate-authority-data': pemData(authority.certificate),
      'tls-server-name': 'kubernetes',
      config: { audience: 'me' },
    });
  });
});

describe('a 401', () => {
  test('drops the credential, runs the plugin once more and repeats the request', async () => {
    const command = await script(
      `n=$(wc -l < "${join(folder, 'runs')}")\nprintf '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"token-%d"}}' "$n"`,
    );
    const connection = connectWith(command);
    await connection.request(GET);
    accepted = (authorization) => authorization === 'Bearer token-2';
    await Promise.all(Array.from({ length: 10 }, () => connection.request(GET)));
    expect(runs()).toBe(2);
    expect(seenTokens().filter((each) => each === 'Bearer token-2')).toHaveLength(10);
  });

  test('after that ends with credentials, and names the plugin', async () => {
    accepted = () => false;
    const command = await script(print({ token: 's3cr3t-marked' }));
    const error = await failure(connectWith(command).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toContain('log in anew for the credential plugin');
    expect(error.message).not.toContain('s3cr3t-marked');
    expect(runs()).toBe(2);
    expect(server.requests).toHaveLength(2);
  });

  test('of many requests at once runs a plugin that has nothing new once', async () => {
    const connection = connectWith(await script(`sleep 0.05\n${print({ token: 'same' })}`));
    await connection.request(GET);
    accepted = () => false;
    await Promise.all(Array.from({ length: 10 }, () => failure(connection.request(GET))));
    expect(runs()).toBe(2);
  });
});

describe('a client certificate of a plugin', () => {
  test('is sent, and another one replaces the lanes', async () => {
    const authority = await Authority.create();
    disposals.push(() => authority.dispose());
    server = await serve({
      certificate: authority.issueForLoopback(),
      clientAuthority: authority.certificate,
    });
    const clock = new SettableClock();
    const expirationTimestamp = new Date(clock.now() + 60_000).toISOString();
    const give = (name: string, more: object) => {
      const { certificate, key } = authority.issue({ subject: `/CN=${name}` });
      return script(print({ clientCertificateData: certificate, clientKeyData: key, ...more }));
    };
    const cluster = {
      server: `https://127.0.0.1:${server.port}`,
      'certificate-authority-data': pemData(authority.certificate),
    };
    const connection = connectWith(await give('one', { expirationTimestamp }), { cluster, clock });
    await connection.request(GET);
    await connection.request(GET);
    await give('two', {});
    clock.advance(60_000);
    await connection.request(GET);
    expect(server.requests.map((each) => each.clientName)).toEqual(['one', 'one', 'two']);
    expect(server.connections).toBe(2);
  });
});

describe('a plugin that fails', () => {
  test('is named with its context, its exit code and the first line of its stderr', async () => {
    const command = await script(
      `echo >&2; printf 'token \\033[31mexpired\\007: log in\\nsecond line\\n' >&2; echo s3cr3t-marked; exit 3`,
    );
    const exec = {
      args: ['--password=s3cr3t-marked-argument'],
      env: [{ name: 'P', value: 's3cr3t-marked-value' }],
    };
    const error = await failure(connectWith(command, { exec }).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toBe(
      `the credential plugin "${folder}/plugin" of the context "test" ended with exit code 3: token expired : log in`,
    );
    expect(server.connections).toBe(0);
  });

  test('shows at most 200 characters of stderr, and none of its arguments and environment', async () => {
    const command = await script(
      `printf 'bad %s and %s ' "$1" "$P" >&2; head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1`,
    );
    const exec = {
      args: ['--password=s3cr3t-marked-argument'],
      env: [{ name: 'P', value: 's3cr3t-marked-value' }],
    };
    const { message } = await failure(connectWith(command, { exec }).request(GET));
    expect(message).toContain('ended with exit code 1: bad [secret] and [secret] xxx');
    expect(message.length).toBeLessThan(350);
    expect(message).not.toContain('s3cr3t-marked');
  });

  test('that is not installed says how to install it', async () => {
    const exec = { installHint: 'get it with\n  brew install login' };
    const { code, message } = await failure(connectWith('no-such-plugin', { exec }).request(GET));
    expect(code).toBe('credentials');
    expect(message).toBe(
      'the credential plugin "no-such-plugin" of the context "test" is not installed, or not in PATH: get it with brew install login',
    );
  });

  test('that may not be run is named', async () => {
    await writeFile(join(folder, 'plugin'), '');
    expect((await failure(connectWith('./plugin').request(GET))).message).toContain(
      'could not be started (EACCES)',
    );
  });

  test.each([
    ['is not JSON', 'echo s3cr3t-marked'],
    ['is not an ExecCredential', `echo '{"kind":"Pod","token":"s3cr3t-marked"}'`],
    ['is not an ExecCredential', 'echo null'],
    ['answered in another version', print({ token: 's3cr3t-marked' }, V1_BETA1)],
    ['neither a token nor a client certificate', print({})],
    ['neither a token nor a client certificate', print({ token: 7 })],
    ['only one of a client certificate and its key', print({ clientKeyData: 's3cr3t-marked' })],
    [
      'an expirationTimestamp that is not a time',
      print({ token: 's3cr3t-marked', expirationTimestamp: 'soon' }),
    ],
    ['more than a credential', `head -c 3000000 /dev/zero | tr '\\0' x; sleep 60`],
    ['SIGTERM', 'kill -TERM $$'],
  ])('by printing what %s is named without showing it', async (words, body) => {
    const error = await failure(connectWith(await script(body)).request(GET));
    expect(error.code).toBe('credentials');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('s3cr3t-marked');
  });

  test.each([
    ['client.authentication.k8s.io/v1alpha1', 'the apiVersion client.authentication.k8s.io/v1alpha1'],
    ['', 'no apiVersion'],
  ])('by its version %s is not run', async (apiVersion, words) => {
    const command = await script(print({ token: 'abc' }));
    const error = await failure(connectWith(command, { exec: { apiVersion } }).request(GET));
    expect(error.message).toContain(words);
    expect(runs()).toBe(0);
  });

  test('is run again for the next request', async () => {
    const connection = connectWith(await script('exit 1'));
    await failure(connection.request(GET));
    await script(print({ token: 'abc' }));
    await connection.request(GET);
    expect(seenTokens()).toEqual(['Bearer abc']);
  });
});

describe('a plugin that hangs', () => {
  /** Starts a grandchild that holds on to stdout, as a login helper would. */
  const hang = () => script(`sleep 1000 &\necho $! > "${join(folder, 'grandchild')}"\nwait`);

  async function grandchild(): Promise<number> {
    const file = join(folder, 'grandchild');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/\d\n$/), { timeout: 5000 });
    return Number(readFileSync(file, 'utf8'));
  }

  const untilGone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });

  test('is ended after 30 s with everything that it started', async () => {
    const timers: { readonly delayMs: number; readonly callback: () => void }[] = [];
    const clock: Clock = {
      now: Date.now,
      after: (delayMs, callback) => {
        timers.push({ delayMs, callback });
        return () => {};
      },
    };
    const failed = failure(connectWith(await hang(), { clock }).request(GET));
    const pid = await grandchild();
    const limit = timers.find((each) => each.delayMs === 30_000);
    limit?.callback();
    const error = await failed;
    expect(error.code).toBe('credentials');
    expect(error.message).toContain('did not end within 30 s');
    await untilGone(pid);
  });

  test('is ended when the connection is closed', async () => {
    const connection = connectWith(await hang());
    const failed = failure(connection.request(GET));
    const pid = await grandchild();
    await connection.close();
    expect(await failed).toMatchObject({ code: 'aborted' });
    await untilGone(pid);
  });

  test('does not hold a request whose signal aborts, and goes on for the others', async () => {
    const command = await script(
      `while [ ! -e "${join(folder, 'go')}" ]; do sleep 0.02; done\n${print({ token: 'abc' })}`,
    );
    const connection = connectWith(command);
    const controller = new AbortController();
    const given = failure(connection.request({ ...GET, signal: controller.signal }));
    const patient = connection.request(GET);
    await vi.waitFor(() => expect(runs()).toBe(1));
    controller.abort();
    expect(await given).toMatchObject({ code: 'aborted' });
    await writeFile(join(folder, 'go'), '');
    await patient;
    expect(runs()).toBe(1);
  });

  test('for longer than the time limit of its request does not make it time out', async () => {
    const connection = connectWith(await script(`sleep 0.3\n${print({ token: 'abc' })}`));
    await connection.request({ ...GET, timeoutMs: 200 });
    expect(seenTokens()).toEqual(['Bearer abc']);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // What nobody has waited for yet is gone too.
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z '));
}

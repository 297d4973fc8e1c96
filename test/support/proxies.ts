/** Real proxies for tests: HTTP (CONNECT and forwarding) and SOCKS 5. Each remembers where it was asked to go. */
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates.ts';

export interface ProxyOptions {
  /** `user:password`, which the proxy then insists on. */
  readonly credentials?: string;
  /** Makes an https proxy. */
  readonly certificate?: Certificate;
  /** Refuses every request with this status (HTTP) or reply (SOCKS). */
  readonly refusal?: number;
}

interface TestProxy {
  readonly port: number;
  /** `host:port` of every tunnel, and the whole URL of every forwarded request. */
  readonly targets: readonly string[];
  close(): Promise<void>;
}

export async function startHttpProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const targets: string[] = [];
  const server = createProxyServer(options);
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    targets.push(request.url ?? '');
    const refusal = refusalOf(request, options);
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const url = new URL(`http://${request.url}`);
    const upstream = connect(Number(url.port), resolved(url.hostname), () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(client, upstream);
    });
    upstream.on('error', () => client.destroy());
  });
  server.on('request', (request, response) => {
    targets.push(request.url ?? '');
    const refusal = refusalOf(request, options);
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
      return;
    }
    const url = new URL(request.url ?? '');
    url.hostname = resolved(url.hostname);
    const forwarded = httpRequest(url, { method: request.method, headers: request.headers });
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  return listen(server, targets);
}

export async function startSocksProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const targets: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    serveSocks(client, options, targets).catch(() => client.destroy());
  });
  return listen(server, targets);
}

/** Names that only the proxy knows: everything below `.test` is this machine. */
function resolved(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare.endsWith('.test') ? '127.0.0.1' : bare;
}

function createProxyServer({ certificate }: ProxyOptions): Server {
  if (certificate === undefined) return createHttpServer();
  return createHttpsServer({ cert: certificate.certificate, key: certificate.key });
}

function refusalOf(request: IncomingMessage, { credentials, refusal }: ProxyOptions): number | undefined {
  if (refusal !== undefined) return refusal;
  if (credentials === undefined) return undefined;
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return request.headers['proxy-authorization'] === expected ? undefined : 407;
}

async function serveSocks(client: Socket, options: ProxyOptions, targets: string[]): Promise<void> {
  const [, methodCount = 0] = await read(client, 2);
  const methods = [...(await read(client, methodCount))];
  if (!(await isLetIn(client, methods, options))) return;
  const [, , , addressType] = await read(client, 4);
  const host = await readAddress(client, addressType ?? 0);
  const port = (await read(client, 2)).readUInt16BE();
  targets.push(`${host}:${port}`);
  const reply = (code: number) => client.write(Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]));
  if (options.refusal !== undefined) {
    reply(options.refusal);
    client.end();
    return;
  }
  const upstream = connect(port, resolved(host), () => {
    reply(0);
    join(client, upstream);
  });
  upstream.on('error', () => client.destroy());
}

async function isLetIn(
  client: Socket,
  methods: readonly number[],
  { credentials }: ProxyOptions,
): Promise<boolean> {
  const method = credentials === undefined ? 0 : 2;
  if (!methods.includes(method)) {
    client.end(Buffer.from([5, 255]));
    return false;
  }
  client.write(Buffer.from([5, method]));
  if (credentials === undefined) return true;
  await read(client, 1);
  const [user, password] = [await readPrefixed(client), await readPrefixed(client)];
  const isRight = `${user}:${password}` === credentials;
  client.write(Buffer.from([1, isRight ? 0 : 1]));
  return isRight;
}

async function readAddress(client: Socket, type: number): Promise<string> {
  if (type === 1) return [...(await read(client, 4))].join('.');
  if (type === 3) return readPrefixed(client);
  const groups = (await read(client, 16)).toString('hex').match(/.{4}/g) ?? [];
  return groups.join(':');
}

async function readPrefixed(client: Socket): Promise<string> {
  const [length = 0] = await read(client, 1);
  return (await read(client, length)).toString();
}

async function read(client: Socket, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let missing = count; missing > 0; missing -= chunks.at(-1)?.length ?? 0) {
    if (client.readableLength === 0) await once(client, 'readable');
    const chunk: Buffer | null = client.read(Math.min(missing, client.readableLength));
    if (chunk === null) throw new Error('the client went away');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function join(client: Duplex, upstream: Socket): void {
  client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  client.pipe(upstream).pipe(client);
}

async function listen(server: Server | NetServer, targets: readonly string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    targets,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

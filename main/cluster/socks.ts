/**
 * SOCKS 5 (RFC 1928) with a user and password (RFC 1929), as far as one outgoing connection needs it. Our own,
 * because undici's agent warns on stderr that it is experimental, speaks no HTTP/2 and keeps a connection for 4 s.
 */
import { once } from 'node:events';
import { isIP, isIPv4, type Socket } from 'node:net';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_AND_PASSWORD = 2;
const PASSWORD_VERSION = 1;
const COMMAND_CONNECT = 1;
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
const ADDRESS_IS_NAME = 3;

/** RFC 1928 §6. */
const REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'took too long',
  7: 'command not supported',
  8: 'address type not supported',
};

/** What the proxy did, without its name: "the proxy X" goes before it. */
export class SocksError extends Error {
  override readonly name = 'SocksError';
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asks the proxy at the other end of `socket` for a connection; gives the same socket, then the target's. */
export async function connectThroughSocks(
  socket: Socket,
  target: { readonly host: string; readonly port: number },
  credentials: Credentials | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    await negotiate(socket, credentials, signal);
    socket.write(
      Buffer.concat([Buffer.from([VERSION, COMMAND_CONNECT, 0]), address(target.host), port(target.port)]),
    );
    await readReply(socket, signal);
    return socket;
  } catch (error) {
    socket.on('error', () => {}).destroy();
    throw error;
  }
}

async function negotiate(
  socket: Socket,
  credentials: Credentials | undefined,
  signal: AbortSignal,
): Promise<void> {
  const methods = credentials === undefined ? [NO_AUTHENTICATION] : [NO_AUTHENTICATION, USER_AND_PASSWORD];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await readBytes(socket, 2, signal);
  if (version !== VERSION) throw new SocksError('does not speak SOCKS 5');
  if (method === NO_AUTHENTICATION) return;
  if (method !== USER_AND_PASSWORD || credentials === undefined) {
    throw new SocksError('wants a user and password; put them into its URL');
  }
  const fields = [credentials.username, credentials.password].map(lengthPrefixed);
  socket.write(Buffer.concat([Buffer.from([PASSWORD_VERSION]), ...fields]));
  const [, status] = await readBytes(socket, 2, signal);
  if (status !== 0) throw new SocksError('did not accept the user and password of its URL');
}

async function readReply(socket: Socket, signal: AbortSignal): Promise<void> {
  const [, reply, , addressType] = await readBytes(socket, 4, signal);
  if (reply !== 0) {
    throw new SocksError(`could not connect to the server: ${REPLIES[reply ?? 1] ?? `reply ${reply}`}`);
  }
  const addressBytes =
    addressType === ADDRESS_IS_NAME
      ? (await readBytes(socket, 1, signal)).readUInt8()
      : ADDRESS_BYTES[addressType ?? 0];
  if (addressBytes === undefined) throw new SocksError('does not speak SOCKS 5');
  // The address it dialled from, and its port: not needed, but before the server's first byte.
  await readBytes(socket, addressBytes + 2, signal);
}

/**
 * Exactly `count` bytes; what comes after them stays in the socket. Never waits for 'readable' while bytes are left:
 * Node would emit it again at once, for ever.
 */
async function readBytes(socket: Socket, count: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = count;
  while (missing > 0) {
    if (socket.readableLength === 0) await once(socket, 'readable', { signal });
    const chunk: Buffer | null = socket.read(Math.min(missing, socket.readableLength));
    if (chunk === null) throw new SocksError('closed the connection');
    chunks.push(chunk);
    missing -= chunk.length;
  }
  return Buffer.concat(chunks);
}

function address(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)]);
  if (isIP(host) === 6) return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
  return Buffer.concat([Buffer.from([ADDRESS_IS_NAME]), lengthPrefixed(host)]);
}

/** WHATWG's URL has already written out every IPv4 tail and has at most one `::`. */
function ipv6Bytes(host: string): Buffer {
  const [head = '', tail] = host.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...before, ...zeros, ...after].entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  }
  return bytes;
}

function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new SocksError('takes names, users and passwords of at most 255 bytes');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function port(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}

/**
 * The contract over HTTP and a WebSocket, for windows in a browser. How a window comes in:
 *
 * 1. It posts the token of its address' fragment to SESSION_PATH, as JSON, and takes the fragment out of the
 *    address. 204: the cookie that came with it is the key from here on. 401: the token is not good.
 *    A window without a fragment asks GET SESSION_PATH whether its cookie still is: 204 or 401. A program that was
 *    started again knows neither the old token nor the old cookie.
 * 2. It opens a WebSocket at SOCKET_PATH, asks for a snapshot, and takes update events from there.
 *
 * Every message is one JSON frame in text. Replies come in any order. A host leaves out updates for a window that
 * is behind: their numbers have a gap then, and the window asks for a snapshot, as it does on every new socket.
 */
import { z } from 'zod';
import { windowEventSchema } from './updates.ts';

export const SESSION_PATH = '/session';
export const SOCKET_PATH = '/socket';

/** A longer message from a window is refused, and its socket closed with 1009. */
export const MOST_INBOUND_BYTES = 64 * 1_024;
/** Commands of one window that are not answered yet; one more, and its socket is closed with CLOSED_BY_POLICY. */
export const MOST_COMMANDS_AT_ONCE = 32;

/** WebSocket close code (RFC 6455, 7.4.1) for a window that does not keep to what is written here. */
export const CLOSED_BY_POLICY = 1008;

/** The body of POST SESSION_PATH. */
export const sessionRequestSchema = z.strictObject({ token: z.string().min(1).max(256) });

/** Window → host. `id` comes back with the reply. */
export const commandFrameSchema = z.strictObject({
  id: z.int().nonnegative(),
  name: z.string().min(1).max(64),
  args: z.unknown(),
});
export type CommandFrame = z.infer<typeof commandFrameSchema>;

/** What COMMANDS says of the command's result is not in here: who asked knows which command it was. */
const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), code: z.string(), message: z.string(), remedy: z.string() }),
]);

/** Host → window: the answer to one command, or something that happened. */
export const hostFrameSchema = z.union([
  z.strictObject({ id: z.int().nonnegative(), reply: replySchema }),
  z.strictObject({ event: windowEventSchema }),
]);
export type HostFrame = z.infer<typeof hostFrameSchema>;

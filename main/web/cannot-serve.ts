/** There is no window to serve, or no port to serve it on; the message says why and what to do. */
export class CannotServeError extends Error {
  override readonly name = 'CannotServeError';
}

/** Failures below HTTP, in words for the person who has to mend them. */
import { ApiError } from './api.ts';

/** What an error of a socket, of TLS or of undici means. An ApiError stays as it is. */
export function toApiError(error: unknown, server: string): ApiError {
  if (error instanceof ApiError) return error;
  const code = codeOf(error);
  return new ApiError('unreachable', `${server}: ${describe(code)}`, { cause: error });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function describe(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused the connection; is it running, and is the port right?';
    default:
      return `the connection failed (${code === '' ? 'unknown error' : code})`;
  }
}

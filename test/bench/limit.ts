import { setTimeout as sleep } from 'node:timers/promises';

/** Settles as `promise` does, or rejects with `what` after `limitMs`. */
export async function within<T>(limitMs: number, what: string, promise: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const late = sleep(limitMs, undefined, { signal: settled.signal }).then(() => {
    throw new Error(`${what} (waited ${limitMs / 1000} s)`);
  });
  // Ended early it rejects too, and nobody listens any more.
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    settled.abort();
  }
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../cluster/clock.ts';

const SECRET_BYTES = 32;
/** How long a browser may take from being started to posting its code. */
const CODE_LIFE_MS = 60_000;

/**
 * Who may come in, for one run of the program: the next run has other secrets. The token and each code are exchanged
 * for the one cookie.
 */
export class Session {
  /** For the address that is printed; good for as many windows as the user opens. */
  readonly token = makeSecret();
  readonly #cookie = makeSecret();
  readonly #codes = new Map<string, number>();
  readonly #cookieName: string;
  readonly #clock: Clock;

  /** @param port part of the cookie's name, because browsers share cookies between the ports of a host */
  constructor(port: number, clock: Clock) {
    this.#cookieName = `netkeeper-${port}`;
    this.#clock = clock;
  }

  /**
   * A token for the address that a browser is started with: it works once, within a minute. Every user of this
   * machine can read the arguments of a program for as long as it runs.
   */
  makeCode(): string {
    const code = makeSecret();
    this.#codes.set(code, this.#clock.now() + CODE_LIFE_MS);
    return code;
  }

  /** The Set-Cookie header for a good token or code; undefined for any other. */
  exchange(token: string): string | undefined {
    if (!isSame(token, this.token) && !this.#takeCode(token)) return undefined;
    // Without Secure: not every browser takes plain HTTP on loopback for a secure place.
    return `${this.#cookieName}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** @param header the Cookie header of a request */
  isKnown(header: string | undefined): boolean {
    const prefix = `${this.#cookieName}=`;
    // Programs on other ports can set a cookie of this name beside ours: any that fits will do.
    return (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .some((pair) => pair.startsWith(prefix) && isSame(pair.slice(prefix.length), this.#cookie));
  }

  #takeCode(token: string): boolean {
    for (const [code, until] of this.#codes) {
      if (until <= this.#clock.now()) this.#codes.delete(code);
      else if (isSame(token, code)) return this.#codes.delete(code);
    }
    return false;
  }
}

function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** In a time that tells nothing of where the two differ, nor of their lengths. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

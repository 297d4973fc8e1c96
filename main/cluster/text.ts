/** Text from outside (a server, a plugin) made fit for a message: one line, bounded, without what is secret. */
import { stripVTControlCharacters } from 'node:util';

/** Shorter ones are words like `token`: to take them out would only spoil the message. */
const SHORTEST_SECRET_CHARACTERS = 8;

/** The text on one line, without colours and control characters, at most `limit` characters. */
export function oneLine(text: string, limit: number): string {
  const characters = [
    ...stripVTControlCharacters(text)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  ];
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`;
}

/** As oneLine, of the first line that is not empty. */
export function firstLine(text: string, limit: number): string {
  return oneLine(text.split(/[\r\n]+/).find((line) => oneLine(line, 1) !== '') ?? '', limit);
}

/** `text` with every one of the secrets replaced, wherever it stands. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET_CHARACTERS)
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}

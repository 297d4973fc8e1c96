/** Text from outside (a server, a plugin) made fit for a message: one line, bounded, without what is secret. */

/** Shorter ones are words like `token`: to take them out would only spoil the message. */
const SHORTEST_SECRET_CHARACTERS = 8;

/** The first line that is not empty, without control characters, at most `limit` characters. */
export function firstLine(text: string, limit: number): string {
  const line = text
    .split(/[\r\n]+/)
    .map((each) => each.replace(/\p{Cc}+/gu, ' ').trim())
    .find((each) => each !== '');
  if (line === undefined) return '';
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

/** `text` with every one of the secrets replaced, wherever it stands. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET_CHARACTERS)
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}

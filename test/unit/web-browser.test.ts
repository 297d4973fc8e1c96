/** How the system's browser is opened: by a program of the test's own that stands in for it. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../../main/web/browser.ts';
import { makeTemporaryFolder } from '../support/child.ts';

const URL = 'http://127.0.0.1:1234/#abc_-def';

function temporaryFolder(): string {
  const { path, remove } = makeTemporaryFolder('netkeeper-browser-');
  onTestFinished(remove);
  return path;
}

/** A folder for PATH with a program of this name; it waits for nobody. */
function withProgram(name: string, script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

function failureOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux'): Promise<string> {
  return new Promise((resolve) => openBrowser(URL, env, platform, resolve));
}

async function fileWritten(file: string): Promise<string> {
  while (!existsSync(file)) await new Promise(setImmediate);
  return readFileSync(file, 'utf8');
}

describe('the browser', () => {
  test.each([
    ['linux', 'xdg-open', { DISPLAY: ':0' }],
    ['linux', 'xdg-open', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['linux', 'xdg-open', { BROWSER: 'some-browser' }],
    ['darwin', 'open', {}],
  ] as const)(
    'is opened on %s by %s at the address, which no shell sees',
    async (platform, name, display) => {
      const folder = withProgram(name, 'printf "%s\\n" "$#" "$@" > "$OUT.part" && mv "$OUT.part" "$OUT"');
      const out = join(folder, 'out');
      const env = { PATH: `${folder}:${process.env.PATH}`, OUT: out, ...display };
      const failures: string[] = [];
      openBrowser(URL, env, platform, (reason) => failures.push(reason));
      expect(await fileWritten(out)).toBe(`1\n${URL}\n`);
      expect(failures).toEqual([]);
    },
  );

  test('is opened on Windows by start', async () => {
    const folder = withProgram('cmd', 'printf "%s\\n" "$@" > "$OUT.part" && mv "$OUT.part" "$OUT"');
    const out = join(folder, 'out');
    openBrowser(URL, { PATH: `${folder}:${process.env.PATH}`, OUT: out }, 'win32', () => {});
    expect(await fileWritten(out)).toBe(`/c\nstart\n\n${URL}\n`);
  });

  test('is not looked for where there is no display: it would open in the terminal', async () => {
    const folder = withProgram('xdg-open', 'touch "$OUT"');
    const out = join(folder, 'out');
    expect(await failureOf({ PATH: folder, OUT: out, DISPLAY: '' })).toBe('there is no display');
    expect(existsSync(out)).toBe(false);
  });

  test('is told of if there is nothing to open it with', async () => {
    expect(await failureOf({ PATH: temporaryFolder(), DISPLAY: ':0' })).toBe('xdg-open could not be started');
  });

  test('is told of if there is none', async () => {
    // xdg-open(1): 3, a required tool could not be found.
    const PATH = withProgram('xdg-open', 'exit 3');
    expect(await failureOf({ PATH, DISPLAY: ':0' })).toBe('xdg-open found none');
  });
});

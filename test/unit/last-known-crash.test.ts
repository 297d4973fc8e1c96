import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { LastKnownWriter, readLastKnown } from '../../main/store/last-known.ts';

const STORE = fileURLToPath(new URL('../../main/store/last-known.ts', import.meta.url));
const KILLS = 25;

/** Writes contents that are numbered and large enough to be cut, says each number that is under its name, for ever. */
const WRITE_FOR_EVER = `
import { LastKnownWriter } from ${JSON.stringify(STORE)};
const writer = new LastKnownWriter(process.argv[1], (error) => { throw error; });
for (let number = Number(process.argv[2]); ; number += 1) {
  writer.write(() => ({ version: 1, seenAt: number, copies: Array(2000).fill({ number, padding: 'x'.repeat(200) }) }));
  await writer.flushed();
  process.stdout.write(number + '\\n');
}`;

it('finds a whole content, no older than the last that was told, wherever a crash comes', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netkeeper-crash-'));
  const path = join(folder, 'file.json');
  let told = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', WRITE_FOR_EVER, path, String(told + 1)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const closed = once(child, 'close');
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told = Number(text.trim().split('\n').at(-1));
    });
    await once(child.stdout, 'data');
    // Somewhere within the writes that follow, each time elsewhere.
    for (let turn = 0; turn < kill * 40; turn += 1) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await closed;

    const notices: string[] = [];
    const content = await readLastKnown(path, 0, (notice) => notices.push(notice));
    expect(notices).toEqual([]);
    expect(content?.seenAt).toBeGreaterThanOrEqual(told);
    const numbers = content?.copies.map((copy) => (copy as { number: number }).number) ?? [];
    expect(numbers).toHaveLength(2000);
    expect(new Set(numbers)).toEqual(new Set([content?.seenAt]));
    told = content?.seenAt ?? 0;
  }
  await rm(folder, { recursive: true });
});

it('keeps the file whole where two writers of one process write it at the same time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netkeeper-writers-'));
  const path = join(folder, 'file.json');
  const errors: unknown[] = [];
  const writers = [1, 2].map(() => new LastKnownWriter(path, (error) => errors.push(error)));
  for (let round = 1; round <= 30; round += 1) {
    for (const [index, writer] of writers.entries()) {
      const copies = Array(200 * (index + 1)).fill({ index, padding: 'x'.repeat(100) });
      writer.write(() => ({ version: 1, seenAt: round, copies }));
    }
    await Promise.all(writers.map((writer) => writer.flushed()));
    const content = await readLastKnown(path, 0, (notice) => errors.push(notice));
    expect([200, 400]).toContain(content?.copies.length);
  }
  expect(errors).toEqual([]);
  expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
  await rm(folder, { recursive: true });
});

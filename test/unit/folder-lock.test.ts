import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../main/store/folder-lock.ts';
import { temporaryFolder } from '../support/netkeeper-process.ts';

/** Another process, and its number. */
async function startOther(): Promise<{ pid: number; end: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error('It did not start.');
  const end = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { pid, end };
}

describe('the lock of a folder', () => {
  test('is had by the first who asks, for the eyes of its user alone, until he lets go', () => {
    const folder = join(temporaryFolder(), 'state');
    const lock = lockFolder(folder);
    expect(lock.heldBy).toBeUndefined();
    expect(statSync(join(folder, 'in-use-by')).mode & 0o777).toBe(0o600);
    lock.release();
    expect(existsSync(join(folder, 'in-use-by'))).toBe(false);
  });

  test('names the process that has it, and stays its own when others let go', async () => {
    const folder = temporaryFolder();
    const other = await startOther();
    writeFileSync(join(folder, 'in-use-by'), `${other.pid}\n`);
    const lock = lockFolder(folder);
    expect(lock.heldBy).toBe(other.pid);
    lock.release();
    expect(lockFolder(folder).heldBy).toBe(other.pid);
    await other.end();
    expect(lockFolder(folder).heldBy).toBeUndefined();
  });

  test.each(['', 'nobody', '-1', '0', '99999999999'])('counts for nothing where it says %j', (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'in-use-by'), text);
    expect(lockFolder(folder).heldBy).toBeUndefined();
  });

  test('keeps nobody from a folder in which nothing can be written', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(lockFolder(join(file, 'state')).heldBy).toBeUndefined();
  });
});

/** What `npm start` decides: the desktop app, or the window in a browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DesktopMachine } from '../../scripts/find-electron.ts';
import { findDesktop } from '../../scripts/find-electron.ts';
import { makeTemporaryFolder } from '../support/child.ts';

/** The npm package as its install script leaves it; `program` undefined: as npm leaves it. */
function electronPackage(program?: string): string {
  const { path, remove } = makeTemporaryFolder('netkeeper-electron-');
  onTestFinished(remove);
  writeFileSync(join(path, 'index.js'), 'throw new Error("This would download Electron.");');
  if (program === undefined) return path;
  writeFileSync(join(path, 'path.txt'), program);
  addFile(join(path, 'dist', program));
  return path;
}

function addFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}

function find(machine: Partial<DesktopMachine>) {
  return findDesktop({
    electronPackage: electronPackage('electron'),
    env: { DISPLAY: ':0' },
    platform: 'linux',
    isRoot: false,
    ...machine,
  });
}

describe('npm start', () => {
  test.each([
    ['linux', 'electron', { DISPLAY: ':0' }],
    ['linux', 'electron', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['darwin', 'Electron.app/Contents/MacOS/Electron', {}],
    ['win32', 'electron.exe', {}],
  ] as const)('opens the desktop app on %s', (platform, program, env) => {
    const folder = electronPackage(program);
    expect(find({ electronPackage: folder, platform, env })).toEqual({
      electron: join(folder, 'dist', program),
    });
  });

  test('says so where Electron was not downloaded, or only in part', () => {
    const reason = 'Electron is not installed here ("npx install-electron" downloads it).';
    expect(find({ electronPackage: electronPackage() })).toEqual({ reason });
    const interrupted = electronPackage();
    writeFileSync(join(interrupted, 'path.txt'), 'electron');
    expect(find({ electronPackage: interrupted })).toEqual({ reason });
    expect(find({ electronPackage: '/nowhere' })).toEqual({ reason });
  });

  test('takes the Electron that ELECTRON_OVERRIDE_DIST_PATH names', () => {
    const folder = electronPackage();
    addFile(join(folder, 'mine', 'electron'));
    const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') };
    expect(find({ electronPackage: folder, env })).toEqual({ electron: join(folder, 'mine', 'electron') });
  });

  test('says so where there is no display, or the user is root', () => {
    expect(find({ env: { DISPLAY: '' } })).toEqual({ reason: 'There is no display.' });
    expect(find({ isRoot: true })).toEqual({ reason: 'Electron does not run as root.' });
  });
});

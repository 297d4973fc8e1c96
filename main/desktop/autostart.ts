import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { app } from 'electron';
import { autostartEntry, autostartFile } from './autostart-entry.ts';

/** Started with the session: no window until somebody asks for it. */
export const HIDDEN_FLAG = '--hidden';

/** Whether this start was by the desktop and not by a person. */
export function wasStartedHidden(): boolean {
  const byMac = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  return byMac || process.argv.includes(HIDDEN_FLAG);
}

/** Makes the program start with the user's session, or not. Touches nothing that is so already. Throws file errors. */
export function setAutostart(isOn: boolean): void {
  if (process.platform === 'linux') {
    setAutostartFile(isOn);
    return;
  }
  const args = [...applicationArgument(), HIDDEN_FLAG];
  if (app.getLoginItemSettings({ args }).openAtLogin === isOn) return;
  app.setLoginItemSettings({ openAtLogin: isOn, args });
}

function setAutostartFile(isOn: boolean): void {
  const file = autostartFile(process.env, homedir());
  if (!isOn) {
    rmSync(file, { force: true });
    return;
  }
  // An AppImage runs from a mount that is another one each time.
  const program = process.env.APPIMAGE ?? process.execPath;
  const entry = autostartEntry([program, ...applicationArgument(), HIDDEN_FLAG]);
  if (readIfThere(file) === entry) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, entry);
}

/** Unpackaged, Electron has to be told which program it is. */
function applicationArgument(): readonly string[] {
  return app.isPackaged ? [] : [app.getAppPath()];
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

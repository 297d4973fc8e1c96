import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of the machine decides whether the desktop app can run. */
export interface DesktopMachine {
  /** The folder of the npm package `electron`. */
  readonly electronPackage: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
}

export type Desktop = { readonly electron: string } | { readonly reason: string };

/** The program to run the desktop app with, or why it cannot run here, as a sentence. */
export function findDesktop({ electronPackage, env, platform, isRoot }: DesktopMachine): Desktop {
  const electron = findElectron(electronPackage, env);
  if (electron === undefined) {
    return { reason: 'Electron is not installed here ("npx install-electron" downloads it).' };
  }
  if (platform !== 'linux') return { electron };
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'There is no display.' };
  // Its sandbox does not work for root, and NetKeeper does not go without.
  if (isRoot) return { reason: 'Electron does not run as root.' };
  return { electron };
}

/** As the package itself looks for its program; importing the package would download one that is missing. */
function findElectron(electronPackage: string, env: NodeJS.ProcessEnv): string | undefined {
  const pathFile = join(electronPackage, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const program = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(electronPackage, 'dist'), name);
  return existsSync(program) ? program : undefined;
}

import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a program keeps its state for a user by the platform's custom (on Linux the XDG base directories). */
export function defaultStateDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir();
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'netkeeper');
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'netkeeper');
    default:
      return join(env.XDG_STATE_HOME || join(home, '.local', 'state'), 'netkeeper');
  }
}

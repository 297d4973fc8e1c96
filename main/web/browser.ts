import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's browser. Does not wait for it; `onFailure` hears why it could not be done.
 *
 * @param url one of ours: it is an argument of a program, never of a shell
 */
export function openBrowser(
  url: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  onFailure: (reason: string) => void,
): void {
  if (!hasDisplay(env, platform)) {
    onFailure('there is no display');
    return;
  }
  const [command, ...args] = openerOf(platform);
  // In a group of its own: Ctrl-C ends us, not a browser that was started with us.
  const opener = spawn(command, [...args, url], { env, stdio: 'ignore', detached: true });
  opener.unref();
  opener.on('error', () => onFailure(`${command} could not be started`));
  opener.on('exit', (code) => {
    if (code !== 0) onFailure(`${command} found none`);
  });
}

/** Whether a browser can be shown. Without a display, xdg-open would start a browser for terminals; BROWSER is set where there is another way. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY, env.BROWSER].some((value) => value !== undefined && value !== '');
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // The empty text is the title of the window that `start` would open otherwise.
      return ['cmd', '/c', 'start', ''];
    default:
      return ['xdg-open'];
  }
}

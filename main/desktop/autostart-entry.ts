import { join } from 'node:path';

/** Where a desktop looks for what to start with the session (freedesktop.org, Desktop Application Autostart). */
export function autostartFile(env: NodeJS.ProcessEnv, homeDirectory: string): string {
  return join(env.XDG_CONFIG_HOME || join(homeDirectory, '.config'), 'autostart', 'netkeeper.desktop');
}

/** The content of that file. `command` is the program and its arguments. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=NetKeeper',
    'Comment=Brings back Kubernetes networks that were deleted while pods use them',
    `Exec=${command.map(quote).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * One argument of Exec (Desktop Entry Specification, "The Exec key"): quoted, with `"`, backtick, `$` and
 * backslash escaped; backslashes once more, as strings of the file have escapes of their own; `%%` for `%`.
 */
function quote(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, (character) => `\\${character}`).replaceAll('\\', '\\\\');
  return `"${escaped.replaceAll('%', '%%')}"`;
}

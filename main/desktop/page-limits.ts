import type { Session, WebContents } from 'electron';
import { shell } from 'electron';
import { isAllowedLink } from './links.ts';

/** Denies pages every permission: they need none. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The exported journal is made in the page; nothing else is ever downloaded.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) event.preventDefault();
  });
}

/** Keeps a page where it is: no other page, no window, no webview. Links to documentation go to the browser. */
export function confine(contents: WebContents): void {
  // Also emitted for the main frame; loads that we start ourselves are not asked about.
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

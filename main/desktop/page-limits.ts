import type { Session, WebContents } from 'electron';
import { shell } from 'electron';
import { isAllowedLink } from './links.ts';
import { isOurs } from './pages.ts';

/** What a page needs for its Copy buttons: text may go to the clipboard when a person clicks; nothing is read. */
const WRITE_TO_CLIPBOARD = 'clipboard-sanitized-write';

/** Denies every permission but one, and that one to all pages but ours. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(permission === WRITE_TO_CLIPBOARD && isOurs(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === WRITE_TO_CLIPBOARD && isOurs(origin),
  );
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

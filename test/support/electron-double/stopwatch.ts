import type { Desktop } from './desktop-process.ts';

/** What is promised. Tests that take times get another try where the machine is busy with something else. */
export const NOTIFIED_WITHIN_MS = 100;
export const SHOWN_WITHIN_MS = 300;

/** From just before a deletion to what a person sees of the restore. */
export interface RestoreTimes {
  readonly notificationMs: number;
  readonly trayMs: number;
  readonly windowMs: number;
}

/** Deletes a network (`namespace/name`) by `deleteIt` and takes the times. Needs the window and no notification before. */
export async function timeRestore(
  desktop: Desktop,
  network: string,
  deleteIt: () => unknown,
): Promise<RestoreTimes> {
  const page = await desktop.page();
  const seenAt = page.evaluate<number>(`new Promise((resolve) => {
    const grids = () => [...document.querySelectorAll('[role="grid"]')];
    const count = () => grids().map((grid) => grid.textContent).join().split('Brought back').length;
    const before = count();
    new MutationObserver(() => {
      if (count() > before) resolve(Date.now());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  })`);
  await page.evaluate('"the observer is there"');
  const deletedAt = Date.now();
  await deleteIt();
  const notification = await desktop.record({ what: 'notification' });
  const tray = await desktop.record({ what: 'tray' }, ({ menu }) =>
    menu.some(({ label }) => label.startsWith(`${network} on `)),
  );
  return {
    notificationMs: notification.at - deletedAt,
    trayMs: tray.at - deletedAt,
    windowMs: (await seenAt) - deletedAt,
  };
}

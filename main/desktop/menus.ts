import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu } from 'electron';
import type { MenuAction, MenuItemModel } from './menu-model.ts';

/** What somebody chose in a menu. */
export type Act = (action: MenuAction) => void;

/** A menu of Electron from its model. */
export function buildMenu(items: readonly MenuItemModel[], act: Act): Menu {
  return Menu.buildFromTemplate(toTemplate(items, act));
}

export function toTemplate(items: readonly MenuItemModel[], act: Act): MenuItemConstructorOptions[] {
  return items.map((item) => toOptions(item, act));
}

function toOptions(item: MenuItemModel, act: Act): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: plain(item.label), enabled: false };
    case 'submenu':
      return { label: plain(item.label), submenu: toTemplate(item.items, act) };
    case 'action':
      return { label: plain(item.label), click: () => act(item.action) };
    case 'choice':
      return {
        label: plain(item.label),
        type: 'radio',
        checked: item.isChosen,
        click: () => act(item.action),
      };
  }
}

/** In a label `&` marks the letter for the keyboard; in the name of a context it is meant. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}

/** The application's menu: with it everything can be reached where there is no tray. */
export function setApplicationMenu(pause: readonly MenuItemModel[], act: Act): void {
  const isMac = process.platform === 'darwin';
  const quit: MenuItemConstructorOptions = { label: 'Quit NetKeeper', role: 'quit' };
  const keeper: MenuItemConstructorOptions = {
    label: isMac ? 'Keeper' : 'NetKeeper',
    submenu: [...toTemplate(pause, act), ...(isMac ? [] : [{ type: 'separator' } as const, quit])],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      keeper,
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
    ]),
  );
}

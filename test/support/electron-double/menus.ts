/** The doubles of `Menu`, `Tray` and `nativeImage`: what they show is recorded, and a test can choose from it. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { app } from './app.ts';
import { onCommand, record, refuse } from './control.ts';
import type { MenuRecord } from './messages.ts';

interface ItemOptions {
  readonly label?: string;
  readonly type?: 'normal' | 'radio' | 'separator';
  readonly role?: string;
  readonly checked?: boolean;
  readonly enabled?: boolean;
  readonly submenu?: readonly ItemOptions[];
  readonly click?: () => void;
}

/** Those of Electron's roles that mean something for a program with one window. */
const ROLES: ReadonlySet<string> = new Set([
  'appMenu',
  'editMenu',
  'windowMenu',
  'quit',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
  'toggleDevTools',
]);

export class Menu {
  static #application: Menu | undefined;
  readonly items: readonly ItemOptions[];

  constructor(items: readonly ItemOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly ItemOptions[]): Menu {
    requireSound(template);
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.#application = menu;
    record({ what: 'applicationMenu', menu: describe(menu.items) });
  }

  static get application(): Menu | undefined {
    return Menu.#application;
  }
}

function requireSound(items: readonly ItemOptions[]): void {
  for (const { label, type, role, submenu } of items) {
    if (role !== undefined && !ROLES.has(role)) refuse(`The double knows no role "${role}".`);
    if (type !== 'separator' && role === undefined && !label) refuse('A menu item needs a label or a role.');
    if (submenu !== undefined) requireSound(submenu);
  }
}

function describe(items: readonly ItemOptions[]): MenuRecord[] {
  return items.map(({ label, role, type, checked, enabled, submenu }) => ({
    label: visible(label ?? role ?? ''),
    type: submenu === undefined ? (type ?? 'normal') : 'submenu',
    isChecked: checked === true,
    isEnabled: enabled !== false,
    items: describe(submenu ?? []),
  }));
}

/** A single `&` marks a letter for the keyboard and is not shown. */
function visible(label: string): string {
  return label.replaceAll(/&(.)/g, '$1');
}

function choose(menu: Menu | undefined, path: readonly string[]): void {
  let items = menu?.items ?? [];
  let item: ItemOptions | undefined;
  for (const label of path) {
    item = items.find((candidate) => visible(candidate.label ?? '') === label);
    if (item === undefined) {
      const labels = items.map((candidate) => visible(candidate.label ?? '')).join(', ');
      throw new Error(`There is no "${label}"; there is: ${labels}`);
    }
    items = item.submenu ?? [];
  }
  if (item?.role === 'quit') app.quit();
  item?.click?.();
}

interface Image {
  readonly path: string;
  isEmpty(): boolean;
}

export const nativeImage = {
  createFromPath: (path: string): Image => ({ path, isEmpty: () => !existsSync(path) }),
};

/** Electron shows nothing then, without a word. */
function requireThere(image: Image): void {
  if (image.isEmpty()) record({ what: 'refused', why: `There is no icon ${image.path}.` });
}

export class Tray extends EventEmitter {
  static current: Tray | undefined;
  #image: Image;
  #tooltip = '';
  #menu: Menu | undefined;

  constructor(image: Image) {
    super();
    app.requireReady('Tray');
    requireThere(image);
    this.#image = image;
    Tray.current = this;
  }

  get menu(): Menu | undefined {
    return this.#menu;
  }

  setImage(image: Image): void {
    requireThere(image);
    this.#image = image;
    this.#record();
  }

  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip;
    this.#record();
  }

  setContextMenu(menu: Menu): void {
    this.#menu = menu;
    this.#record();
  }

  #record(): void {
    const icon = basename(this.#image.path);
    record({ what: 'tray', icon, tooltip: this.#tooltip, menu: describe(this.#menu?.items ?? []) });
  }
}

onCommand('choose', ({ menu, path }) =>
  choose(menu === 'tray' ? Tray.current?.menu : Menu.application, path),
);

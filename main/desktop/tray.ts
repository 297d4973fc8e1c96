import { join } from 'node:path';
import type { NativeImage } from 'electron';
import { nativeImage, Tray } from 'electron';
import type { Act } from './menus.ts';
import { buildMenu } from './menus.ts';
import type { TrayIcon, TrayModel } from './tray-model.ts';

export interface TrayViewOptions {
  /** The folder of the tray's icons. */
  readonly icons: string;
  readonly act: Act;
  readonly log: (message: string) => void;
}

/** The tray as its model has it. A desktop without a tray is no fault: then this does nothing. */
export class TrayView {
  readonly #options: TrayViewOptions;
  #tray: Tray | undefined;
  #shown: TrayModel | undefined;
  #hasFailed = false;

  constructor(options: TrayViewOptions) {
    this.#options = options;
  }

  /** Shows the model; what did not change is left alone, so that an open menu stays open. */
  show(model: TrayModel): void {
    const shown = this.#shown;
    this.#tray ??= this.#create(model.icon);
    if (this.#tray === undefined) return;
    if (shown !== undefined && shown.icon !== model.icon) this.#tray.setImage(this.#image(model.icon));
    if (shown?.tooltip !== model.tooltip) this.#tray.setToolTip(model.tooltip);
    if (JSON.stringify(shown?.items) !== JSON.stringify(model.items)) this.#setMenu(model);
    this.#shown = model;
  }

  /** Puts the menu back to what is true: a mode that was chosen and not taken has its mark already. */
  resetMenu(): void {
    if (this.#shown !== undefined) this.#setMenu(this.#shown);
  }

  #setMenu({ items }: TrayModel): void {
    this.#tray?.setContextMenu(buildMenu(items, this.#options.act));
  }

  #create(icon: TrayIcon): Tray | undefined {
    if (this.#hasFailed) return undefined;
    try {
      const tray = new Tray(this.#image(icon));
      // On macOS a click opens the menu.
      if (process.platform !== 'darwin') tray.on('click', () => this.#options.act({ do: 'open' }));
      return tray;
    } catch (error) {
      this.#hasFailed = true;
      this.#options.log(`This desktop has no tray: ${String(error)}`);
      return undefined;
    }
  }

  /** macOS paints template images in the colour of its menu bar; their shape alone tells the state. */
  #image(icon: TrayIcon): NativeImage {
    const suffix = process.platform === 'darwin' ? 'Template' : '';
    return nativeImage.createFromPath(join(this.#options.icons, `tray-${icon}${suffix}.png`));
  }
}

import { nativeTheme, powerMonitor } from 'electron';
import type { Settings } from '../contract/settings.ts';
import type { Service } from '../keeper/service.ts';
import { carryOut, give } from './actions.ts';
import { setAutostart } from './autostart.ts';
import type { DesktopState } from './live-state.ts';
import { LiveState } from './live-state.ts';
import type { MenuAction } from './menu-model.ts';
import { pauseItems } from './menu-model.ts';
import { setApplicationMenu } from './menus.ts';
import { Notifications } from './notifications.ts';
import type { NotificationOutcome } from './notifier.ts';
import { TrayView } from './tray.ts';
import { trayModel } from './tray-model.ts';
import type { Window } from './window.ts';

export interface PresenceOptions {
  readonly service: Service;
  readonly settings: { get(): Settings; onChange(listener: (settings: Settings) => void): () => void };
  readonly window: Window;
  /** The folder of the tray's icons. */
  readonly trayIcons: string;
  readonly log: (message: string) => void;
}

/** All that the desktop shows of the service besides the window: tray, menu, notifications, autostart, sleep. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #tray: TrayView;
  readonly #notifications: Notifications;
  readonly #state: LiveState;
  #menuOf = '';
  #hasToldOfFailure = false;

  constructor(options: PresenceOptions) {
    this.#options = options;
    const { service, settings, window, trayIcons, log } = options;
    this.#tray = new TrayView({ icons: trayIcons, act: (action) => this.#act(action), log });
    this.#state = new LiveState(service, (state) => this.#show(state));
    this.#notifications = new Notifications({
      settings: () => settings.get(),
      onClick: (entry) => window.open(entry),
      onRestore: (network) => void give(service, window, 'restoreNetwork', network),
      onOutcome: (outcome) => this.#tellOfFailure(outcome),
    });
  }

  /** Call before the service starts: what it finds at once is told too. */
  async start(): Promise<void> {
    const { service, settings } = this.#options;
    service.onEntry((entry) => this.#notifications.add(entry));
    powerMonitor.on('suspend', () => service.suspend());
    powerMonitor.on('resume', () => service.resume());
    settings.onChange((next) => this.#apply(next));
    this.#apply(settings.get());
    await this.#state.start();
  }

  #act(action: MenuAction): void {
    const { service, window } = this.#options;
    void carryOut(action, service, window).then((isDone) => {
      if (!isDone) this.#tray.resetMenu();
    });
  }

  #show(state: DesktopState): void {
    const now = Date.now();
    this.#tray.show(trayModel(state, now));
    const pause = pauseItems(state.settings, now);
    if (JSON.stringify(pause) === this.#menuOf) return;
    this.#menuOf = JSON.stringify(pause);
    setApplicationMenu(pause, (action) => this.#act(action));
  }

  #apply({ theme, autostart }: Settings): void {
    nativeTheme.themeSource = theme;
    try {
      setAutostart(autostart);
    } catch (error) {
      this.#options.log(`Starting with the session could not be set: ${String(error)}`);
    }
  }

  #tellOfFailure(outcome: NotificationOutcome): void {
    if (outcome.status !== 'failed' || this.#hasToldOfFailure) return;
    this.#hasToldOfFailure = true;
    this.#options.service.addNotice(
      `Notifications do not reach you: ${outcome.reason}. The window and the tray tell everything all the same.`,
    );
  }
}

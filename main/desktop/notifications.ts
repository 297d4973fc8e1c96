import { Notification } from 'electron';
import { systemClock } from '../cluster/clock.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { NetworkName } from '../contract/networks.ts';
import type { Settings } from '../contract/settings.ts';
import type { NotificationText } from './notification-texts.ts';
import type { NotificationOutcome } from './notifier.ts';
import { Notifier } from './notifier.ts';

export interface NotificationsOptions {
  readonly settings: () => Settings;
  readonly onClick: (entry: number) => void;
  readonly onRestore: (network: NetworkName) => void;
  /** What became of each one, also of those that were not shown. */
  readonly onOutcome: (outcome: NotificationOutcome) => void;
}

/** Of those that were shown, so many are kept: a click on one that was collected would reach nobody. */
const MOST_KEPT = 20;

/** Shows notifications by the desktop's own means, as the notifier decides. */
export class Notifications {
  readonly #options: NotificationsOptions;
  readonly #notifier: Notifier;
  readonly #kept: Notification[] = [];

  constructor(options: NotificationsOptions) {
    this.#options = options;
    this.#notifier = new Notifier({
      clock: systemClock,
      settings: options.settings,
      show: (text) => this.#show(text),
    });
  }

  add(entry: JournalEntry): void {
    const reason = this.#notifier.add(entry);
    if (reason !== undefined) this.#options.onOutcome({ status: 'silent', reason });
  }

  #show({ title, body, entry, restore }: NotificationText): void {
    const { onClick, onRestore, onOutcome } = this.#options;
    if (!Notification.isSupported()) {
      onOutcome({ status: 'failed', reason: 'this desktop has no notifications' });
      return;
    }
    const actions = restore === undefined ? [] : [{ type: 'button' as const, text: 'Restore' }];
    const notification = new Notification({ title, body, actions });
    notification.on('click', () => onClick(entry));
    // There is one button; desktops without buttons never say this, and a click opens the entry.
    notification.on('action', () => {
      if (restore !== undefined) onRestore(restore);
    });
    notification.once('show', () => onOutcome({ status: 'shown' }));
    notification.once('failed', (_event, error) => onOutcome({ status: 'failed', reason: error }));
    this.#kept.push(notification);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    notification.show();
  }
}

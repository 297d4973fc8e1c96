/** What goes over the pipe between a test and the main process that it runs on the double. */

export interface MenuRecord {
  readonly label: string;
  readonly type: 'normal' | 'radio' | 'submenu' | 'separator';
  readonly isChecked: boolean;
  readonly isEnabled: boolean;
  readonly items: readonly MenuRecord[];
}

/** What the main process did, as the user of a desktop would see it. */
export type DesktopRecord =
  | { readonly what: 'ready' }
  | {
      readonly what: 'tray';
      readonly icon: string;
      readonly tooltip: string;
      readonly menu: readonly MenuRecord[];
    }
  | { readonly what: 'applicationMenu'; readonly menu: readonly MenuRecord[] }
  | {
      readonly what: 'notification';
      readonly id: number;
      readonly title: string;
      readonly body: string;
      readonly buttons: readonly string[];
    }
  | {
      readonly what: 'window';
      readonly state: 'created' | 'shown' | 'focused' | 'closed' | 'crashed';
      readonly width: number;
      readonly height: number;
    }
  | { readonly what: 'dialog'; readonly message: string; readonly buttons: readonly string[] }
  | { readonly what: 'browser'; readonly url: string }
  | { readonly what: 'theme'; readonly source: string }
  /** Electron, or the browser by what the page was allowed, would not have done this. */
  | { readonly what: 'refused'; readonly why: string };

/** `at`: when it happened, in ms since the epoch. */
export type TimedRecord = DesktopRecord & { readonly at: number };

/** What a person does, or the system. */
export type DesktopCommand =
  /** The labels on the way to an item of the tray's menu, or of the application's. */
  | { readonly do: 'choose'; readonly menu: 'tray' | 'application'; readonly path: readonly string[] }
  | { readonly do: 'clickNotification'; readonly id: number }
  | { readonly do: 'pressButton'; readonly id: number; readonly button: number }
  /** How notifications fare from now on. */
  | { readonly do: 'setNotifications'; readonly to: 'shown' | 'failing' | 'unsupported' }
  | { readonly do: 'closeWindow' }
  | { readonly do: 'resizeWindow'; readonly width: number; readonly height: number }
  | { readonly do: 'answerDialog'; readonly button: number }
  | { readonly do: 'power'; readonly event: 'suspend' | 'resume' }
  | { readonly do: 'askPermission'; readonly permission: string; readonly page: string }
  | { readonly do: 'quit' };

export type FromTest = { readonly id: number; readonly command: DesktopCommand };
export type FromDouble =
  | { readonly record: TimedRecord }
  | { readonly answerTo: number; readonly value: unknown }
  | { readonly answerTo: number; readonly error: string };

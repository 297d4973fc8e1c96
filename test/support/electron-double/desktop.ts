/** The doubles of what else a desktop has: notifications, dialogs, the browser, sleep, and the session's permissions. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { onCommand, record, refuse } from './control.ts';

let notifications: 'shown' | 'failing' | 'unsupported' = 'shown';
const shown: Notification[] = [];

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly actions?: readonly { readonly type: 'button'; readonly text: string }[];
}

export class Notification extends EventEmitter {
  readonly #options: NotificationOptions;

  constructor(options: NotificationOptions) {
    super();
    app.requireReady('Notification');
    this.#options = options;
  }

  static isSupported(): boolean {
    return notifications !== 'unsupported';
  }

  show(): void {
    if (notifications === 'failing') {
      setImmediate(() => this.emit('failed', {}, 'The application is not signed'));
      return;
    }
    const { title = '', body = '', actions = [] } = this.#options;
    const id = shown.push(this) - 1;
    record({ what: 'notification', id, title, body, buttons: actions.map(({ text }) => text) });
    setImmediate(() => this.emit('show', {}));
  }
}

onCommand('setNotifications', ({ to }) => {
  notifications = to;
});
onCommand('clickNotification', ({ id }) => shown[id]?.emit('click', {}));
onCommand('pressButton', ({ id, button }) => shown[id]?.emit('action', { actionIndex: button }, button));

let answer: ((button: number) => void) | undefined;

export const dialog = {
  showErrorBox(title: string, content: string): void {
    record({ what: 'dialog', message: `${title}: ${content}`, buttons: [] });
  },
  showMessageBox({ message, buttons = [] }: { message: string; buttons?: readonly string[] }) {
    app.requireReady('dialog');
    return new Promise<{ response: number }>((resolve) => {
      answer = (response) => resolve({ response });
      record({ what: 'dialog', message, buttons });
    });
  },
};

onCommand('answerDialog', ({ button }) => {
  if (answer === undefined) throw new Error('No dialog is open.');
  answer(button);
  answer = undefined;
});

export const shell = {
  async openExternal(url: string): Promise<void> {
    record({ what: 'browser', url });
  },
};

class PowerMonitor extends EventEmitter {
  override on(event: string, listener: () => void): this {
    app.requireReady('powerMonitor');
    return super.on(event, listener);
  }
}

export const powerMonitor = new PowerMonitor();
onCommand('power', ({ event }) => powerMonitor.emit(event));

type CheckHandler = (contents: null, permission: string, requestingOrigin: string) => boolean;
type RequestHandler = (
  contents: null,
  permission: string,
  callback: (isGranted: boolean) => void,
  details: { readonly requestingUrl: string },
) => void;

class Session extends EventEmitter {
  // Electron grants what nobody decides on.
  #check: CheckHandler = () => true;
  #request: RequestHandler = (_contents, _permission, callback) => callback(true);

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setDevicePermissionHandler(): void {}

  async isGranted(permission: string, requestingUrl: string): Promise<boolean> {
    const isRequestGranted = await new Promise<boolean>((resolve) => {
      this.#request(null, permission, resolve, { requestingUrl });
    });
    return isRequestGranted || this.#check(null, permission, requestingUrl);
  }
}

const defaultSession = new Session();

export const session = {
  get defaultSession(): Session {
    if (!app.isReady()) refuse('Session can only be received when app is ready');
    return defaultSession;
  },
};

onCommand('askPermission', ({ permission, page }) => defaultSession.isGranted(permission, page));

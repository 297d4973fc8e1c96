/** The double of `nativeTheme`, on a desktop that is light. */
import { record } from './control.ts';

let source = 'system';
const listeners = new Set<() => void>();

/** For the other parts of the double. */
export const theme = {
  get isDark(): boolean {
    return source === 'dark';
  },
  onChange(listener: () => void): void {
    listeners.add(listener);
  },
};

export const nativeTheme = {
  get shouldUseDarkColors(): boolean {
    return theme.isDark;
  },
  get themeSource(): string {
    return source;
  },
  set themeSource(next: string) {
    if (source === next) return;
    source = next;
    record({ what: 'theme', source });
    for (const listener of listeners) listener();
  },
};

import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastQueue as AriaToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
} from 'react-aria-components/Toast';
import { strings } from '../strings.ts';
import { IconButton } from './IconButton.tsx';
import styles from './ToastRegion.module.css';

/** What pops up in the window's corner, the newest first. All that React Aria calls unstable of it is in this file. */
export interface ToastQueue<Content> {
  readonly aria: AriaToastQueue<Content>;
  shown(): readonly Content[];
  /** Shows these and no others; those that are there already keep their time. */
  show(contents: readonly Content[]): void;
  close(content: Content): void;
}

/** How long a toast stays, as long as nobody points at one or has the focus in one. */
const SHOWN_MS = 8_000;

export function createToastQueue<Content>(): ToastQueue<Content> {
  const aria = new AriaToastQueue<Content>();
  const shown = () => aria.visibleToasts.map(({ content }) => content);
  const close = (isOver: (content: Content) => boolean) => {
    for (const { key, content } of aria.visibleToasts) if (isOver(content)) aria.close(key);
  };
  return {
    aria,
    shown,
    show(contents) {
      close((content) => !contents.includes(content));
      const before = shown();
      for (const content of contents.toReversed())
        if (!before.includes(content)) aria.add(content, { timeout: SHOWN_MS });
    },
    close: (gone) => close((content) => content === gone),
  };
}

/**
 * Shows the toasts of a queue. F6 leads to them and back, Escape closes the one with the focus. They say nothing to
 * screen readers by themselves: whoever adds them announces it politely.
 */
export function ToastRegion<Content extends object>(props: {
  queue: ToastQueue<Content>;
  label: string;
  className?: string | undefined;
  /** What the toast is called. */
  title: (content: Content) => ReactNode;
  what: (content: Content) => ReactNode;
  /** What a person can do about it. */
  actions: (content: Content) => ReactNode;
}) {
  const { queue } = props;
  const region = useRef<HTMLDivElement>(null);
  // A region that was there before its toasts would not be found by F6.
  const isAny = useIsAny(queue);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !(event.target instanceof Element)) return;
      const toasts = [...(region.current?.querySelectorAll('[role=alertdialog]') ?? [])];
      const content = queue.shown()[toasts.findIndex((toast) => toast.contains(event.target as Element))];
      if (content !== undefined) queue.close(content);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [queue]);
  if (!isAny) return null;
  return (
    <AriaToastRegion
      ref={region}
      queue={queue.aria}
      aria-label={props.label}
      className={`${styles.region} ${props.className ?? ''}`}
    >
      {({ toast }) => (
        <AriaToast toast={toast} className={styles.toast ?? ''}>
          <div className={styles.header}>
            <Text slot="title" className={styles.title ?? ''}>
              {props.title(toast.content)}
            </Text>
            <IconButton
              label={strings.actions.dismiss}
              shape="cross"
              onPress={() => queue.close(toast.content)}
            />
          </div>
          <Text slot="description" className={styles.what ?? ''}>
            {props.what(toast.content)}
          </Text>
          <div className={styles.actions}>{props.actions(toast.content)}</div>
        </AriaToast>
      )}
    </AriaToastRegion>
  );
}

function useIsAny<Content>({ aria }: ToastQueue<Content>): boolean {
  const subscribe = useCallback((listener: () => void) => aria.subscribe(listener), [aria]);
  return useSyncExternalStore(subscribe, () => aria.visibleToasts.length > 0);
}

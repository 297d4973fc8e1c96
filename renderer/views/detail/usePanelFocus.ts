import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

const GRID = '#main [role=grid]';
/** What lies over the window and closes on Escape itself. */
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/**
 * The focus of the panel: its heading takes it when a network is opened, unless the table has it by mouse, where the
 * arrow keys go on. What had it before, or else the table, has it again when the panel goes.
 *
 * @param key the network's: another one is another opening
 */
export function usePanelFocus(
  panel: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
  key: string,
): void {
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (key === '') return;
    const { activeElement } = document;
    if (!panel.current?.contains(activeElement)) opener.current = activeElement;
    const goesOnInTable = activeElement?.closest(GRID) && !activeElement.matches(':focus-visible');
    if (!goesOnInTable) heading.current?.focus();
  }, [key, panel, heading]);
  useEffect(
    () => () => {
      // Whoever has it by now keeps it.
      const { activeElement } = document;
      if (activeElement !== null && activeElement !== document.body) return;
      const { current } = opener;
      const isUsable = current instanceof Element && current.isConnected && current !== document.body;
      const next = isUsable ? current : document.querySelector(GRID);
      if (next instanceof HTMLElement || next instanceof SVGElement) next.focus();
    },
    [],
  );
}

/** The heading takes over the focus of a button that goes, as Restore does when it has done its work. */
export function useFocusOfWhatGoes(
  panel: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = panel.current;
    if (element === null) return;
    let focused: Element | null = null;
    const keep = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
    };
    const observer = new MutationObserver(() => {
      if (focused === null || focused.isConnected || document.activeElement !== document.body) return;
      focused = null;
      heading.current?.focus();
    });
    element.addEventListener('focusin', keep);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener('focusin', keep);
      observer.disconnect();
    };
  }, [panel, heading]);
}

/** Escape closes, unless it is for something else: a field, or what lies over the window. */
export function useEscapeKey(close: () => void): void {
  useEffect(() => {
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      if (key !== 'Escape' || defaultPrevented) return;
      const isForOther = target instanceof Element && target.closest(`input, ${OVERLAYS}`) !== null;
      if (!isForOther) close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [close]);
}

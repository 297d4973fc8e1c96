import { useCallback, useEffect, useRef } from 'react';

const POPS_UP = '[data-react-aria-top-layer], [role=dialog], [role=alertdialog]';

/** Gives the focus back to what had it before toasts and dialogs, or to the main part if that is gone. */
export function useFocusOutside(): () => void {
  const last = useRef<Element>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.closest(POPS_UP) === null) last.current = target;
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  return useCallback(() => {
    const before = last.current?.isConnected ? last.current : document.getElementById('main');
    if (before instanceof HTMLElement) before.focus();
  }, []);
}

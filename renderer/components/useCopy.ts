import { useCallback, useEffect, useState } from 'react';
import { useWindowModel } from '../state/window.tsx';
import { strings } from '../strings.ts';

const CONFIRMED_MS = 2_000;

/** Copies a text. The first part is true for a moment after that; a browser that refuses is reported. */
export function useCopy(): readonly [isCopied: boolean, copy: (text: string) => void] {
  const { report } = useWindowModel();
  const [copiedAt, setCopiedAt] = useState<number>();
  useEffect(() => {
    if (copiedAt === undefined) return;
    const timer = setTimeout(() => setCopiedAt(undefined), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [copiedAt]);
  const copy = useCallback(
    (text: string) => {
      const { copyFailed: message, copyFailedRemedy: remedy } = strings.actions;
      navigator.clipboard.writeText(text).then(
        () => setCopiedAt(Date.now()),
        () => report({ ok: false, code: 'copy', message, remedy }),
      );
    },
    [report],
  );
  return [copiedAt !== undefined, copy];
}

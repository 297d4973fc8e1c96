import { useEffect, useState } from 'react';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

const CONFIRMED_MS = 2_000;

export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Button look="quiet" aria-live="polite" onPress={() => void copy()}>
      <Icon shape={isCopied ? 'check' : 'copy'} />
      {isCopied ? strings.actions.copied : strings.actions.copy}
    </Button>
  );
}

import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { useCopy } from './useCopy.ts';

/** @param props.label what it says; `Copy` if it is clear what is copied */
export function CopyButton({ text, label = strings.actions.copy }: { text: string; label?: string }) {
  const [isCopied, copy] = useCopy();
  return (
    <Button look="quiet" aria-live="polite" onPress={() => copy(text)}>
      <Icon shape={isCopied ? 'check' : 'copy'} />
      {isCopied ? strings.actions.copied : label}
    </Button>
  );
}

import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { useCopy } from './useCopy.ts';

/**
 * @param props.text or what gets it; undefined where there is none, which has been reported already
 * @param props.label what it says; `Copy` if it is clear what is copied
 */
export function CopyButton(props: {
  text: string | (() => Promise<string | undefined>);
  label?: string;
  look?: 'normal' | 'quiet';
}) {
  const { text, label = strings.actions.copy, look = 'quiet' } = props;
  const [isCopied, copy] = useCopy();
  const press = async () => {
    const copied = typeof text === 'string' ? text : await text();
    if (copied !== undefined) copy(copied);
  };
  return (
    <Button look={look} aria-live="polite" onPress={() => void press()}>
      <Icon shape={isCopied ? 'check' : 'copy'} />
      {isCopied ? strings.actions.copied : label}
    </Button>
  );
}

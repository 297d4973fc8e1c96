import { Button } from './Button.tsx';
import type { Shape } from './Icon.tsx';
import { Icon } from './Icon.tsx';
import { Tip } from './Tip.tsx';

/** A button that has only an icon: says on hover and focus what it does. */
export function IconButton(props: {
  label: string;
  shape: Shape;
  onPress: () => void;
  isDisabled?: boolean;
  className?: string | undefined;
}) {
  const { label, shape, ...rest } = props;
  return (
    <Tip text={label}>
      <Button {...rest} look="quiet" aria-label={label}>
        <Icon shape={shape} />
      </Button>
    </Tip>
  );
}

import type { Ref } from 'react';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Button as AriaButton } from 'react-aria-components/Button';
import styles from './Button.module.css';

interface ButtonProps extends Omit<AriaButtonProps, 'className'> {
  /** `primary` for the one thing to do here; `quiet` where many stand side by side. */
  look?: 'primary' | 'normal' | 'quiet';
  className?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'normal', className = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look]} ${className}`} />;
}

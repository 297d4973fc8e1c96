import type { ComponentProps } from 'react';
import styles from './Button.module.css';

type ButtonProps = ComponentProps<'button'> & {
  /** `primary` for the one thing to do here; `quiet` where many stand side by side. */
  look?: 'primary' | 'normal' | 'quiet';
};

export function Button({ look = 'normal', className = '', ...props }: ButtonProps) {
  return <button type="button" {...props} className={`${styles.button} ${styles[look]} ${className}`} />;
}

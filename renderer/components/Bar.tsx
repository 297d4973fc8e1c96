import type { ReactNode } from 'react';
import { strings } from '../strings.ts';
import styles from './Bar.module.css';
import { Button } from './Button.tsx';
import type { Shape } from './Icon.tsx';
import { Icon } from './Icon.tsx';

/** One line across the window about something that is so for the time being. */
export function Bar(props: {
  tone: 'muted' | 'amber' | 'red';
  shape: Shape;
  children: ReactNode;
  action?: ReactNode;
  dismiss?: () => void;
}) {
  return (
    <div className={`${styles.bar} ${styles[props.tone]}`} role={props.tone === 'red' ? 'alert' : 'status'}>
      <Icon shape={props.shape} tone={props.tone} />
      <p className={styles.text}>{props.children}</p>
      {props.action}
      {props.dismiss !== undefined && (
        <Button look="quiet" aria-label={strings.actions.dismiss} onPress={props.dismiss}>
          <Icon shape="cross" />
        </Button>
      )}
    </div>
  );
}

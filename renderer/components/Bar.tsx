import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
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
      <Words>{props.children}</Words>
      {props.action}
      {props.dismiss !== undefined && (
        <Button look="quiet" aria-label={strings.actions.dismiss} onPress={props.dismiss}>
          <Icon shape="cross" />
        </Button>
      )}
    </div>
  );
}

/** A long text scrolls, and only then has to be reached by the keyboard. */
function Words({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLParagraphElement>(null);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setLong(element.scrollHeight > element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <p ref={ref} className={styles.text} tabIndex={isLong ? 0 : undefined}>
      {children}
    </p>
  );
}

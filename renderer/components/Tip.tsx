import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './Tip.module.css';

/** Says more of what it is around (a Button, or anything else of React Aria that takes the focus) on hover and focus. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={styles.tip ?? ''} offset={4}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}

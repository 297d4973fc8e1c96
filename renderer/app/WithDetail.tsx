import type { ReactNode } from 'react';
import { useCallback } from 'react';
import { useView } from '../state/view.tsx';
import { NetworkDetail } from '../views/detail/NetworkDetail.tsx';
import styles from './WithDetail.module.css';

/** A view with the details of the chosen network beside it; without room for both, in place of it. */
export function WithDetail({ children }: { children: ReactNode }) {
  const { view, change } = useView();
  const { network } = view;
  const close = useCallback(() => change({ do: 'closeNetwork' }), [change]);
  return (
    <div className={styles.both}>
      <div className={styles.view}>{children}</div>
      {network !== undefined && <NetworkDetail network={network} close={close} />}
    </div>
  );
}

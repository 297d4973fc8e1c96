import type { ContextView } from '../../main/contract/contexts.ts';
import { strings } from '../strings.ts';
import styles from './ContextName.module.css';
import { Foreign } from './Foreign.tsx';
import { Icon } from './Icon.tsx';

export function contextLabel({ label, name }: ContextView): string {
  return label ?? name;
}

/** A context's name with its colour; a protected one's is coloured itself and has a shield. */
export function ContextName({ context }: { context: ContextView }) {
  const colour = context.colour ?? (context.isProtected ? 'violet' : 'grey');
  return (
    <span className={`${styles.context} ${styles[colour]} ${context.isProtected ? styles.protected : ''}`}>
      <Foreign className={styles.name} text={contextLabel(context)} />
      {context.isProtected && (
        <span className={styles.shield} title={strings.frame.protectedHint}>
          <Icon shape="shield" />
          <span className="visually-hidden">{strings.frame.protected}</span>
        </span>
      )}
    </span>
  );
}

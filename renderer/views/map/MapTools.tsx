import { useReactFlow } from '@xyflow/react';
import { IconButton } from '../../components/IconButton.tsx';
import { strings } from '../../strings.ts';
import styles from './MapTools.module.css';

const text = strings.map;
/** All of the picture, however small. */
const WHOLE = { padding: '16px', maxZoom: 1 } as const;

/** What the lines mean, and what is done with wheel and fingers, as buttons. */
export function MapTools() {
  const flow = useReactFlow();
  return (
    <div className={styles.tools}>
      <ul className={styles.legend} aria-label={text.legend.label}>
        <Sample className={styles.weight}>{text.legend.weight}</Sample>
        <Sample className={styles.template}>{text.legend.template}</Sample>
        <Sample className={styles.gone}>{text.legend.gone}</Sample>
      </ul>
      <div className={styles.zoom}>
        <IconButton label={text.zoomOut} shape="minus" onPress={() => void flow.zoomOut()} />
        <IconButton label={text.zoomIn} shape="plus" onPress={() => void flow.zoomIn()} />
        <IconButton label={text.fit} shape="fit" onPress={() => void flow.fitView(WHOLE)} />
      </div>
    </div>
  );
}

function Sample({ className, children }: { className: string | undefined; children: string }) {
  return (
    <li className={styles.sample}>
      <svg className={className} width="24" height="8" aria-hidden="true">
        <path d="M0 4h24" />
      </svg>
      {children}
    </li>
  );
}

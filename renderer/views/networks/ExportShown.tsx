import { memo } from 'react';
import { Icon } from '../../components/Icon.tsx';
import type { NetworkRow } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './NetworksView.module.css';
import type { ContextLooks } from './network-columns.tsx';
import { useNetworkExport } from './useNetworkExport.ts';

const text = strings.networks;

/** Exports what the table shows, and says how far it is. */
export const ExportShown = memo(function ExportShown(props: {
  count: number;
  /** The rows, when it is pressed. */
  read: () => readonly NetworkRow[];
  contexts: ContextLooks;
}) {
  const { count, read, contexts } = props;
  const { message, isBusy, saveAs } = useNetworkExport(contexts);
  return (
    <>
      <p className={styles.message} role="status">
        {message}
      </p>
      <ExportMenu
        label={text.exportAll(count)}
        isDisabled={isBusy || count === 0}
        saveAs={(format) => {
          const networks = read().map(({ network }) => network);
          void saveAs(format, networks);
        }}
      >
        <Icon shape="download" />
        <span className={styles.word}>{text.export}</span>
      </ExportMenu>
    </>
  );
});

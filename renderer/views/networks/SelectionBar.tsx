import { memo } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { strings } from '../../strings.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { ContextLooks } from './network-columns.tsx';
import styles from './SelectionBar.module.css';
import { useNetworkExport } from './useNetworkExport.ts';
import { useRestoreMany } from './useRestoreMany.tsx';
import type { SelectionCounts } from './useSelectedNetworks.ts';
import { canBeRestored } from './useSelectedNetworks.ts';

const text = strings.networks;

/** At the foot of the table: what can be done with the networks that are selected. */
export const SelectionBar = memo(function SelectionBar(
  props: SelectionCounts & {
    /** The networks, when something is pressed. */
    read: () => readonly NetworkView[];
    contexts: ContextLooks;
    clear: () => void;
  },
) {
  const { all, hidden, restorable, read, contexts, clear } = props;
  const { message, isBusy, copyYaml, copyNames, saveAs } = useNetworkExport(contexts);
  const { ask, progress, dialog } = useRestoreMany(contexts);
  const isDisabled = isBusy || progress !== undefined;
  return (
    <section
      className={styles.bar}
      aria-label={text.selection}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        clear();
      }}
    >
      <p className={styles.count} role="status">
        {text.selected(all, hidden)}
      </p>
      <Button look="quiet" isDisabled={isDisabled} onPress={() => void copyYaml(read())}>
        <Icon shape="copy" />
        {text.copyYaml}
      </Button>
      <Button look="quiet" isDisabled={isDisabled} onPress={() => void copyNames(read())}>
        {text.copyNames}
      </Button>
      <ExportMenu
        label={text.exportAll(all)}
        isDisabled={isDisabled}
        saveAs={(format) => void saveAs(format, read())}
      >
        {text.export}
      </ExportMenu>
      {restorable > 0 && (
        <Button look="quiet" isDisabled={isDisabled} onPress={() => ask(read().filter(canBeRestored))}>
          <Icon shape="returnArrow" tone="accent" />
          {text.restore(restorable)}
        </Button>
      )}
      <p className={styles.message} role="status">
        {progress ?? message}
      </p>
      <Button look="quiet" onPress={clear}>
        {text.clearSelection}
      </Button>
      {dialog}
    </section>
  );
});

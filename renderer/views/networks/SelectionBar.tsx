import type { ContextView } from '../../../main/contract/contexts.ts';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { actionsFor } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './SelectionBar.module.css';
import { useNetworkExport } from './useNetworkExport.ts';
import { useRestoreMany } from './useRestoreMany.tsx';

const text = strings.networks;

/** At the foot of the table: what can be done with the networks that are selected. */
export function SelectionBar(props: {
  networks: readonly NetworkView[];
  /** How many of them the filters hide. */
  hiddenCount: number;
  contexts: readonly ContextView[];
  clear: () => void;
}) {
  const { networks, hiddenCount, contexts, clear } = props;
  const { message, isBusy, copyYaml, copyNames, saveAs } = useNetworkExport(contexts);
  const { ask, progress, dialog } = useRestoreMany(contexts);
  const restorable = networks.filter(({ state }) => actionsFor(state).restore);
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
        {text.selected(networks.length, hiddenCount)}
      </p>
      <Button look="quiet" isDisabled={isDisabled} onPress={() => void copyYaml(networks)}>
        <Icon shape="copy" />
        {text.copyYaml}
      </Button>
      <Button look="quiet" isDisabled={isDisabled} onPress={() => void copyNames(networks)}>
        {text.copyNames}
      </Button>
      <ExportMenu
        label={text.exportAll(networks.length)}
        look="quiet"
        isDisabled={isDisabled}
        saveAs={(format) => void saveAs(format, networks)}
      >
        {text.export}
      </ExportMenu>
      {restorable.length > 0 && (
        <Button look="quiet" isDisabled={isDisabled} onPress={() => ask(restorable)}>
          <Icon shape="returnArrow" tone="accent" />
          {text.restore(restorable.length)}
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
}

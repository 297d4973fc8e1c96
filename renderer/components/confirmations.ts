import type { NetworkView } from '../../main/contract/networks.ts';
import { spellOut } from '../format.ts';
import { strings } from '../strings.ts';
import type { Confirmation } from './Dialog.tsx';

const text = strings.confirm;

/**
 * What is asked before a network is brought back, let go or deleted again: each text names cluster, network and users.
 *
 * @param where the context as it is called in the window
 */
export function confirmRestore(network: NetworkView, where: string, confirm: () => void): Confirmation {
  const { pods, workloads } = network;
  return {
    title: text.restore(nameOf(network), spellOut(where)),
    what: text.restoreWhat(strings.users(pods, workloads)),
    action: strings.actions.restore,
    confirm,
  };
}

/** @param labelOf what the context of a network is called in the window */
export function confirmRestoreMany(
  networks: readonly NetworkView[],
  labelOf: (network: NetworkView) => string,
  confirm: () => void,
): Confirmation {
  const many = strings.networks;
  const where = [...new Set(networks.map((network) => spellOut(labelOf(network))))];
  return {
    title: many.restoreMany(networks.length, where),
    what: many.restoreManyWhat,
    items: networks.map((network) =>
      many.restoreOne(
        nameOf(network),
        spellOut(labelOf(network)),
        strings.users(network.pods, network.workloads),
      ),
    ),
    action: strings.actions.restore,
    confirm,
  };
}

export function confirmLetGo(network: NetworkView, where: string, confirm: () => void): Confirmation {
  const { pods, workloads } = network;
  return {
    title: text.letGo(nameOf(network), spellOut(where)),
    what: text.letGoWhat(strings.users(pods, workloads)),
    action: strings.actions.letGo,
    confirm,
  };
}

export function confirmUndo(network: NetworkView, where: string, confirm: () => void): Confirmation {
  const { pods, workloads } = network;
  return {
    title: text.undo(nameOf(network), spellOut(where)),
    what: text.undoWhat(strings.users(pods, workloads)),
    action: strings.actions.deleteAgain,
    confirm,
  };
}

function nameOf({ namespace, name }: NetworkView): string {
  return spellOut(`${namespace}/${name}`);
}

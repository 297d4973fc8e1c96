import type { ContextView } from '../../../main/contract/contexts.ts';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Icon } from '../../components/Icon.tsx';
import type { MenuItem } from '../../components/Menu.tsx';
import { Menu } from '../../components/Menu.tsx';
import { useCopy } from '../../components/useCopy.ts';
import { useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { applyCommand, getCommand } from './kubectl.ts';
import { isThere } from './same-name.ts';

const text = strings.detail;

/** A network as texts to take elsewhere; what there is none of is not offered. */
export function CopyMenu(props: {
  network: NetworkView;
  context: ContextView;
  manifest: string | undefined;
}) {
  const { network, context, manifest } = props;
  const [isCopied, copy] = useCopy();
  const addedFiles = useWindowState((state) => state.settings.kubeconfigFiles);
  const isDemo = useWindowState((state) => state.isDemo);
  const kubectl = {
    name: context.name,
    kubeconfig: addedFiles.includes(context.file) ? context.file : undefined,
  };
  const texts: readonly (readonly [string, string | undefined])[] = [
    [text.copyYaml, manifest],
    // kubectl cannot reach a cluster that is inside this program.
    [text.copyGet, isThere(network) && !isDemo ? getCommand(kubectl, network) : undefined],
    [text.copyApply, manifest && !isThere(network) && !isDemo ? applyCommand(kubectl, manifest) : undefined],
    [text.copyName, `${network.namespace}/${network.name}`],
  ];
  const items = texts.flatMap(([label, value]): MenuItem[] =>
    value === undefined || value === '' ? [] : [{ label, choose: () => copy(value) }],
  );
  return (
    <>
      <Menu label={isCopied ? strings.actions.copied : text.copyWhat} items={items}>
        <Icon shape={isCopied ? 'check' : 'copy'} />
        {isCopied ? strings.actions.copied : strings.actions.copy}
      </Menu>
      <span className="visually-hidden" role="status">
        {isCopied && strings.actions.copied}
      </span>
    </>
  );
}

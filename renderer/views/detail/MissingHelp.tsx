import { useMemo } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName } from '../../components/ContextName.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon, STATE_MARKS } from '../../components/Icon.tsx';
import { Section } from '../../components/Section.tsx';
import { useWindowModel, useWindowState } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import { starterManifest } from './kubectl.ts';
import styles from './MissingHelp.module.css';
import { findSameName } from './same-name.ts';

const text = strings.detail;

/** What a person can do about a network that something refers to and nobody has seen. */
export function MissingHelp({ network }: { network: NetworkView }) {
  const networks = useWindowState((state) => state.networks);
  const { context, namespace, name } = network;
  const others = useMemo(
    () => findSameName({ context, namespace, name }, networks.values()),
    [context, namespace, name, networks],
  );
  const starter = starterManifest(network);
  return (
    <Section title={text.missing}>
      <p>{text.missingHow}</p>
      {others.length > 0 && (
        <>
          <p className={styles.step}>{text.sameName}</p>
          <ul className={styles.others}>
            {others.map((other) => (
              <li key={networkKey(other)}>
                <Other network={other} isElsewhere={other.context !== context} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.step}>
        <p>{text.starter}</p>
        <pre className={styles.starter}>{starter}</pre>
        <CopyButton text={starter} label={text.copyStarter} />
      </div>
    </Section>
  );
}

/** Opens another network. */
function Other({ network, isElsewhere }: { network: NetworkView; isElsewhere: boolean }) {
  const { showNetwork } = useWindowModel();
  const context = useWindowState((state) => state.contexts.find(({ id }) => id === network.context));
  return (
    <Button look="quiet" className={styles.other} onPress={() => showNetwork(network)}>
      <Icon {...STATE_MARKS[network.state]} />
      <Foreign className={styles.name} text={`${network.namespace}/${network.name}`} />
      {isElsewhere && context !== undefined && (
        <>
          <span className={styles.on}>{text.on}</span>
          <ContextName context={context} />
        </>
      )}
    </Button>
  );
}

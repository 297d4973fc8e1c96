import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { NetworkName, NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon, STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { Section } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import type { ShownState } from '../../state/networks.ts';
import { networkRow } from '../../state/networks.ts';
import { useWindowState } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import { EntryList } from '../activity/EntryList.tsx';
import { NetworkActions } from './NetworkActions.tsx';
import { NetworkConfig } from './NetworkConfig.tsx';
import styles from './NetworkDetail.module.css';
import { NetworkUsers } from './NetworkUsers.tsx';
import { useNetworkDetail } from './useNetworkDetail.ts';

const text = strings.detail;

/** Everything about one network, beside the table. */
export function NetworkDetail({ network: asked, close }: { network: NetworkName; close: () => void }) {
  const key = networkKey(asked);
  const current = useWindowState((state) => state.networks.get(key));
  const entry = useWindowState((state) => state.journal.find((one) => networkKey(one) === key));
  const context = useWindowState((state) => state.contexts.find(({ id }) => id === asked.context));
  const detail = useNetworkDetail(asked);
  const heading = useFocusHere(key);
  useEscapeKey(close);
  const network = current ?? detail?.network;
  return (
    <aside className={styles.panel} aria-label={text.label}>
      <header className={styles.header}>
        <div className={styles.titles}>
          <h2 ref={heading} tabIndex={-1} className={styles.title}>
            <Foreign className={styles.namespace} text={`${asked.namespace}/`} />
            <Foreign text={asked.name} />
          </h2>
          {context !== undefined && <ContextName context={context} />}
        </div>
        <Button look="quiet" aria-label={text.close} onPress={close}>
          <Icon shape="cross" />
        </Button>
      </header>
      <div className={styles.body}>
        {network === undefined ? (
          <p className={styles.muted}>{detail === null ? text.unknown : text.loading}</p>
        ) : (
          <>
            <StateOf network={network} shown={networkRow(key, network, entry, Date.now()).shown} />
            {context !== undefined && <NetworkActions network={network} context={context} />}
            <Facts network={network} />
            {detail && (
              <>
                <NetworkUsers detail={detail} />
                <NetworkConfig detail={detail} />
                <Section title={text.history}>
                  {detail.history.length === 0 ? (
                    <p className={styles.muted}>{text.noHistory}</p>
                  ) : (
                    <EntryList entries={detail.history} />
                  )}
                </Section>
              </>
            )}
          </>
        )}
      </div>
    </aside>
  );
}

function StateOf({ network, shown }: { network: NetworkView; shown: ShownState }) {
  return (
    <div>
      <p className={styles.state}>
        <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>
      </p>
      <p>
        {strings.meanings[shown]}{' '}
        {network.pods + network.workloads > 0 && strings.users(network.pods, network.workloads)}
      </p>
    </div>
  );
}

function Facts({ network }: { network: NetworkView }) {
  const { summary, managedBy, createdAt } = network;
  return (
    <dl className={styles.facts}>
      {summary !== undefined && (
        <Fact name={text.kind}>
          <Foreign text={summary} />
        </Fact>
      )}
      {managedBy !== undefined && (
        <Fact name={text.managedBy}>
          <Foreign text={managedBy} />
        </Fact>
      )}
      {createdAt !== undefined && (
        <Fact name={text.created}>
          <Time atMs={Date.parse(createdAt)} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/**
 * Takes the focus when the panel opens, unless the table has it by mouse: there the arrow keys go on. Gives it back
 * to what had it, or to the table, when the panel goes.
 */
function useFocusHere(key: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (isThere ? opener : document.querySelector<HTMLElement>('[role=grid]'))?.focus();
    };
  }, []);
  useEffect(() => {
    if (key !== '' && !document.activeElement?.matches('[role=grid]:not(:focus-visible)'))
      heading.current?.focus();
  }, [key]);
  return heading;
}

function useEscapeKey(close: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input');
      const isForDialog = document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !isTyping && !isForDialog) close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [close]);
}

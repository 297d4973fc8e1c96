import { useRef } from 'react';
import type { NetworkName, NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon } from '../../components/Icon.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Section } from '../../components/Section.tsx';
import { joinSentences } from '../../format.ts';
import type { Failure } from '../../state/feed.ts';
import { networkRow } from '../../state/networks.ts';
import { useWindowState } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import { EntryList } from '../activity/EntryList.tsx';
import { MissingHelp } from './MissingHelp.tsx';
import { NetworkActions } from './NetworkActions.tsx';
import { NetworkConfig } from './NetworkConfig.tsx';
import styles from './NetworkDetail.module.css';
import { NetworkFacts } from './NetworkFacts.tsx';
import { NetworkForecast } from './NetworkForecast.tsx';
import { NetworkSummary } from './NetworkSummary.tsx';
import { NetworkUsers } from './NetworkUsers.tsx';
import type { KnownDetail } from './useNetworkDetail.ts';
import { useNetworkDetail } from './useNetworkDetail.ts';
import { useEscapeKey, useFocusOfWhatGoes, usePanelFocus } from './usePanelFocus.ts';

const text = strings.detail;
/** Longer names take their room from all the rest. */
const LONG_CHARACTERS = 120;

/** Everything about one network, beside the table or the map. */
export function NetworkDetail({ network: asked, close }: { network: NetworkName; close: () => void }) {
  const key = networkKey(asked);
  const current = useWindowState((state) => state.networks.get(key));
  const known = useNetworkDetail(asked);
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  usePanelFocus(panel, heading, key);
  useFocusOfWhatGoes(panel, heading);
  useEscapeKey(close);
  const network = current ?? known.detail?.network;
  const isLong = asked.namespace.length + asked.name.length > LONG_CHARACTERS;
  return (
    <aside ref={panel} className={styles.panel} aria-label={text.label}>
      <header className={styles.header}>
        <div className={styles.titles}>
          <h2 ref={heading} tabIndex={-1} className={`${styles.title} ${isLong ? styles.long : ''}`}>
            <Foreign className={styles.namespace} text={`${asked.namespace}/`} />
            <Foreign text={asked.name} />
          </h2>
          <ContextOf network={asked} />
        </div>
        <IconButton label={text.close} shape="cross" onPress={close} />
      </header>
      {/* Another network begins at the top, with nothing opened or chosen. */}
      <div key={key} className={styles.body}>
        {network === undefined ? <Awaited {...known} /> : <About network={network} known={known} />}
      </div>
    </aside>
  );
}

function ContextOf({ network }: { network: NetworkName }) {
  const context = useWindowState((state) => state.contexts.find(({ id }) => id === network.context));
  return context === undefined ? null : <ContextName context={context} />;
}

function About({ network, known }: { network: NetworkView; known: KnownDetail }) {
  const key = networkKey(network);
  const entry = useWindowState((state) => state.journal.find((one) => networkKey(one) === key));
  const context = useWindowState((state) => state.contexts.find(({ id }) => id === network.context));
  const { detail } = known;
  return (
    <>
      <NetworkSummary
        network={network}
        shown={networkRow(key, network, entry, Date.now()).shown}
        entry={entry}
      />
      {context !== undefined && <NetworkActions network={network} context={context} detail={detail} />}
      <NetworkFacts network={network} users={detail?.users ?? []} />
      {detail === undefined ? <Awaited {...known} /> : known.failure && <Failed {...known} isStale />}
      {detail !== undefined && (
        <>
          {network.state === 'missing' && <MissingHelp network={network} />}
          <NetworkForecast network={network} detail={detail} />
          <NetworkUsers network={network} detail={detail} />
          <NetworkConfig network={network} detail={detail} />
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
  );
}

/** On its way, or what went wrong with what helps. */
function Awaited(known: KnownDetail) {
  if (known.failure !== undefined) return <Failed {...known} />;
  return (
    <p className={styles.loading} role="status">
      <Icon shape="arc" tone="muted" />
      {text.loading}
    </p>
  );
}

function Failed(props: {
  failure: Failure | undefined;
  retry: () => void;
  /** What is shown was read before that. */
  isStale?: boolean;
}) {
  const { failure, retry, isStale = false } = props;
  if (failure === undefined) return null;
  return (
    <div className={styles.failure} role="alert">
      <Icon shape="warning" tone={isStale ? 'amber' : 'red'} />
      <div>
        {isStale && <p>{text.stale}</p>}
        <p className={styles.words}>
          <Foreign text={joinSentences(failure.message, failure.remedy)} />
        </p>
        <Button onPress={retry}>{strings.actions.retry}</Button>
      </div>
    </div>
  );
}

import type { JournalEntry } from '../../../main/contract/journal.ts';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { Time } from '../../components/Time.tsx';
import { joinSentences } from '../../format.ts';
import type { ShownState } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import styles from './NetworkSummary.module.css';

/** What the last entry of the journal says is the reason of these states. */
const IS_EXPLAINED: Partial<Readonly<Record<ShownState, true>>> = {
  asked: true,
  held: true,
  failed: true,
  letGo: true,
  deleting: true,
};

/** The state in words: what it is called, what it means, who uses the network, and why it came to be. */
export function NetworkSummary(props: {
  network: NetworkView;
  shown: ShownState;
  /** The newest about it. */
  entry: JournalEntry | undefined;
}) {
  const { network, shown, entry } = props;
  return (
    <div className={styles.summary}>
      <p className={styles.state}>
        <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>
      </p>
      <p>
        {strings.meanings[shown]}{' '}
        {network.pods + network.workloads > 0 && strings.users(network.pods, network.workloads)}
      </p>
      {entry !== undefined && IS_EXPLAINED[shown] && (
        <p>
          <Foreign text={joinSentences(entry.message)} />{' '}
          <Time className={styles.time} atMs={Date.parse(entry.time)} />
        </p>
      )}
    </div>
  );
}

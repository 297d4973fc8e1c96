import { useMemo } from 'react';
import type { Forecast, NetworkDetail, NetworkView } from '../../../main/contract/networks.ts';
import { Foreign } from '../../components/Foreign.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { Icon, STATE_MARKS } from '../../components/Icon.tsx';
import { Section } from '../../components/Section.tsx';
import { joinSentences } from '../../format.ts';
import { strings } from '../../strings.ts';
import { whoNeedsIt } from '../../words/detail.ts';
import styles from './NetworkForecast.module.css';
import { isThere } from './same-name.ts';
import type { UserCounts } from './user-tree.ts';
import { countUsers, gatherUsers } from './user-tree.ts';

const text = strings.detail;

const MARKS: Readonly<Record<Forecast['action'], Mark>> = {
  restore: STATE_MARKS.restored,
  ask: STATE_MARKS.asked,
  waitForOwner: STATE_MARKS.deleting,
  letGo: STATE_MARKS.letGo,
  hold: STATE_MARKS.held,
};

/** What would be done if the network went, and who could not live without it; of a gone one, who cannot. */
export function NetworkForecast({ network, detail }: { network: NetworkView; detail: NetworkDetail }) {
  const { ifDeleted } = detail;
  const who = useMemo(() => whoNeedsIt(countAll(detail)), [detail]);
  if (!isThere(network)) {
    if (who === '') return null;
    return (
      <Section title={text.whileGone}>
        <Line mark={{ shape: 'warning', tone: 'amber' }} sentence={text.cannotStart(who)} />
      </Section>
    );
  }
  if (ifDeleted === undefined) return null;
  const { action, why } = ifDeleted;
  return (
    <Section title={text.ifDeleted}>
      <Line mark={MARKS[action]} sentence={joinSentences(`${text.forecasts[action]}: ${why}`)} />
      {who !== '' && (
        <Line mark={{ shape: 'brokenLink', tone: 'muted' }} sentence={text.couldNotStart(who)} />
      )}
    </Section>
  );
}

/** Where not all users are known by name, pods are not told apart by what made them. */
function countAll({ network, users, userCount }: NetworkDetail): UserCounts {
  if (userCount <= users.length) return countUsers(gatherUsers(users));
  return { ownedPods: 0, workloads: 0, idleWorkloads: 0, singlePods: network.pods };
}

function Line({ mark, sentence }: { mark: Mark; sentence: string }) {
  return (
    <p className={styles.line}>
      <Icon {...mark} />
      <Foreign text={sentence} />
    </p>
  );
}

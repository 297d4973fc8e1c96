import { useEffect, useRef } from 'react';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon, STATE_MARKS } from '../../components/Icon.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Section } from '../../components/Section.tsx';
import { spellOut } from '../../format.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import type { MapData, MapUser } from './map-data.ts';
import { useWorkloadPods } from './useWorkloadPods.ts';
import styles from './WorkloadPanel.module.css';

const text = strings.map.panel;
const MOST_PODS_SHOWN = 8;

interface UsedNetwork {
  readonly row: NetworkRow;
  readonly attachments: number;
}

/** A workload of the map: its networks, each a way to its details, and its pods. */
export function WorkloadPanel(props: { context: string; user: MapUser; data: MapData; close: () => void }) {
  const { context, user, data, close } = props;
  const current = data.users.findIndex((one) => isSame(one, user));
  const networks = networksOf(data, current);
  const heading = useFocusWhileOpen(`${user.kind}/${user.namespace}/${user.name}`);
  useEscape(close);
  return (
    <aside className={styles.panel} aria-label={text.label}>
      <header className={styles.header}>
        <h3 ref={heading} tabIndex={-1} className={styles.title}>
          <Foreign className={styles.muted} text={`${user.namespace}/`} />
          <Foreign text={user.name} />
        </h3>
        <IconButton label={text.close} shape="cross" onPress={close} />
      </header>
      <div className={styles.body}>
        <p className={styles.muted}>
          {spellOut(strings.map.kind(user.kind))}
          {user.kind !== 'Pod' && `, ${strings.map.pods(data.users[current]?.pods ?? 0)}`}
        </p>
        <Networks networks={networks} />
        {user.kind !== 'Pod' && <Pods context={context} user={user} networks={networks} />}
      </div>
    </aside>
  );
}

function Networks({ networks }: { networks: readonly UsedNetwork[] }) {
  const { showNetwork } = useWindowModel();
  return (
    <Section title={text.networks}>
      <ul>
        {networks.map(({ row: { key, network, shown }, attachments }) => (
          <li key={key}>
            <button type="button" className={styles.network} onClick={() => showNetwork(network)}>
              <span className={styles.name}>
                <Icon {...STATE_MARKS[shown]} />
                <Foreign text={`${network.namespace}/${network.name}`} />
              </span>
              <span className={styles.muted}>
                {strings.states[shown]},{' '}
                {attachments === 0 ? text.template : strings.map.attachments(attachments)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Pods(props: { context: string; user: MapUser; networks: readonly UsedNetwork[] }) {
  const pods = useWorkloadPods(
    props.context,
    props.user,
    props.networks.map(({ row }) => row.network),
  );
  return (
    <Section title={text.pods}>
      {pods === undefined || pods === null || pods.length === 0 ? (
        <p className={styles.muted}>
          {pods === undefined ? text.loading : pods === null ? text.unknown : text.none}
        </p>
      ) : (
        <ul>
          {pods.slice(0, MOST_PODS_SHOWN).map((pod) => (
            <li key={pod}>
              <Foreign text={pod} />
            </li>
          ))}
          {pods.length > MOST_PODS_SHOWN && (
            <li className={styles.muted}>{text.more(pods.length - MOST_PODS_SHOWN)}</li>
          )}
        </ul>
      )}
    </Section>
  );
}

function networksOf({ links, networks }: MapData, user: number): readonly UsedNetwork[] {
  return links.flatMap((link) => {
    const row = networks[link.network];
    return link.user === user && row !== undefined ? [{ row, attachments: link.attachments }] : [];
  });
}

function isSame(one: MapUser, other: MapUser): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

/** The panel's heading has the focus when it opens; what had it before has it again when it closes. */
function useFocusWhileOpen(key: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    if (key !== '') heading.current?.focus({ preventScroll: true });
  }, [key]);
  return heading;
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input');
      if (event.key === 'Escape' && !isTyping && !event.defaultPrevented) close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [close]);
}

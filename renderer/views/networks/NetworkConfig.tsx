import { useMemo, useState } from 'react';
import type { NetworkDetail } from '../../../main/contract/networks.ts';
import { Chips } from '../../components/Chips.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import styles from './NetworkConfig.module.css';

const text = strings.detail;

const LOOKS = [
  { value: 'pretty', label: text.pretty },
  { value: 'raw', label: text.raw },
] as const;

/** spec.config, made readable or as it is; always as text. */
export function NetworkConfig({ detail }: { detail: NetworkDetail }) {
  const { config, network } = detail;
  const [look, setLook] = useState<'pretty' | 'raw'>('pretty');
  const pretty = useMemo(() => makePretty(config), [config]);
  if (config === undefined || config === '') {
    return (
      <Section title={text.config}>
        <p className={styles.muted}>{network.state === 'missing' ? text.unknown : text.onNodes}</p>
      </Section>
    );
  }
  const isGone = !['inUse', 'unused', 'deleting'].includes(network.state);
  return (
    <Section title={text.config} action={<CopyButton text={config} />}>
      {pretty === undefined ? (
        <p className={styles.muted}>{text.notJson}</p>
      ) : (
        <div className={styles.looks}>
          <Chips label={text.config} chips={LOOKS} chosen={look} choose={setLook} />
          {isGone && <span className={styles.muted}>{text.lastKnown}</span>}
        </div>
      )}
      <pre className={styles.config}>
        {spellOut(look === 'pretty' && pretty !== undefined ? pretty : config)}
      </pre>
    </Section>
  );
}

/** undefined where it is not JSON. */
function makePretty(config: string | undefined): string | undefined {
  try {
    return JSON.stringify(JSON.parse(config ?? ''), null, 2);
  } catch {
    return undefined;
  }
}

import { useMemo, useState } from 'react';
import type { NetworkDetail, NetworkView } from '../../../main/contract/networks.ts';
import { Chips } from '../../components/Chips.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { strings } from '../../strings.ts';
import { ConfigChanges } from './ConfigChanges.tsx';
import styles from './NetworkConfig.module.css';
import { makePretty } from './pretty-json.ts';
import { isThere } from './same-name.ts';
import { MOST_SHOWN_CHARACTERS, TextBlock } from './TextBlock.tsx';

type Look = 'pretty' | 'raw' | 'diff';
const text = strings.detail;

/** spec.config, made readable, as it is, or beside what stood under this name before; always as text. */
export function NetworkConfig({ network, detail }: { network: NetworkView; detail: NetworkDetail }) {
  const { config = '', previousConfig } = detail;
  const [chosen, setChosen] = useState<Look>();
  const pretty = useMemo(() => makePretty(config, MOST_SHOWN_CHARACTERS), [config]);
  if (config === '' && previousConfig === undefined) {
    return (
      <Section title={text.config}>
        <p className={styles.muted}>{network.state === 'missing' ? text.unknown : text.onNodes}</p>
      </Section>
    );
  }
  const looks: readonly Look[] = [
    ...(previousConfig === undefined ? [] : (['diff'] as const)),
    ...(pretty === undefined ? [] : (['pretty'] as const)),
    'raw',
  ];
  const look = looks.find((one) => one === chosen) ?? looks[0] ?? 'raw';
  return (
    <Section title={text.config} action={config !== '' && <CopyButton text={config} />}>
      <div className={styles.looks}>
        {looks.length > 1 && (
          <Chips
            label={text.look}
            chips={looks.map((value) => ({ value, label: text[value] }))}
            chosen={look}
            choose={setChosen}
          />
        )}
        {!isThere(network) && <span className={styles.muted}>{text.lastKnown}</span>}
      </div>
      {pretty === undefined && config !== '' && <p className={styles.muted}>{text.notJson}</p>}
      {look === 'diff' && previousConfig !== undefined ? (
        <ConfigChanges before={previousConfig} now={config} pretty={pretty} />
      ) : (
        <ConfigText config={config} pretty={look === 'pretty' ? pretty : undefined} />
      )}
    </Section>
  );
}

function ConfigText(props: { config: string; pretty: ReturnType<typeof makePretty> }) {
  const { config, pretty } = props;
  if (config === '') return <p className={styles.muted}>{text.onNodes}</p>;
  return (
    <TextBlock
      label={text.config}
      text={pretty?.text ?? config}
      isCut={pretty?.isCut ?? config.length > MOST_SHOWN_CHARACTERS}
    />
  );
}

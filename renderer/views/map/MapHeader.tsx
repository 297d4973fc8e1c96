import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { strings } from '../../strings.ts';
import { GroupingChoice, LookChoice, NamespaceChoice } from './MapControls.tsx';
import styles from './MapHeader.module.css';
import type { MapData } from './map-data.ts';
import { namespacesOf } from './map-data.ts';
import type { MapFilters } from './useMapFilters.ts';

const text = strings.map;

/** What there is in a sentence, and what narrows it. */
export function MapHeader(props: {
  filters: MapFilters;
  /** To choose another context, where there are several. */
  choice: ReactNode;
  data: MapData;
  /** What the filters leave of it. */
  shown: MapData;
  omittedUsers: number;
}) {
  const { filters, data } = props;
  const namespaces = useMemo(() => namespacesOf(data), [data]);
  return (
    <header className={styles.header}>
      <Summary data={props.shown} omittedUsers={props.omittedUsers} />
      <LookChoice chosen={filters.look} choose={filters.setLook} />
      <div className={styles.controls}>
        {props.choice}
        <NamespaceChoice namespaces={namespaces} chosen={filters.namespace} choose={filters.setNamespace} />
        {filters.look === 'picture' && (
          <GroupingChoice chosen={filters.grouping} choose={filters.setGrouping} />
        )}
        <SearchField
          label={text.filter}
          hint={text.filterHint}
          value={filters.words}
          change={filters.setWords}
        />
      </div>
    </header>
  );
}

/** What is wrong first, then how much there is. */
function Summary({ data, omittedUsers }: { data: MapData; omittedUsers: number }) {
  const missing = data.networks.filter(({ shown }) => shown === 'missing').length;
  return (
    <h2 className={styles.summary}>
      {missing > 0 && (
        <>
          <Icon shape="brokenLink" tone="red" />
          <span>{text.missing(missing)}</span>
        </>
      )}
      <span className={missing > 0 ? styles.rest : undefined}>{sentenceOf(data)}</span>
      {omittedUsers > 0 && <span className={styles.rest}>{text.omitted(omittedUsers)}</span>}
    </h2>
  );
}

/** The map in a sentence. */
export function sentenceOf({ networks, users, links }: MapData): string {
  const attachments = links.reduce((sum, link) => sum + link.attachments, 0);
  return text.sentence({ networks: networks.length, workloads: users.length, attachments });
}

import type { ReactNode } from 'react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { spellOut } from '../../format.ts';
import { useFilter } from '../../state/view.tsx';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { graphOf } from './build-map.ts';
import { GROUPINGS } from './grouping.ts';
import { GroupingChoice, LookChoice, NamespaceChoice } from './MapControls.tsx';
import styles from './MapOfContext.module.css';
import { MapPicture } from './MapPicture.tsx';
import { MapTable } from './MapTable.tsx';
import type { MapData, MapUser } from './map-data.ts';
import { namespacesOf, narrowMap } from './map-data.ts';
import type { MapNode } from './map-graph.ts';
import { WorkloadPanel } from './WorkloadPanel.tsx';

const text = strings.map;

interface MapProps {
  readonly context: ContextView;
  readonly choice: ReactNode;
  readonly data: MapData;
  readonly omittedUsers: number;
}

/** The map of one context, as a picture or as a table, and what narrows it. */
export function MapOfContext({ context, choice, data, omittedUsers }: MapProps) {
  const [typed = '', setTyped] = useFilter('map-words');
  const [namespace, setNamespace] = useFilter('map-namespace');
  const [askedGrouping, setGrouping] = useFilter('map-group');
  const [askedLook, setLook] = useFilter('map-look');
  const [user, setUser] = useState<MapUser>();
  const words = useDeferredValue(typed);
  const grouping = GROUPINGS.find((one) => one === askedGrouping) ?? 'auto';
  const look = askedLook === 'table' ? 'table' : 'picture';
  const namespaces = useMemo(() => namespacesOf(data), [data]);
  const shown = useMemo(() => narrowMap(data, { words, namespace }), [data, words, namespace]);
  const closeUser = useCallback(() => setUser(undefined), []);
  return (
    <>
      <header className={styles.header}>
        <Summary data={shown} omittedUsers={omittedUsers} />
        <LookChoice chosen={look} choose={(next) => setLook(next === 'picture' ? undefined : next)} />
        <div className={styles.controls}>
          {choice}
          <NamespaceChoice namespaces={namespaces} chosen={namespace} choose={setNamespace} />
          {look === 'picture' && (
            <GroupingChoice
              chosen={grouping}
              choose={(next) => setGrouping(next === 'auto' ? undefined : next)}
            />
          )}
          <SearchField
            label={text.filter}
            hint={text.filterHint}
            value={typed}
            change={(next) => setTyped(next === '' ? undefined : next)}
          />
        </div>
      </header>
      <div className={styles.body}>
        {shown.networks.length === 0 ? (
          <Empty title={text.noneMatch} what={text.noneMatchWhat}>
            <Button
              onPress={() => {
                setTyped(undefined);
                setNamespace(undefined);
              }}
            >
              {text.showAll}
            </Button>
          </Empty>
        ) : look === 'table' ? (
          <MapTable data={shown} />
        ) : (
          <GroupedPicture
            context={context}
            data={shown}
            grouping={grouping}
            subject={`${grouping}\n${namespace ?? ''}\n${words}`}
            showUser={setUser}
          />
        )}
        {user !== undefined && look === 'picture' && (
          <WorkloadPanel context={context.id} user={user} data={data} close={closeUser} />
        )}
      </div>
    </>
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

function sentenceOf({ networks, users, links }: MapData): string {
  const attachments = links.reduce((sum, link) => sum + link.attachments, 0);
  return text.sentence({ networks: networks.length, workloads: users.length, attachments });
}

function GroupedPicture(props: {
  context: ContextView;
  data: MapData;
  grouping: (typeof GROUPINGS)[number];
  subject: string;
  showUser: (user: MapUser) => void;
}) {
  const { data, grouping, showUser } = props;
  const { showNetwork } = useWindowModel();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const graph = useMemo(() => graphOf(data, { grouping, open }), [data, grouping, open]);
  const choose = useCallback(
    (node: MapNode) => {
      switch (node.kind) {
        case 'network':
          return showNetwork(node.row.network);
        case 'workload':
          return showUser(node.user);
        case 'group':
          return setOpen((before) => toggled(before, node.id));
        case 'parent':
          return undefined;
      }
    },
    [showNetwork, showUser],
  );
  return (
    <MapPicture
      label={`${text.picture(spellOut(contextLabel(props.context)))}. ${sentenceOf(data)}`}
      graph={graph}
      subject={props.subject}
      choose={choose}
    />
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(ids);
  if (!after.delete(id)) after.add(id);
  return after;
}

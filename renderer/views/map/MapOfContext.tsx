import type { ReactNode } from 'react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { strings } from '../../strings.ts';
import { GroupedPicture } from './GroupedPicture.tsx';
import { MapHeader } from './MapHeader.tsx';
import styles from './MapOfContext.module.css';
import { MapTable } from './MapTable.tsx';
import type { MapData, MapUser } from './map-data.ts';
import { narrowMap } from './map-data.ts';
import type { MapFilters } from './useMapFilters.ts';
import { useMapFilters } from './useMapFilters.ts';
import { WorkloadPanel } from './WorkloadPanel.tsx';

const text = strings.map;

/** The map of one context, as a picture or as a table, and what narrows it. */
export function MapOfContext(props: {
  context: ContextView;
  choice: ReactNode;
  data: MapData;
  omittedUsers: number;
}) {
  const { context, data } = props;
  const filters = useMapFilters();
  const { namespace } = filters;
  const words = useDeferredValue(filters.words);
  const shown = useMemo(() => narrowMap(data, { words, namespace }), [data, words, namespace]);
  return (
    <>
      <MapHeader
        filters={filters}
        choice={props.choice}
        data={data}
        shown={shown}
        omittedUsers={props.omittedUsers}
      />
      <div className={styles.body}>
        {shown.networks.length === 0 && <NoneMatch filters={filters} />}
        {shown.networks.length > 0 && filters.look === 'table' && <MapTable data={shown} />}
        {shown.networks.length > 0 && filters.look === 'picture' && (
          <PictureWithPanel
            context={context}
            data={data}
            shown={shown}
            grouping={filters.grouping}
            subject={`${filters.grouping}\n${namespace ?? ''}\n${words}`}
          />
        )}
      </div>
    </>
  );
}

function NoneMatch({ filters }: { filters: MapFilters }) {
  const showAll = () => {
    filters.setWords('');
    filters.setNamespace(undefined);
  };
  return (
    <Empty title={text.noneMatch} what={text.noneMatchWhat}>
      <Button onPress={showAll}>{text.showAll}</Button>
    </Empty>
  );
}

/** The picture, and beside it the workload that a person wants to see. */
function PictureWithPanel(props: {
  context: ContextView;
  data: MapData;
  shown: MapData;
  grouping: MapFilters['grouping'];
  subject: string;
}) {
  const { context, data, shown, grouping, subject } = props;
  const [user, setUser] = useState<MapUser>();
  const closeUser = useCallback(() => setUser(undefined), []);
  return (
    <>
      <GroupedPicture
        context={context}
        data={shown}
        grouping={grouping}
        subject={subject}
        user={user}
        showUser={setUser}
      />
      {user !== undefined && <WorkloadPanel context={context.id} user={user} data={data} close={closeUser} />}
    </>
  );
}

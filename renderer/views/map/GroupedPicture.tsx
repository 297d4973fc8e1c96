import { useCallback, useMemo, useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { contextLabel } from '../../components/ContextName.tsx';
import { spellOut } from '../../format.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { graphOf } from './build-map.ts';
import type { Grouping } from './grouping.ts';
import { sentenceOf } from './MapHeader.tsx';
import { MapPicture } from './MapPicture.tsx';
import type { MapData, MapUser } from './map-data.ts';
import type { MapNode } from './map-graph.ts';
import { nodeOfUser } from './map-graph.ts';

/** The picture with its groups, which open and close. */
export function GroupedPicture(props: {
  context: ContextView;
  data: MapData;
  grouping: Grouping;
  subject: string;
  /** The workload whose panel is open. */
  user: MapUser | undefined;
  showUser: (user: MapUser) => void;
}) {
  const { data, grouping, user, showUser } = props;
  const { showNetwork } = useWindowModel();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [parent, setParent] = useState<string>();
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
          // It has nothing to open: what rides on it stays lit, until it is chosen again.
          return setParent((before) => (before === node.id ? undefined : node.id));
      }
    },
    [showNetwork, showUser],
  );
  return (
    <MapPicture
      label={`${strings.map.picture(spellOut(contextLabel(props.context)))}. ${sentenceOf(data)}`}
      graph={graph}
      subject={props.subject}
      choose={choose}
      chosen={user === undefined ? parent : nodeOfUser(graph, user)?.id}
    />
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(ids);
  if (!after.delete(id)) after.add(id);
  return after;
}

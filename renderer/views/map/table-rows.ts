import type { NetworkRow } from '../../state/networks.ts';
import type { MapData, MapUser } from './map-data.ts';

/** One link of the map, or a network that nobody uses. */
export interface LinkRow {
  readonly key: string;
  readonly network: NetworkRow;
  readonly user: MapUser | undefined;
  readonly attachments: number;
}

/** Every link of the picture, in the order of the networks; a network without links has a row as well. */
export function tableRows({ networks, users, links }: MapData): readonly LinkRow[] {
  const ofNetwork = Map.groupBy(links, ({ network }) => network);
  return networks.flatMap((network, index): readonly LinkRow[] => {
    const own = ofNetwork.get(index);
    if (own === undefined) return [{ key: network.key, network, user: undefined, attachments: 0 }];
    return own.map(({ user, attachments }) => ({
      key: `${network.key}\0${user}`,
      network,
      user: users[user],
      attachments,
    }));
  });
}

import { createContext, use } from 'react';
import type { MapNode } from './map-graph.ts';

/** What a node can ask of the map. */
export interface MapActions {
  /** A click or Enter: opens what it stands for. */
  readonly choose: (node: MapNode) => void;
  /** Dims all that the node has nothing to do with; undefined: nothing. */
  readonly light: (id: string | undefined) => void;
  /** The id of the node that was chosen and stays so. */
  readonly chosen: string | undefined;
}

export const MapActionsContext = createContext<MapActions | undefined>(undefined);

export function useMapActions(): MapActions {
  const actions = use(MapActionsContext);
  if (actions === undefined) throw new Error('There is no map around this node.');
  return actions;
}

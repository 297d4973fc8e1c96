import { ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import type { KeyboardEvent } from 'react';
import { useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { strings } from '../../strings.ts';
import { EDGE_TYPES, flowEdges } from './FlowLine.tsx';
import { flowNodes, NODE_TYPES } from './FlowNodes.tsx';
import type { Layout, PlacedNode } from './lay-out.ts';
import styles from './MapPicture.module.css';
import { MapTools } from './MapTools.tsx';
import type { MapActions } from './map-actions.ts';
import { MapActionsContext } from './map-actions.ts';
import { MapFocus, MapFocusContext } from './map-focus.ts';
import type { MapGraph, MapNode } from './map-graph.ts';
import { connectedTo } from './map-graph.ts';
import { nextNode } from './next-node.ts';
import { useFramedLayout } from './useFramedLayout.ts';
import { useSize } from './useSize.ts';
import type { Size } from './viewport.ts';
import { LARGEST_ZOOM, SMALLEST_ZOOM, viewportWith } from './viewport.ts';

/** More are drawn only where they are in view. */
const MOST_DRAWN_ANYHOW = 200;

/** It is looked at, not edited; the wheel moves it, and with Ctrl zooms. */
const FIXED = {
  nodeTypes: NODE_TYPES,
  edgeTypes: EDGE_TYPES,
  minZoom: SMALLEST_ZOOM,
  maxZoom: LARGEST_ZOOM,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  zoomActivationKeyCode: ['Control', 'Meta'],
  proOptions: { hideAttribution: true },
};

interface PictureProps {
  /** What it is of, for whoever does not see it. */
  readonly label: string;
  readonly graph: MapGraph;
  /** Another one is another picture, shown from its beginning. */
  readonly subject: string;
  readonly choose: (node: MapNode) => void;
  /** The id of the node whose panel is open. */
  readonly chosen: string | undefined;
}

export function MapPicture(props: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <ReactFlowProvider>
      <div className={styles.picture}>
        <div ref={box} className={styles.box}>
          {size !== undefined && <Picture {...props} size={size} />}
        </div>
        <MapTools />
      </div>
    </ReactFlowProvider>
  );
}

function Picture({ label, graph, subject, choose, chosen, size }: PictureProps & { size: Size }) {
  const helpId = useId();
  const [focus] = useState(() => new MapFocus());
  const active = useCallback(() => focus.active(), [focus]);
  const { layout, start, onMove, keepInPlace } = useFramedLayout(graph, subject, size, active);
  const nodes = useMemo(() => flowNodes(layout), [layout]);
  const edges = useMemo(() => flowEdges(layout.edges), [layout]);
  const light = useLight(focus, graph, chosen);
  const actions = useMemo<MapActions>(
    () => ({
      choose: (node) => {
        if (node.kind === 'group') keepInPlace(node.id);
        choose(node);
      },
      light,
      chosen,
    }),
    [choose, chosen, keepInPlace, light],
  );
  const { onKeyDown, onMoveEnd } = useKeyboard(focus, layout, size);
  return (
    <MapFocusContext value={focus}>
      <MapActionsContext value={actions}>
        <ReactFlow
          {...FIXED}
          nodes={nodes}
          edges={edges}
          defaultViewport={start}
          onlyRenderVisibleElements={nodes.length > MOST_DRAWN_ANYHOW}
          aria-label={label}
          aria-describedby={helpId}
          onKeyDown={onKeyDown}
          onMove={onMove}
          onMoveEnd={onMoveEnd}
        />
        <p id={helpId} className="visually-hidden">
          {strings.map.help}
        </p>
      </MapActionsContext>
    </MapFocusContext>
  );
}

/** Lights up what a node has to do with: the one that is pointed at, else the one that is chosen. */
function useLight(focus: MapFocus, graph: MapGraph, chosen: string | undefined) {
  const pointed = useRef<string>(undefined);
  const light = useCallback(
    (id: string | undefined) => {
      pointed.current = id;
      focus.light(id === undefined ? undefined : connectedTo(graph, id));
    },
    [focus, graph],
  );
  useLayoutEffect(() => {
    const isThere = graph.nodes.some(({ id }) => id === pointed.current);
    light(isThere ? pointed.current : undefined);
    focus.keepLit(chosen === undefined ? undefined : connectedTo(graph, chosen));
  }, [focus, graph, light, chosen]);
  return light;
}

/** One node has the keyboard: the first, until another one takes it, and again when that one is gone. */
function useKeyboard(focus: MapFocus, layout: Layout, size: Size) {
  const flow = useReactFlow();
  useLayoutEffect(() => {
    const isThere = layout.nodes.some(({ node }) => node.id === focus.active());
    if (!isThere) focus.activate(layout.nodes[0]?.node.id);
  }, [focus, layout]);
  const onKeyDown = (event: KeyboardEvent) => {
    const active = focus.active();
    if (active === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextNode(layout, active, event.key);
    if (next === undefined) return;
    event.preventDefault();
    const viewport = viewportWith(next, flow.getViewport(), size);
    if (viewport !== undefined) void flow.setViewport(viewport);
    focus.activate(next.node.id, true);
  };
  /** The Tab key leads to a node that can be seen. */
  const onMoveEnd = () => {
    const at = flow.getViewport();
    const isInView = (placed: PlacedNode) => viewportWith(placed, at, size) === undefined;
    const active = layout.nodes.find(({ node }) => node.id === focus.active());
    if (active === undefined || isInView(active)) return;
    const first = layout.nodes.find(isInView);
    if (first !== undefined) focus.activate(first.node.id);
  };
  return { onKeyDown, onMoveEnd };
}

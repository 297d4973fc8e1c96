import type { Viewport } from '@xyflow/react';
import { ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { strings } from '../../strings.ts';
import { EDGE_TYPES, flowEdges } from './FlowLine.tsx';
import { flowNodes, NODE_TYPES } from './FlowNodes.tsx';
import type { Layout } from './lay-out.ts';
import { layOut } from './lay-out.ts';
import styles from './MapPicture.module.css';
import { MapTools } from './MapTools.tsx';
import type { MapActions } from './map-actions.ts';
import { MapActionsContext } from './map-actions.ts';
import { MapFocus, MapFocusContext } from './map-focus.ts';
import type { MapGraph, MapNode } from './map-graph.ts';
import { connectedTo } from './map-graph.ts';
import { nextNode } from './next-node.ts';
import type { Size } from './viewport.ts';
import { firstViewport, gapFor, LARGEST_ZOOM, SMALLEST_ZOOM, viewportWith } from './viewport.ts';

/** More are drawn only where they are in view. */
const MOST_DRAWN_ANYHOW = 200;

interface PictureProps {
  /** What it is of, for whoever does not see it. */
  readonly label: string;
  readonly graph: MapGraph;
  /** Another one is another picture, shown from its beginning. */
  readonly subject: string;
  readonly choose: (node: MapNode) => void;
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

function Picture({ label, graph, subject, choose, size }: PictureProps & { size: Size }) {
  const helpId = useId();
  const [focus] = useState(() => new MapFocus());
  const { layout, start, onMoveStart, keepInPlace } = useFramedLayout(graph, subject, size);
  const nodes = useMemo(() => flowNodes(layout), [layout]);
  const edges = useMemo(() => flowEdges(layout.edges), [layout]);
  useActiveNode(focus, layout);
  const actions = useMemo<MapActions>(
    () => ({
      choose: (node) => {
        if (node.kind === 'group') keepInPlace(node.id);
        choose(node);
      },
      light: (id) => focus.light(id === undefined ? undefined : connectedTo(graph, id)),
    }),
    [choose, focus, graph, keepInPlace],
  );
  const onKeyDown = useArrowKeys(focus, layout, size);
  return (
    <MapFocusContext value={focus}>
      <MapActionsContext value={actions}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          defaultViewport={start}
          minZoom={SMALLEST_ZOOM}
          maxZoom={LARGEST_ZOOM}
          onlyRenderVisibleElements={nodes.length > MOST_DRAWN_ANYHOW}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          panOnScroll
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={['Control', 'Meta']}
          proOptions={{ hideAttribution: true }}
          aria-label={label}
          aria-describedby={helpId}
          onKeyDown={onKeyDown}
          onMoveStart={onMoveStart}
        />
        <p id={helpId} className="visually-hidden">
          {strings.map.help}
        </p>
      </MapActionsContext>
    </MapFocusContext>
  );
}

/** The picture laid out for its room, and looked at from its beginning until somebody moves it. */
function useFramedLayout(graph: MapGraph, subject: string, size: Size) {
  const flow = useReactFlow();
  const isMoved = useRef(false);
  const held = useRef<{ readonly id: string; readonly y: number } | undefined>(undefined);
  const [gap, setGap] = useState(() => gapFor(size.width));
  const layout = useMemo(() => layOut(graph, gap), [graph, gap]);
  const [start] = useState<Viewport>(() => firstViewport(layout, size));
  const shown = useRef({ subject, size, gap });

  useLayoutEffect(() => {
    const before = shown.current;
    if (before.subject === subject && before.size === size && before.gap === gap) return;
    if (before.subject !== subject) isMoved.current = false;
    shown.current = { subject, size, gap };
    if (isMoved.current) return;
    setGap(gapFor(size.width));
    void flow.setViewport(firstViewport(layout, size));
  }, [flow, layout, subject, size, gap]);

  useLayoutEffect(() => {
    const before = held.current;
    held.current = undefined;
    const after = layout.nodes.find(({ node }) => node.id === before?.id);
    if (before === undefined || after === undefined || before.y === after.y) return;
    const at = flow.getViewport();
    void flow.setViewport({ ...at, y: at.y + (before.y - after.y) * at.zoom });
  }, [flow, layout]);

  const onMoveStart = (event: MouseEvent | TouchEvent | null) => {
    if (event !== null) isMoved.current = true;
  };
  /** What opens or closes stays where it is on the screen. */
  const keepInPlace = useStable((id: string) => {
    isMoved.current = true;
    const y = layout.nodes.find(({ node }) => node.id === id)?.y;
    held.current = y === undefined ? undefined : { id, y };
  });
  return { layout, start, onMoveStart, keepInPlace };
}

/** A function that stays the same, and does what it is now. */
function useStable<Args extends readonly unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useMemo(
    () =>
      (...args: Args) =>
        latest.current(...args),
    [],
  );
}

/** One node has the keyboard: the first, until another one takes it, and again when that one is gone. */
function useActiveNode(focus: MapFocus, layout: Layout): void {
  useLayoutEffect(() => {
    const isThere = layout.nodes.some(({ node }) => node.id === focus.active());
    if (!isThere) focus.activate(layout.nodes[0]?.node.id);
    focus.light(undefined);
  }, [focus, layout]);
}

function useArrowKeys(focus: MapFocus, layout: Layout, size: Size) {
  const flow = useReactFlow();
  return (event: KeyboardEvent) => {
    const active = focus.active();
    if (active === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextNode(layout, active, event.key);
    if (next === undefined) return;
    event.preventDefault();
    const viewport = viewportWith(next, flow.getViewport(), size);
    if (viewport !== undefined) void flow.setViewport(viewport);
    focus.activate(next.node.id, true);
  };
}

/** Of the element, as it changes; undefined until it is known. */
function useSize(ref: { readonly current: HTMLElement | null }): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
